import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  Stats,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { EventSourceMapping, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { iteratorAge, mappingMetric, readsRefused, type ServiceParts, serviceMetric } from './metrics.ts';

const thirdOfAPage = 8;

/** One row for each step of the path: what came in, how far behind the step is, and what failed. The alarms come first. */
export function serviceDashboard(
  scope: Construct,
  { ingestion, detection }: ServiceParts,
  alarms: readonly Alarm[],
): Dashboard {
  const ours = (name: string, statistic = Stats.SUM) => serviceMetric(ingestion, name).with({ statistic });
  const { stream, recorder, eventsTable } = ingestion;
  const { detector, changePointsTable, sweeper, topic, people } = detection;
  return new Dashboard(scope, 'Dashboard', {
    widgets: [
      [new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: 3 * thirdOfAPage })],
      [
        graph('Records put', stream.metricPutRecordsSuccessfulRecords(), stream.metricIncomingRecords()),
        graph('Bytes put', stream.metricIncomingBytes()),
        graph(
          'Writes and reads refused',
          stream.metricWriteProvisionedThroughputExceeded(),
          readsRefused(ingestion),
        ),
      ],
      functionRow('Recorder', recorder, ingestion.mapping),
      [
        graph('Events recorded', ours('recorded'), ours('merged'), ours('waves')),
        graph('Set aside, and failed', ours('quarantined'), ours('failures')),
        graph(
          'Events table',
          eventsTable.metricConsumedWriteCapacityUnits(),
          eventsTable.metricConsumedReadCapacityUnits(),
        ),
      ],
      functionRow('Detector', detector, detection.mapping),
      [
        graph('Events tested', ours('tested'), ours('again'), ours('late')),
        graph(
          'Age of the newest event',
          ours('newestEventAgeMs', Stats.p(50)),
          ours('newestEventAgeMs', Stats.MAXIMUM),
        ),
        graph('Longest regime', ours('regimeLength', Stats.MAXIMUM)),
      ],
      [
        graph('Regimes read whole and remembered', ours('coldReads'), ours('warmReads')),
        graph('Change points', ours('changePoints')),
        graph('Change-points table', changePointsTable.metricConsumedWriteCapacityUnits()),
      ],
      [
        graph(
          'Waiting to be published',
          ours('pending', Stats.MAXIMUM),
          ours('swept'),
          ours('unpublished'),
          sweeper.metricErrors(),
        ),
        graph('Longest wait to be published', ours('oldestPendingMs', Stats.MAXIMUM)),
        graph('Published', ours('notified'), topic.metricNumberOfMessagesPublished()),
        graph(
          'Delivered and failed',
          topic.metricNumberOfNotificationsDelivered(),
          topic.metricNumberOfNotificationsFailed(),
        ),
      ],
      [
        graph('Told to people', ours('told'), ours('toldSeries'), ours('digests')),
        graph(
          'Not told, and told later',
          ours('muted'),
          ours('repeated'),
          ours('foreign'),
          ours('held'),
          ours('left'),
        ),
        graph(
          'Waiting to be told, and given up',
          people.queue.metricApproximateNumberOfMessagesVisible(),
          people.notTold.metricApproximateNumberOfMessagesVisible(),
        ),
      ],
    ],
  });
}

function functionRow(name: string, of: IFunction, mapping: EventSourceMapping): GraphWidget[] {
  return [
    graph(`${name}: behind its stream`, iteratorAge(of)),
    graph(
      `${name}: duration`,
      of.metricDuration({ statistic: Stats.p(50) }),
      of.metricDuration({ statistic: Stats.MAXIMUM }),
    ),
    graph(
      `${name}: failures`,
      of.metricErrors(),
      of.metricThrottles(),
      mappingMetric(mapping, 'OnFailureDestinationDeliveredEventCount'),
      mappingMetric(mapping, 'DroppedEventCount'),
    ),
  ];
}

function graph(title: string, ...left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, left, width: thirdOfAPage });
}
