import { resolveOptions } from '@aed/core';
import { expect, test } from 'vitest';
import { processingLimits } from '../../lambda/processing-limits.ts';
import { environmentOfDetector } from '../../lambda/settings.ts';
import { deploymentLimits, digestQueueSeconds } from '../../lib/deployment-limits.ts';
import { passesFilters } from '../../local/event-source-mapping/filter.ts';
import { grantsOf } from './grants.ts';
import { asText, propertiesOf, synthesize } from './synthesize.ts';

const byDefault = synthesize();
const everySetting = synthesize({
  seriesIdField: 'device',
  timestampField: 'time',
  valueField: 'reading',
  timestampUnit: 's',
  numbersAsText: 'on',
  eventRetentionDays: '30',
  maxFutureSkewSeconds: '60',
  alpha: '0.001',
  practicalThreshold: '3',
  startup: '10',
  window: '0',
  restart: 'change',
  maxRegimeLength: '500',
});

test.each([
  [
    'IngestionRecorder',
    deploymentLimits.recorder.function,
    {
      EVENTS_TABLE: 'IngestionEventsTable',
      QUARANTINE_BUCKET: 'IngestionQuarantineBucket',
      SERIES_ID_FIELD: 'device',
      TIMESTAMP_FIELD: 'time',
      VALUE_FIELD: 'reading',
      TIMESTAMP_UNIT: 's',
      NUMBERS_AS_TEXT: 'on',
      EVENT_RETENTION_DAYS: '30',
      MAX_FUTURE_SKEW_SECONDS: '60',
      POWERTOOLS_SERVICE_NAME: 'Test',
      POWERTOOLS_METRICS_NAMESPACE: 'ChangePointDetection',
      NODE_OPTIONS: '--enable-source-maps',
    },
  ],
  [
    'DetectionDetector',
    deploymentLimits.detector.function,
    {
      EVENTS_TABLE: 'IngestionEventsTable',
      CHANGE_POINTS_TABLE: 'DetectionChangePointsTable',
      RULES_TABLE: 'DetectionRulesTable',
      TOPIC_ARN: 'DetectionTopic',
      ...environmentOfDetector(resolveOptions()),
      ALPHA: '0.001',
      PRACTICAL_THRESHOLD: '3',
      STARTUP: '10',
      WINDOW: '0',
      RESTART: 'change',
      MAX_REGIME_LENGTH: '500',
      POWERTOOLS_SERVICE_NAME: 'Test',
      POWERTOOLS_METRICS_NAMESPACE: 'ChangePointDetection',
      NODE_OPTIONS: '--enable-source-maps',
    },
  ],
  [
    'DetectionSweeper',
    deploymentLimits.sweeper.function,
    {
      CHANGE_POINTS_TABLE: 'DetectionChangePointsTable',
      PENDING_INDEX: 'pending',
      TOPIC_ARN: 'DetectionTopic',
      POWERTOOLS_SERVICE_NAME: 'Test',
      POWERTOOLS_METRICS_NAMESPACE: 'ChangePointDetection',
      NODE_OPTIONS: '--enable-source-maps',
    },
  ],
  [
    'DetectionDigest',
    deploymentLimits.digest.function,
    {
      CHANGE_POINTS_TABLE: 'DetectionChangePointsTable',
      PEOPLE_TOPIC_ARN: 'DetectionPeopleTopic',
      DIGEST_QUEUE_URL: 'DetectionDigestQueue',
      POWERTOOLS_SERVICE_NAME: 'Test',
      POWERTOOLS_METRICS_NAMESPACE: 'ChangePointDetection',
      NODE_OPTIONS: '--enable-source-maps',
    },
  ],
])('%s gets its limits and every setting', (name, { timeoutSeconds, memoryMegabytes }, environment) => {
  const { Runtime, Timeout, MemorySize, Environment } = propertiesOf(
    everySetting,
    'AWS::Lambda::Function',
    name,
  );
  expect({ Runtime, Timeout, MemorySize }).toEqual({
    Runtime: 'nodejs24.x',
    Timeout: timeoutSeconds,
    MemorySize: memoryMegabytes,
  });
  const variables = Object.entries((Environment as { Variables: object }).Variables);
  expect(Object.fromEntries(variables.map(([key, value]) => [key, asText(value)]))).toEqual(environment);
});

