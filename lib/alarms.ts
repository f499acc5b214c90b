import { Duration } from 'aws-cdk-lib';
import { type DimensionsMap, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { EventSourceMapping, IFunction } from 'aws-cdk-lib/aws-lambda';
import { type AlarmRule, invocationRules, oldestMs, throttledRule } from './alarms/alarm-rule.ts';
import { peopleRules } from './alarms/people-alarms.ts';
import { busRules } from './bus/bus-alarms.ts';
import { deploymentLimits, type FunctionLimits } from './deployment-limits.ts';
import type { AnyTable } from './given-table.ts';
import {
  every,
  iteratorAge,
  mappingMetric,
  period,
  readsRefused,
  type ServiceParts,
  serviceMetric,
  soon,
} from './metrics.ts';
import { changePointsTableSchema } from './table-schemas.ts';

/** Sweeps that may be missing before somebody is told. */
const missedSweeps = 5;

/** Half an hour: a function that reads a stream may run for 15 minutes, and Lambda need not read on meanwhile. */
const unreadPeriods = Duration.minutes(30).toMinutes() / period.toMinutes();

/** A change point that has waited longer was not published by two sweeps. */
const longestWaitMs = Duration.minutes(2).toMilliseconds();

/** Every alarm of the service, in the order in which the data flows. */
export function alarmRules({ ingestion, detection }: ServiceParts): readonly AlarmRule[] {
  return [
    {
      id: 'StreamThrottled',
      metric: ingestion.stream.metricWriteProvisionedThroughputExceeded(every),
      above: 0,
      description: 'The stream refuses records. Add shards, or spread the partition keys.',
      section: 'the-stream-refuses-records',
    },
    {
      id: 'ReadsThrottled',
      metric: readsRefused(ingestion),
      above: 0,
      description: 'The stream refuses reads. Give the recorder a connection of its own, or add shards.',
      section: 'the-stream-refuses-reads',
    },
    ...functionRules('Recorder', ingestion.recorder, ingestion.mapping, deploymentLimits.recorder.function),
    {
      id: 'Quarantined',
      metric: serviceMetric(ingestion, 'quarantined'),
      above: 0,
      description: 'Records that no parser can read were set aside. Look at quarantine/ in the bucket.',
      section: 'records-that-are-set-aside',
    },
    {
      id: 'PartlyFailed',
      metric: serviceMetric(ingestion, 'failures'),
      above: 0,
      description:
        'A function could not store a record, test a series or pass on a change point, and Lambda tries again; or a change point was set aside. Read the last errors in its log.',
      section: 'batches-that-failed',
    },
    {
      id: 'InvalidOptions',
      metric: serviceMetric(ingestion, 'invalidOptions'),
      above: 0,
      description:
        'Options of a series or a rule break their rule, and those of the service hold. Read the last errors in the log of the detector.',
      section: 'options-that-break-their-rule',
    },
    ...tableRules('EventsTable', ingestion.eventsTable),
    ...functionRules('Detector', detection.detector, detection.mapping, deploymentLimits.detector.function),
    ...tableRules('ChangePointsTable', detection.changePointsTable),
    ...tableRules('PendingIndex', detection.changePointsTable, {
      GlobalSecondaryIndexName: changePointsTableSchema.pendingIndex.name,
    }),
    ...tableRules('RulesTable', detection.rulesTable),
    {
      id: 'SweeperFailed',
      metric: detection.sweeper.metricErrors({ ...every, period: soon }),
      above: 0,
      description:
        'Change points are decided but the sweeper cannot publish them. Read the last errors in its log.',
      section: 'change-points-that-are-not-published',
    },
    throttledRule('Sweeper', detection.sweeper),
    {
      id: 'SweeperStopped',
      metric: detection.sweeper.metricInvocations({ ...every, period: soon }),
      silentPeriods: missedSweeps,
      description:
        'The sweeper has not run for five minutes. See whether its schedule in EventBridge is enabled, and may invoke it.',
      section: 'a-function-is-not-run',
    },
    {
      id: 'ChangePointsWait',
      metric: serviceMetric(ingestion, 'oldestPendingMs').with({ period: soon, statistic: Stats.MAXIMUM }),
      above: longestWaitMs,
      description:
        'A change point has waited for two minutes to be published. Read the last errors of detector and sweeper.',
      section: 'change-points-that-are-not-published',
    },
    {
      id: 'NotificationsFailed',
      metric: detection.topic.metricNumberOfNotificationsFailed(every),
      above: 0,
      description: 'A subscriber of the topic could not be reached. Look at its endpoint and permissions.',
      section: 'notifications-that-fail',
    },
    ...peopleRules(detection.people),
    ...busRules(detection.bus),
  ];
}

function functionRules(
  name: string,
  of: IFunction,
  mapping: EventSourceMapping,
  limits: FunctionLimits,
): readonly AlarmRule[] {
  return [
    {
      id: `${name}Behind`,
      metric: iteratorAge(of),
      above: oldestMs,
      description: `The ${name} is two hours behind its stream. Find out why before records expire.`,
      section: 'a-function-falls-behind',
    },
    {
      // A read that finds nothing counts as 0. So there is data for as long as Lambda reads.
      // Source: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html, PolledEventCount.
      id: `${name}Stopped`,
      metric: mappingMetric(mapping, 'PolledEventCount').with({ statistic: Stats.SAMPLE_COUNT }),
      silentPeriods: unreadPeriods,
      description: `Lambda has not read the stream of the ${name} for half an hour. See whether its mapping is enabled, and may read.`,
      section: 'a-function-is-not-run',
    },
    ...invocationRules(name, of, limits),
    {
      id: `${name}GaveUp`,
      metric: mappingMetric(mapping, 'OnFailureDestinationDeliveredEventCount'),
      above: 0,
      description: `Lambda gave up on records of the ${name}. Fix the cause, then replay aws/lambda/ of the bucket.`,
      section: 'batches-that-failed',
    },
    {
      id: `${name}NotKept`,
      metric: of.metric('DestinationDeliveryFailures', every),
      above: 0,
      description: `Lambda could not write what the ${name} failed at to the bucket. See whether its role may.`,
      section: 'records-that-were-dropped',
    },
    {
      id: `${name}Dropped`,
      metric: mappingMetric(mapping, 'DroppedEventCount'),
      above: 0,
      description: `Records of the ${name} were lost: not processed, and not delivered to the bucket.`,
      section: 'records-that-were-dropped',
    },
  ];
}

/**
 * A table does not count what is throttled at its indexes.
 * Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html, WriteThrottleEvents.
 *
 * @param index - the dimension that names one of them
 */
function tableRules(name: string, table: AnyTable, index: DimensionsMap = {}): readonly AlarmRule[] {
  const dimensionsMap = { TableName: table.tableName, ...index };
  return ['Read', 'Write'].map((way) => ({
    id: `${name}${way}sThrottled`,
    metric: table.metric(`${way}ThrottleEvents`, { ...every, dimensionsMap }),
    above: 0,
    description: 'DynamoDB throttles a table. Look for one series that gets most of the events.',
    section: 'a-table-is-throttled',
  }));
}
