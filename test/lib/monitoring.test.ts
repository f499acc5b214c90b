import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { deploymentLimits } from '../../lib/deployment-limits.ts';
import { asText, propertiesOf, type Resource, resourcesOf, synthesize } from './synthesize.ts';

const template = synthesize({ email: 'me@example.org' });
const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm');

interface Dimension {
  readonly Name: string;
  readonly Value: unknown;
}

const recorder = 'FunctionName=IngestionRecorder';
const detector = 'FunctionName=DetectionDetector';
const digest = 'FunctionName=DetectionDigest';
const sweeper = 'FunctionName=DetectionSweeper';
const recorderMapping = 'EventSourceMappingUUID=IngestionRecorderRecords';
const detectorMapping = 'EventSourceMappingUUID=DetectionDetectorRecords';
// The table's own counts leave out those of its indexes: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
const pendingIndex = 'GlobalSecondaryIndexName=pending, TableName=DetectionChangePointsTable';
const twoHoursMs = 2 * 3600 * 1000;

const expected: readonly (readonly [string, number, string, string])[] = [
  ['StreamThrottled', 0, 'StreamName=IngestionStream', 'WriteProvisionedThroughputExceeded'],
  ['ReadsThrottled', 0, 'StreamName=IngestionStream', 'ReadProvisionedThroughputExceeded'],
  ['RecorderBehind', twoHoursMs, recorder, 'IteratorAge'],
  ['RecorderFailed', 0, recorder, 'Errors'],
  ['RecorderThrottled', 0, recorder, 'Throttles'],
  ['RecorderSlow', deploymentLimits.recorder.function.timeoutSeconds * 800, recorder, 'Duration'],
  ['RecorderGaveUp', 0, recorderMapping, 'OnFailureDestinationDeliveredEventCount'],
  // "For event source mappings, Lambda supports destinations for stream sources (DynamoDB and Kinesis)":
  // https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html, DestinationDeliveryFailures
  ['RecorderNotKept', 0, recorder, 'DestinationDeliveryFailures'],
  ['RecorderDropped', 0, recorderMapping, 'DroppedEventCount'],
  ['Quarantined', 0, 'service=Test', 'quarantined'],
  ['PartlyFailed', 0, 'service=Test', 'failures'],
  ['InvalidOptions', 0, 'service=Test', 'invalidOptions'],
  ['EventsTableReadsThrottled', 0, 'TableName=IngestionEventsTable', 'ReadThrottleEvents'],
  ['EventsTableWritesThrottled', 0, 'TableName=IngestionEventsTable', 'WriteThrottleEvents'],
  ['DetectorBehind', twoHoursMs, detector, 'IteratorAge'],
  ['DetectorFailed', 0, detector, 'Errors'],
  ['DetectorThrottled', 0, detector, 'Throttles'],
  ['DetectorSlow', deploymentLimits.detector.function.timeoutSeconds * 800, detector, 'Duration'],
  ['DetectorGaveUp', 0, detectorMapping, 'OnFailureDestinationDeliveredEventCount'],
  ['DetectorNotKept', 0, detector, 'DestinationDeliveryFailures'],
  ['DetectorDropped', 0, detectorMapping, 'DroppedEventCount'],
  ['ChangePointsTableReadsThrottled', 0, 'TableName=DetectionChangePointsTable', 'ReadThrottleEvents'],
  ['ChangePointsTableWritesThrottled', 0, 'TableName=DetectionChangePointsTable', 'WriteThrottleEvents'],
  ['PendingIndexReadsThrottled', 0, pendingIndex, 'ReadThrottleEvents'],
  ['PendingIndexWritesThrottled', 0, pendingIndex, 'WriteThrottleEvents'],
  ['RulesTableReadsThrottled', 0, 'TableName=DetectionRulesTable', 'ReadThrottleEvents'],
  ['RulesTableWritesThrottled', 0, 'TableName=DetectionRulesTable', 'WriteThrottleEvents'],
  ['SweeperFailed', 0, sweeper, 'Errors'],
  ['SweeperThrottled', 0, sweeper, 'Throttles'],
  ['ChangePointsWait', 2 * 60 * 1000, 'service=Test', 'oldestPendingMs'],
  ['NotificationsFailed', 0, 'TopicName=DetectionTopic.TopicName', 'NumberOfNotificationsFailed'],
  ['DigestFailed', 0, digest, 'Errors'],
  ['DigestThrottled', 0, digest, 'Throttles'],
  ['DigestSlow', deploymentLimits.digest.function.timeoutSeconds * 800, digest, 'Duration'],
  ['DigestBehind', 2 * 3600, 'QueueName=DetectionDigestQueue.QueueName', 'ApproximateAgeOfOldestMessage'],
  ['NotTold', 0, 'QueueName=DetectionNotTold.QueueName', 'ApproximateNumberOfMessagesVisible'],
  ['PeopleNotificationsFailed', 0, 'TopicName=DetectionPeopleTopic.TopicName', 'NumberOfNotificationsFailed'],
];