test.each([
  [
    'IngestionRecorder',
    [
      'dynamodb:BatchWriteItem IngestionEventsTable.Arn',
      'kinesis:DescribeStream IngestionStream.Arn',
      'kinesis:DescribeStreamSummary IngestionStream.Arn',
      'kinesis:GetRecords IngestionStream.Arn',
      'kinesis:GetShardIterator IngestionStream.Arn',
      'kinesis:ListShards IngestionStream.Arn',
      'kinesis:ListStreams IngestionStream.Arn',
      'logs:CreateLogStream IngestionRecorderLog.Arn',
      'logs:PutLogEvents IngestionRecorderLog.Arn',
      's3:ListBucket IngestionQuarantineBucket.Arn',
      's3:PutObject IngestionQuarantineBucket.Arn/*',
      's3:PutObject IngestionQuarantineBucket.Arn/quarantine/*',
      'xray:PutTelemetryRecords *',
      'xray:PutTraceSegments *',
    ],
  ],
  [
    'DetectionDetector',
    [
      'dynamodb:BatchWriteItem DetectionChangePointsTable.Arn',
      'dynamodb:DescribeStream IngestionEventsTable.StreamArn',
      'dynamodb:GetItem DetectionChangePointsTable.Arn',
      'dynamodb:GetRecords IngestionEventsTable.StreamArn',
      'dynamodb:GetShardIterator IngestionEventsTable.StreamArn',
      'dynamodb:ListStreams IngestionEventsTable.StreamArn',
      'dynamodb:PutItem DetectionChangePointsTable.Arn',
      'dynamodb:Query DetectionChangePointsTable.Arn',
      'dynamodb:Query DetectionRulesTable.Arn',
      'dynamodb:Query IngestionEventsTable.Arn',
      'dynamodb:UpdateItem DetectionChangePointsTable.Arn',
      'logs:CreateLogStream DetectionDetectorLog.Arn',
      'logs:PutLogEvents DetectionDetectorLog.Arn',
      's3:ListBucket IngestionQuarantineBucket.Arn',
      's3:PutObject IngestionQuarantineBucket.Arn/*',
      'sns:Publish DetectionTopic',
      'xray:PutTelemetryRecords *',
      'xray:PutTraceSegments *',
    ],
  ],
  [
    'DetectionSweeper',
    [
      'dynamodb:GetItem DetectionChangePointsTable.Arn',
      'dynamodb:PutItem DetectionChangePointsTable.Arn',
      'dynamodb:Query DetectionChangePointsTable.Arn',
      'dynamodb:Scan DetectionChangePointsTable.Arn/index/pending',
      'dynamodb:UpdateItem DetectionChangePointsTable.Arn',
      'logs:CreateLogStream DetectionSweeperLog.Arn',
      'logs:PutLogEvents DetectionSweeperLog.Arn',
      'sns:Publish DetectionTopic',
      'xray:PutTelemetryRecords *',
      'xray:PutTraceSegments *',
    ],
  ],
  [
    'DetectionDigest',
    [
      'dynamodb:GetItem DetectionChangePointsTable.Arn',
      'dynamodb:PutItem DetectionChangePointsTable.Arn',
      'logs:CreateLogStream DetectionDigestLog.Arn',
      'logs:PutLogEvents DetectionDigestLog.Arn',
      'sns:Publish DetectionPeopleTopic',
      'sqs:ChangeMessageVisibility DetectionDigestQueue.Arn',
      'sqs:DeleteMessage DetectionDigestQueue.Arn',
      'sqs:GetQueueAttributes DetectionDigestQueue.Arn',
      'sqs:ReceiveMessage DetectionDigestQueue.Arn',
      'xray:PutTelemetryRecords *',
      'xray:PutTraceSegments *',
    ],
  ],
])('%s may do this and no more', (name, grants) => {
  expect(grantsOf(byDefault, name)).toEqual(grants);
});

test.each([
  ['IngestionRecorder', 'IngestionStream.Arn', deploymentLimits.recorder.mapping],
  ['DetectionDetector', 'IngestionEventsTable.StreamArn', deploymentLimits.detector.mapping],
])(
  '%s is invoked from %s within the limits, and what is given up on is kept whole',
  (name, source, mapping) => {
    const { EventSourceArn, FunctionName, FilterCriteria, DestinationConfig, ...rest } = propertiesOf(
      byDefault,
      'AWS::Lambda::EventSourceMapping',
      `${name}Records`,
    );
    expect([asText(FunctionName), asText(EventSourceArn)]).toEqual([name, source]);
    expect(DestinationConfig).toEqual({
      OnFailure: {
        Destination: { 'Fn::GetAtt': [expect.stringMatching(/^IngestionQuarantineBucket/), 'Arn'] },
      },
    });
    expect(patternsOf(FilterCriteria)).toEqual(mapping.filters);
    expect(rest).toEqual({
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: mapping.batchSize,
      MaximumBatchingWindowInSeconds: mapping.batchWindowSeconds,
      MaximumRetryAttempts: mapping.retryAttempts,
      MaximumRecordAgeInSeconds: mapping.maxRecordAgeSeconds,
      BisectBatchOnFunctionError: mapping.bisectBatchOnError,
      ParallelizationFactor: mapping.parallelizationFactor,
      MetricsConfig: { Metrics: ['EventCount'] },
      FunctionResponseTypes: mapping.reportBatchItemFailures ? ['ReportBatchItemFailures'] : [],
    });
  },
);

