import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  LogQueryVisualizationType,
  LogQueryWidget,
  Stats,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { EventSourceMapping, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { EventBusParts } from './bus/event-bus.ts';
import {
  every,
  iteratorAge,
  mappingMetric,
  readsRefused,
  type ServiceParts,
  serviceMetric,
  soon,
} from './metrics.ts';

const thirdOfAPage = 8;

/**
 * The series that changed most often, out of the detector's log: each batch names those in which it found a change point. A query has no price
 * while nobody looks; a metric for each series would have one.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Unnest.html
 */
const noisiest: readonly string[] = [
  'filter step = "detector" and ispresent(changed.0)',
  'fields jsonParse(@message) as line',
  'unnest line.changed into series',
  'stats count(*) as times by series',
  'sort times desc',
  'limit 10',
];

/**
 * The dashboard of a service: first the alarms, and which series change and how often; then a row for each step of the path, with what came in, how
 * far behind the step is, and what failed.
 */
export function serviceDashboard(
  scope: Construct,
  { ingestion, detection }: ServiceParts,
  alarms: readonly Alarm[],
): Dashboard {
  const ours = (name: string, statistic = Stats.SUM) => serviceMetric(ingestion, name).with({ statistic });
  const { stream, recorder, eventsTable } = ingestion;
  const { detector, detectorLog, changePointsTable, sweeper, topic, people, bus } = detection;
  return new Dashboard(scope, 'Dashboard', {
    widgets: [
      [new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: 3 * thirdOfAPage })],
      [
        graph(
          'Change points a minute',
          ours('changePoints').with({ period: soon }),
          ours('retracted').with({ period: soon }),
        ),
        new LogQueryWidget({
          title: 'The ten series that change most',
          logGroupNames: [detectorLog.logGroupName],
          queryLines: [...noisiest],
          view: LogQueryVisualizationType.TABLE,
          width: thirdOfAPage,
        }),
        graph(
          'Age of the newest event',
          ours('newestEventAgeMs', Stats.p(50)),
          ours('newestEventAgeMs', Stats.MAXIMUM),
        ),
      ],
      [
        graph('Records put', stream.metricIncomingRecords(every)),
        graph('Bytes put', stream.metricIncomingBytes(every)),
        graph(
          'Writes and reads refused',
          stream.metricWriteProvisionedThroughputExceeded(every),
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
        graph('Longest regime', ours('regimeLength', Stats.MAXIMUM)),
        graph('Regimes read whole and remembered', ours('coldReads'), ours('warmReads')),
      ],
      [
        graph('Events that are no reading', ours('unreadable')),
        graph('Change-points table', changePointsTable.metricConsumedWriteCapacityUnits()),
      ],
      [
        graph(
          'Waiting to be published',
          ours('pending', Stats.MAXIMUM),
          ours('swept'),
          ours('unpublished'),
          ours('setAside'),
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
      ...(bus === undefined ? [] : [busRow(bus, ours)]),
    ],
  });
}

function busRow({ queue, notForwarded }: EventBusParts, ours: (name: string) => IMetric): GraphWidget[] {
  return [
    graph('Put on the event bus, and refused', ours('forwarded'), ours('refused')),
    graph(
      'Waiting for the event bus, and given up',
      queue.metricApproximateNumberOfMessagesVisible(),
      notForwarded.metricApproximateNumberOfMessagesVisible(),
    ),
  ];
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