/**
 * Metrics that have data for as long as something runs: seconds of a period, and periods without data.
 *
 * "If Lambda polls for events but receives an empty poll (no new records), Lambda emits a 0 value for this metric. Use this metric to detect
 * whether your event source mapping is correctly polling for new events":
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html, PolledEventCount
 */
const silent: readonly (readonly [string, string, string, string, number, number])[] = [
  ['RecorderStopped', recorderMapping, 'PolledEventCount', 'SampleCount', 300, 6],
  ['DetectorStopped', detectorMapping, 'PolledEventCount', 'SampleCount', 300, 6],
  ['SweeperStopped', sweeper, 'Invocations', 'Sum', 60, 5],
];

describe('alarms', () => {
  test('are these and no more', () => {
    const names = [...expected, ...silent].map(([name]) => `Monitoring${name}`);
    expect(Object.keys(alarms).sort()).toEqual(names.sort());
  });

  test('are as many as the guide counts for their price', () => {
    const priced = /\| alarms \((\d+)\)/.exec(readFileSync('docs/operations.md', 'utf8'))?.[1];
    expect(Number(priced)).toBe(Object.keys(alarms).length);
  });

  test.each(expected)('%s fires above %d on %s', (name, threshold, dimension, metric) => {
    const properties = propertiesOf(template, 'AWS::CloudWatch::Alarm', `Monitoring${name}`);
    expect([properties.MetricName, dimensionsOf(properties).join(', ')]).toEqual([metric, dimension]);
    expect(properties).toMatchObject({
      Threshold: threshold,
      ComparisonOperator: 'GreaterThanThreshold',
      EvaluationPeriods: 1,
      TreatMissingData: 'notBreaching',
    });
    expect((properties.AlarmActions as unknown[]).map(asText)).toEqual(['MonitoringAlarms']);
  });

  // "Without a warm-up period, the alarm can transition and run actions on missing data during startup":
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-warm-up.html
  test.each(silent)(
    '%s fires when %s has no %s any more, but not in a first deployment',
    (name, dimension, MetricName, Statistic, Period, EvaluationPeriods) => {
      const properties = propertiesOf(template, 'AWS::CloudWatch::Alarm', `Monitoring${name}`);
      expect(dimensionsOf(properties)).toEqual([dimension]);
      expect(properties).toMatchObject({
        MetricName,
        Statistic,
        Period,
        EvaluationPeriods,
        Threshold: 1,
        ComparisonOperator: 'LessThanThreshold',
        TreatMissingData: 'breaching',
        WarmUpConfiguration: { WarmUpPeriodDurationInMinutes: 60 },
      });
    },
  );

  test('take a function that runs for as long as it may not for one that has stopped', () => {
    for (const [name, , metric, , period, periods] of silent) {
      if (metric !== 'PolledEventCount') continue;
      const { timeoutSeconds } =
        deploymentLimits[name === 'RecorderStopped' ? 'recorder' : 'detector'].function;
      expect(period * periods).toBeGreaterThan(timeoutSeconds + 300);
    }
  });

  // The metric of the age leaves out what was received three times or more, so it is not about what fails:
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
  test.each(['DigestBehind', 'ForwarderBehind'])(
    '%s says that nothing was tried, not that it failed',
    (name) => {
      const { AlarmDescription } = propertiesOf(
        synthesize({ eventBus: 'plant' }),
        'AWS::CloudWatch::Alarm',
        `Monitoring${name}`,
      );
      expect(AlarmDescription).toMatch(
        /has waited for two hours, and the \w+ has not tried to .* See whether Lambda runs it/,
      );
    },
  );

  // https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html: the stream's own metric counts GetRecords calls,
  // of which a consumer with a connection of its own makes none.
  test('watch the reads of the connection that the recorder uses', () => {
    const properties = propertiesOf(
      synthesize({ enhancedFanOut: 'on' }),
      'AWS::CloudWatch::Alarm',
      'MonitoringReadsThrottled',
    );
    expect([properties.Namespace, properties.MetricName, ...dimensionsOf(properties)]).toEqual([
      'AWS/Kinesis',
      'SubscribeToShard.RateExceeded',
      'ConsumerName=IngestionFanOut.ConsumerName',
      'StreamName=IngestionStream',
    ]);
  });

  test('tell within minutes that change points wait', () => {
    for (const name of ['SweeperFailed', 'ChangePointsWait'])
      expect(alarms[`Monitoring${name}`]?.Properties).toMatchObject({ Period: 60 });
  });

  test('may publish to their topic, those of this account alone', () => {
    const { PolicyDocument } = propertiesOf(template, 'AWS::SNS::TopicPolicy', 'MonitoringAlarmsPolicy');
    const { Statement } = PolicyDocument as { Statement: readonly { readonly Effect: string }[] };
    expect(Statement.filter(({ Effect }) => Effect === 'Allow')).toEqual([
      expect.objectContaining({
        Action: 'sns:Publish',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      }),
    ]);
  });

  test('reach whoever is mailed the change points, unless they have an action of their own', () => {
    const subscribed = Object.values(resourcesOf(template, 'AWS::SNS::Subscription')).filter(
      ({ Properties }) => Properties.Protocol === 'email',
    );
    expect(subscribed.map(({ Properties }) => [asText(Properties.TopicArn), Properties.Endpoint])).toEqual([
      ['DetectionPeopleTopic', 'me@example.org'],
      ['MonitoringAlarms', 'me@example.org'],
    ]);
  });

  test.each(Object.entries(alarms))('%s says what to do, and where the guide says more', (_, alarm) => {
    const [, doing, anchor] = /^(.+\.) See docs\/operations\.md#(.+)$/.exec(
      String(alarm.Properties.AlarmDescription),
    ) ?? [''];
    expect(doing).toMatch(/\. .+\.$|: .+\.$/);
    expect(headings()).toContain(anchor);
  });
});

