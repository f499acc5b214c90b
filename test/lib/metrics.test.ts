import type { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { asText, resourcesOf, synthesize } from './synthesize.ts';

const template = synthesize({ eventBus: 'plant' });

/** What is measured, and not counted: a sum over a period would say nothing. */
const measured = [
  'IteratorAge',
  'Duration',
  'ApproximateAgeOfOldestMessage',
  'ApproximateNumberOfMessagesVisible',
  'newestEventAgeMs',
  'oldestPendingMs',
  'regimeLength',
  'pending',
];
/** Metrics of which the number of data points counts. */
const beats = ['PolledEventCount'];

/** The namespace in which a metric with this dimension is. */
const namespaces: Readonly<Record<string, string>> = {
  StreamName: 'AWS/Kinesis',
  FunctionName: 'AWS/Lambda',
  EventSourceMappingUUID: 'AWS/Lambda',
  TableName: 'AWS/DynamoDB',
  GlobalSecondaryIndexName: 'AWS/DynamoDB',
  TopicName: 'AWS/SNS',
  QueueName: 'AWS/SQS',
  service: 'ChangePointDetection',
};

describe.each(Object.entries(resourcesOf(template, 'AWS::CloudWatch::Alarm')))('%s', (_, { Properties }) => {
  const { Namespace, MetricName, Statistic, Period, Dimensions } = Properties;
  const name = String(MetricName);

  test('watches a metric where AWS, or the service, puts it', () => {
    for (const { Name } of Dimensions as readonly { readonly Name: string }[])
      expect(Namespace).toBe(namespaces[Name]);
  });

  test('takes the largest of what is measured, and all of what is counted', () => {
    const ofCounts = beats.includes(name) ? 'SampleCount' : 'Sum';
    expect(Statistic).toBe(measured.includes(name) ? 'Maximum' : ofCounts);
  });

  test('looks every minute or every five', () => {
    expect([60, 300]).toContain(Period);
  });
});

type MetricRow = readonly [
  namespace: string,
  name: string,
  dimension: string,
  value: string,
  ...rest: unknown[],
];

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title: string;
    readonly metrics?: readonly MetricRow[];
    readonly alarms?: readonly string[];
    readonly query?: string;
    readonly view?: string;
  };
}

const widgets = widgetsOf(template);
const graphs = widgets.flatMap(({ properties: { title, metrics } }) =>
  metrics === undefined ? [] : [[title, metrics] as const],
);

describe('the dashboard', () => {
  test('has its widgets beside and below each other, within the width of the page', () => {
    const pageWidth = 24;
    for (const [at, one] of widgets.entries()) {
      expect(one.x + one.width).toBeLessThanOrEqual(pageWidth);
      expect(widgets.slice(at + 1).filter((other) => overlap(one, other))).toEqual([]);
    }
  });

  test('has a third of the page for each graph, and all of it for the alarms', () => {
    const widths = (type: string) => widgets.filter((one) => one.type === type).map(({ width }) => width);
    expect(new Set([...widths('metric'), ...widths('log')])).toEqual(new Set([8]));
    expect(widths('alarm')).toEqual([24]);
  });

  test('shows every alarm', () => {
    const shown = widgets.flatMap(({ properties: { alarms = [] } }) => alarms);
    const alarms = Object.keys(resourcesOf(template, 'AWS::CloudWatch::Alarm'));
    expect(shown).toEqual(alarms.map((name) => `${name}.Arn`));
  });

  test('counts the series that change most in the log of the detector, the ten first, as a table', () => {
    const [log, ...others] = widgets.filter(({ type }) => type === 'log');
    expect(others).toEqual([]);
    expect(log?.properties.view).toBe('table');
    expect(log?.properties.query?.split(/\s*\|\s*/)).toEqual([
      "SOURCE 'DetectionDetectorLog'",
      'filter step = "detector" and ispresent(changed.0)',
      'fields jsonParse(@message) as line',
      'unnest line.changed into series',
      'stats count(*) as times by series',
      'sort times desc',
      'limit 10',
    ]);
  });

  test.each(graphs)('%s: sums what is counted, and shows the largest of what is measured', (_, metrics) => {
    const byName = new Map<string, string[]>();
    for (const [namespace, name, dimension, value, ...rest] of metrics) {
      const { stat = '' } = rest.at(-1) as { readonly stat?: string };
      const key = [namespace, name, dimension, value].join(' ');
      byName.set(key, [...(byName.get(key) ?? []), stat]);
    }
    for (const [key, statistics] of byName) {
      const isMeasured = measured.includes(key.split(' ')[1] ?? '');
      // A median beside it tells whether the largest is the rule.
      const others = statistics.filter((statistic) => statistic !== 'p50' || !isMeasured);
      expect([key, ...others]).toEqual([key, isMeasured ? 'Maximum' : 'Sum']);
    }
  });

  test.each(graphs)('%s: finds each metric where AWS, or the service, puts it', (_, metrics) => {
    for (const [namespace, , dimension] of metrics) expect(namespace).toBe(namespaces[dimension]);
  });

  test.each([
    ['Records put', ['IncomingRecords IngestionStream']],
    ['Bytes put', ['IncomingBytes IngestionStream']],
    ['Recorder: behind its stream', ['IteratorAge IngestionRecorder']],
    ['Recorder: duration', ['Duration IngestionRecorder', 'Duration IngestionRecorder']],
    ['Recorder: failures', failuresOf('IngestionRecorder')],
    ['Events table', consumedBy('IngestionEventsTable', 'Write', 'Read')],
    ['Detector: behind its stream', ['IteratorAge DetectionDetector']],
    ['Detector: duration', ['Duration DetectionDetector', 'Duration DetectionDetector']],
    ['Detector: failures', failuresOf('DetectionDetector')],
    ['Change-points table', consumedBy('DetectionChangePointsTable', 'Write')],
    ['Waiting to be published', ['Errors DetectionSweeper']],
    ['Published', ['NumberOfMessagesPublished DetectionTopic.TopicName']],
    [
      'Delivered and failed',
      ['Delivered', 'Failed'].map((what) => `NumberOfNotifications${what} DetectionTopic.TopicName`),
    ],
    ['Waiting to be told, and given up', waitingIn('DetectionDigestQueue', 'DetectionNotTold')],
    [
      'Waiting for the event bus, and given up',
      waitingIn('DetectionForwarderQueue', 'DetectionNotForwarded'),
    ],
  ])('%s: shows these metrics of AWS', (title, expected) => {
    const metrics = new Map(graphs).get(title) ?? [];
    const ofAws = metrics.filter(([namespace]) => namespace.startsWith('AWS/'));
    expect(ofAws.map(([, name, , value]) => `${name} ${value}`)).toEqual(expected);
  });
});

function failuresOf(name: string): string[] {
  const ofMapping = ['OnFailureDestinationDeliveredEventCount', 'DroppedEventCount'];
  return [`Errors ${name}`, `Throttles ${name}`, ...ofMapping.map((metric) => `${metric} ${name}Records`)];
}

function consumedBy(table: string, ...ways: readonly string[]): string[] {
  return ways.map((way) => `Consumed${way}CapacityUnits ${table}`);
}

function waitingIn(...queues: readonly string[]): string[] {
  return queues.map((name) => `ApproximateNumberOfMessagesVisible ${name}.QueueName`);
}

function overlap(a: Widget, b: Widget): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function widgetsOf(of: Template): readonly Widget[] {
  const [dashboard] = Object.values(resourcesOf(of, 'AWS::CloudWatch::Dashboard'));
  return JSON.parse(asText(dashboard?.Properties.DashboardBody)).widgets;
}