test('the sweeper is started on its schedule, and done before the next start', () => {
  const { everyMinutes, function: sweeper } = deploymentLimits.sweeper;
  const schedule = propertiesOf(byDefault, 'AWS::Events::Rule', 'DetectionSweepSchedule');
  expect(schedule).toMatchObject({ ScheduleExpression: 'rate(1 minute)', State: 'ENABLED' });
  const [target, ...others] = schedule.Targets as readonly { Arn: unknown; RetryPolicy: unknown }[];
  expect(others).toEqual([]);
  expect(asText(target?.Arn)).toBe('DetectionSweeper.Arn');
  expect(target?.RetryPolicy).toEqual({ MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 0 });
  expect(sweeper.timeoutSeconds).toBeLessThan(everyMinutes * 60);
  // Else Lambda repeats one that failed, or that it could not start, beside the next.
  const calls = propertiesOf(
    byDefault,
    'AWS::Lambda::EventInvokeConfig',
    'DetectionSweeperEventInvokeConfig',
  );
  expect(calls).toMatchObject({ MaximumEventAgeInSeconds: everyMinutes * 60, MaximumRetryAttempts: 0 });
});

// "Splitting batches doesn't consume the retry quota": https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html.
// At most 10,000; -1 is no limit: https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html
test('the recorder outlasts hours in which a store refuses, and a record that ends it each time frees its shard in the end', () => {
  const { retryAttempts, bisectBatchOnError, maxRecordAgeSeconds } = deploymentLimits.recorder.mapping;
  const secondsATry = 1;
  const secondsAtLeast = retryAttempts * secondsATry;
  expect(secondsAtLeast).toBeGreaterThan(2 * 3600);
  expect(secondsAtLeast).toBeLessThan(maxRecordAgeSeconds);
  expect(retryAttempts).toBeLessThanOrEqual(10_000);
  expect(bisectBatchOnError).toBe(true);
});

test('all functions are traced', () => {
  byDefault.allResourcesProperties('AWS::Lambda::Function', { TracingConfig: { Mode: 'Active' } });
});

// "DynamoDB event source mappings only support filtering on the `dynamodb` key", and `exists` "only works on leaf nodes".
// Source: https://docs.aws.amazon.com/lambda/latest/dg/with-ddb-filtering.html
test('the detector sees the items that close a wave, and those that were there before, by filters on the dynamodb key with their rules at leaves', () => {
  const { filters } = deploymentLimits.detector.mapping;
  expect(filters).toEqual([
    { dynamodb: { NewImage: { wave: { M: { id: { S: [{ exists: true }] } } } } } },
    { dynamodb: { OldImage: { eventKey: { S: [{ exists: true }] } } } },
  ]);
  const item = { seriesId: { S: 's' }, eventKey: { S: 'k' }, value: { N: '1' } };
  const closing = { ...item, wave: { M: { id: { S: 'i' } } } };
  const passes = (dynamodb: object) => passesFilters({ dynamodb }, filters);
  expect(passes({ NewImage: closing })).toBe(true);
  expect(passes({ NewImage: item })).toBe(false);
  expect(passes({ NewImage: item, OldImage: item })).toBe(true);
  expect(passes({ OldImage: item })).toBe(true);
});

test('a claim outlives every call that its holder may still make, and has ended before the sweep after the next', () => {
  const { claimMs, publishMs, markMs } = processingLimits;
  expect(claimMs).toBeGreaterThanOrEqual(2 * (publishMs + markMs));
  expect(claimMs).toBeLessThan(deploymentLimits.sweeper.everyMinutes * 60_000);
});

test('what a digest claims is its own until its time-out, and free when the queue delivers it again', () => {
  const { function: digest } = deploymentLimits.digest;
  expect(processingLimits.claimMs).toBeGreaterThan(digest.timeoutSeconds * 1000);
  expect(processingLimits.claimMs).toBeLessThan(digestQueueSeconds(0) * 1000);
});

test('what is held for as long as can be has many tries left, and SQS can hold it', () => {
  const { receives } = deploymentLimits.topicQueue;
  expect(processingLimits.toldMs).toBeLessThan((digestQueueSeconds(0) * 1000 * receives) / 2);
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html: 12 hours
  expect(processingLimits.toldMs).toBeLessThan(12 * 3_600_000);
});

test('what a sweep has begun ends before its time-out', () => {
  const { sweepMs, publishMs, markMs } = processingLimits;
  expect(sweepMs + publishMs + markMs).toBeLessThan(deploymentLimits.sweeper.function.timeoutSeconds * 1000);
});