test('the dashboard shows the service in the order in which the data flows', () => {
  const [dashboard] = Object.values(resourcesOf(template, 'AWS::CloudWatch::Dashboard'));
  const titles = [...asText(dashboard?.Properties.DashboardBody).matchAll(/"title":"([^"]+)"/g)];
  expect(titles.map(([, title]) => title)).toEqual([
    'Alarms',
    'Change points a minute',
    'The ten series that change most',
    'Age of the newest event',
    'Records put',
    'Bytes put',
    'Writes and reads refused',
    'Recorder: behind its stream',
    'Recorder: duration',
    'Recorder: failures',
    'Events recorded',
    'Set aside, and failed',
    'Events table',
    'Detector: behind its stream',
    'Detector: duration',
    'Detector: failures',
    'Events tested',
    'Longest regime',
    'Regimes read whole and remembered',
    'Events that are no reading',
    'Change-points table',
    'Waiting to be published',
    'Longest wait to be published',
    'Published',
    'Delivered and failed',
    'Told to people',
    'Not told, and told later',
    'Waiting to be told, and given up',
  ]);
});

test('the dashboard counts change points by the minute', () => {
  const [dashboard] = Object.values(resourcesOf(template, 'AWS::CloudWatch::Dashboard'));
  const body = asText(dashboard?.Properties.DashboardBody);
  for (const name of ['changePoints', 'retracted'])
    expect(body).toContain(`"${name}","service","Test",{"period":60,"stat":"Sum"}`);
});

// Kinesis counts calls of PutRecord in IncomingRecords, and not in PutRecords.*:
// https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html
test('the dashboard sums what is put, whichever call put it', () => {
  const [dashboard] = Object.values(resourcesOf(template, 'AWS::CloudWatch::Dashboard'));
  const body = asText(dashboard?.Properties.DashboardBody);
  const ofStream = [...body.matchAll(/\["AWS\/Kinesis","(\w+)","StreamName","IngestionStream",(\{.*?\})\]/g)];
  expect(ofStream.map(([, name]) => name)).toEqual([
    'IncomingRecords',
    'IncomingBytes',
    'WriteProvisionedThroughputExceeded',
    'ReadProvisionedThroughputExceeded',
  ]);
  for (const [, name, how = ''] of ofStream) expect([name, JSON.parse(how).stat]).toEqual([name, 'Sum']);
});

test('the dashboard asks the log of the detector which series change most, by the field in which it names them', () => {
  const [dashboard] = Object.values(resourcesOf(template, 'AWS::CloudWatch::Dashboard'));
  const body = asText(dashboard?.Properties.DashboardBody);
  expect(body).toContain(
    String.raw`SOURCE 'DetectionDetectorLog' | filter step = \"detector\" and ispresent(changed.0)`,
  );
  expect(body).toContain('unnest line.changed into series');
});

test('a bus has a row of its own', () => {
  const [dashboard] = Object.values(
    resourcesOf(synthesize({ eventBus: 'plant' }), 'AWS::CloudWatch::Dashboard'),
  );
  const body = asText(dashboard?.Properties.DashboardBody);
  for (const name of ['forwarded', 'refused']) expect(body).toContain(`"${name}","service","Test"`);
});

test.each([
  'recorded',
  'merged',
  'waves',
  'quarantined',
  'failures',
  'tested',
  'again',
  'late',
  'newestEventAgeMs',
  'regimeLength',
  'coldReads',
  'warmReads',
  'changePoints',
  'retracted',
  'unreadable',
  'pending',
  'swept',
  'notified',
  'unpublished',
  'setAside',
  'oldestPendingMs',
  'digests',
  'told',
  'toldSeries',
  'repeated',
  'muted',
  'held',
  'left',
  'foreign',
])('the metric %s is on the dashboard, and in the guide', (name) => {
  const [dashboard] = Object.values(resourcesOf(template, 'AWS::CloudWatch::Dashboard'));
  const body = asText(dashboard?.Properties.DashboardBody);
  expect(body).toContain(`"${deploymentLimits.metricsNamespace}","${name}","service","Test"`);
  expect(readFileSync('docs/operations.md', 'utf8')).toContain(`| \`${name}\` |`);
});

/** The dimensions of an alarm's metric, as `Name=value`. */
function dimensionsOf({ Dimensions }: Resource['Properties']): string[] {
  return (Dimensions as readonly Dimension[]).map(({ Name, Value }) => `${Name}=${asText(Value)}`);
}

/** The anchors of the guide's headings, as GitHub makes them. */
function headings(): string[] {
  const lines = readFileSync('docs/operations.md', 'utf8').split('\n');
  return lines
    .filter((line) => line.startsWith('## '))
    .map((line) =>
      line
        .slice(3)
        .toLowerCase()
        .replaceAll(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    );
}