test('the detector spends little of its time on publishing after its tests', () => {
  const { publishAfterTestsMs, publishMs, markMs } = processingLimits;
  const longest = publishAfterTestsMs + publishMs + markMs;
  expect(longest).toBeLessThan((deploymentLimits.detector.function.timeoutSeconds * 1000) / 10);
});

test('the detector gives up on a record before its stream, which keeps it for a day, forgets it', () => {
  expect(deploymentLimits.detector.mapping.maxRecordAgeSeconds).toBeLessThan(24 * 3600);
});

test.each([
  ['24', 23 * 3600],
  ['168', 167 * 3600],
  ['8760', 7 * 24 * 3600],
])(
  'of a stream that keeps records for %s hours the recorder gives up on them at an age of %d seconds',
  (hours, seconds) => {
    const template = synthesize({ streamRetentionHours: hours });
    const { RetentionPeriodHours } = propertiesOf(template, 'AWS::Kinesis::Stream', 'IngestionStream');
    const mapping = propertiesOf(template, 'AWS::Lambda::EventSourceMapping', 'IngestionRecorderRecords');
    expect([RetentionPeriodHours, mapping.MaximumRecordAgeInSeconds]).toEqual([Number(hours), seconds]);
    expect(seconds).toBeLessThan(Number(hours) * 3600);
  },
);

test('each mapping has the batch window and the parallelization that were asked for', () => {
  const template = synthesize({
    recorderBatchWindowSeconds: '60',
    recorderParallelizationFactor: '10',
    detectorBatchWindowSeconds: '5',
    detectorParallelizationFactor: '2',
  });
  const chosen = ['IngestionRecorderRecords', 'DetectionDetectorRecords'].map((name) => {
    const mapping = propertiesOf(template, 'AWS::Lambda::EventSourceMapping', name);
    return [mapping.MaximumBatchingWindowInSeconds, mapping.ParallelizationFactor];
  });
  expect(chosen).toEqual([
    [60, 10],
    [5, 2],
  ]);
});

test('with a connection of its own the recorder may use that one too', () => {
  const fanOut = synthesize({ enhancedFanOut: 'on' });
  const added = grantsOf(fanOut, 'IngestionRecorder').filter(
    (grant) => !grantsOf(byDefault, 'IngestionRecorder').includes(grant),
  );
  expect(added).toEqual(['kinesis:SubscribeToShard IngestionFanOut.ConsumerARN']);
  const mapping = propertiesOf(fanOut, 'AWS::Lambda::EventSourceMapping', 'IngestionRecorderRecords');
  expect(asText(mapping.EventSourceArn)).toBe('IngestionFanOut.ConsumerARN');
});

// A connection of the recorder's own is another source, so CloudFormation makes another mapping: its EventSourceArn "requires
// replacement" (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html).
// Only a starting time keeps the new one from reading all that the stream still holds. It is one of Kinesis alone
// (https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html, StartingPosition).
test('with a connection of its own the recorder goes on where it is told to, and the detector from its oldest record', () => {
  const template = synthesize({ enhancedFanOut: 'on', recorderStartsAt: '2026-01-31T12:00:00.9+01' });
  const mapping = propertiesOf(template, 'AWS::Lambda::EventSourceMapping', 'IngestionRecorderRecords');
  expect(asText(mapping.EventSourceArn)).toBe('IngestionFanOut.ConsumerARN');
  expect([mapping.StartingPosition, mapping.StartingPositionTimestamp]).toEqual([
    'AT_TIMESTAMP',
    Date.parse('2026-01-31T11:00:00Z') / 1000,
  ]);
  const detector = propertiesOf(template, 'AWS::Lambda::EventSourceMapping', 'DetectionDetectorRecords');
  expect([detector.StartingPosition, detector.StartingPositionTimestamp]).toEqual([
    'TRIM_HORIZON',
    undefined,
  ]);
});

test.each(['IngestionRecorder', 'DetectionDetector', 'DetectionSweeper', 'DetectionDigest'])(
  '%s may use the key of its data, if there is one',
  (name) => {
    const withKey = grantsOf(synthesize({ customerManagedKey: 'on' }), name);
    expect(withKey.filter((grant) => !grantsOf(byDefault, name).includes(grant))).toEqual([
      'kms:Decrypt Key.Arn',
      'kms:DescribeKey Key.Arn',
      'kms:Encrypt Key.Arn',
      'kms:GenerateDataKey Key.Arn',
      'kms:ReEncryptFrom Key.Arn',
      'kms:ReEncryptTo Key.Arn',
    ]);
  },
);

/** The filter patterns of a mapping, as objects. */
function patternsOf(criteria: unknown): unknown[] {
  const { Filters } = (criteria ?? { Filters: [] }) as { Filters: readonly { Pattern: string }[] };
  return Filters.map(({ Pattern }) => JSON.parse(Pattern));
}
