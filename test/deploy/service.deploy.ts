import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { DescribeStreamSummaryCommand } from '@aws-sdk/client-kinesis';
import {
  type EventSourceMappingConfiguration,
  type FunctionConfiguration,
  InvokeCommand,
  ListEventSourceMappingsCommand,
  ListFunctionsCommand,
} from '@aws-sdk/client-lambda';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nile } from '../../cli/datasets/nile.ts';
import { sensorNetwork } from '../../cli/datasets/sensor-network.ts';
import { putEvents } from '../../cli/produce/put-events.ts';
import { realBackoff } from '../../lambda/backoff.ts';
import type { SeriesChangePoint } from '../../lambda/change-point.ts';
import { deploymentLimits } from '../../lib/deployment-limits.ts';
import { runHere } from '../cli/in-process.ts';
import { until } from '../until.ts';
import type { Outputs } from './cdk.ts';
import { cloudWatchNames } from './cloudwatch-names.ts';
import { type Deployment, deployTwice, settings } from './deployment.ts';
import { type ExpectedChangePoint, expectedFrom, inOrder } from './expected.ts';
import type { NewQueue } from './new-queue.ts';
import { countsOfQueue } from './queue-counts.ts';
import type { DeliveredEvent } from './ruled-bus.ts';
import { storedItems } from './stored-items.ts';
import { type Notification, type SubscribedQueue, subscribeQueue } from './subscribed-queue.ts';

interface StoredItem extends SeriesChangePoint {
  readonly sortKey: string;
  readonly testedThrough?: string;
  readonly edition?: { readonly id: string };
  readonly publishedAt?: string;
}

const { readings } = sensorNetwork();
const expected = expectedFrom(readings, { practicalThreshold: 3, maxRegimeLength: 10_000 });
let deployment: Deployment;
let everything: SubscribedQueue;
let rises: SubscribedQueue;
let largeAtMote1: SubscribedQueue;
let fallsByBody: SubscribedQueue;
let people: SubscribedQueue;
let besideTheBus: SubscribedQueue;
let allOnTheBus: NewQueue<DeliveredEvent>;
let largeRisesOnTheBus: NewQueue<DeliveredEvent>;

beforeAll(async () => {
  deployment = await deployTwice();
  const { TopicArn = '', PeopleTopicArn = '' } = deployment.first;
  const { clients } = deployment;
  everything = await subscribeQueue(clients, TopicArn, 'everything');
  rises = await subscribeQueue(clients, TopicArn, 'rises', { direction: ['up'] });
  largeAtMote1 = await subscribeQueue(clients, TopicArn, 'large-at-mote-1', {
    seriesId: ['mote-1-humidity'],
    magnitude: [{ numeric: ['>=', 5] }],
  });
  const down = { direction: ['down'] };
  fallsByBody = await subscribeQueue(clients, TopicArn, 'falls', down, 'MessageBody');
  people = await subscribeQueue(clients, PeopleTopicArn, 'people');
  besideTheBus = await subscribeQueue(clients, TopicArn, 'beside-the-bus');
  allOnTheBus = await deployment.bus.rule('all-of-aed', { source: ['aed'] });
  largeRisesOnTheBus = await deployment.bus.rule('large-rises', {
    source: ['aed'],
    'detail-type': ['Change Point Detected'],
    detail: {
      seriesId: [{ prefix: 'mote-1-' }],
      magnitude: [{ numeric: ['>=', 5] }],
      muted: [{ exists: false }],
    },
  });
  // Before any detector runs, which would go by what it has read for some seconds.
  await aed('options', 'set', 'boiler-*', '--practical-threshold', '0.5');
  await aed('mute', 'boiler-7', '--for', '8h');
});

afterAll(() => deployment?.close());

describe('what was deployed', () => {
  test('says where everything is', () => {
    const names = [
      'StreamName',
      'EventsTableName',
      'ChangePointsTableName',
      'RulesTableName',
      'TopicArn',
      'PeopleTopicArn',
      'QuarantineBucketName',
      'DashboardUrl',
    ];
    expect(Object.keys(deployment.first).sort()).toEqual([...names].sort());
    expect(Object.keys(deployment.second).sort()).toEqual([...names].sort());
  });

  test('has the names that were given, beside a stack that has others', () => {
    const { streamName, eventsTableName, changePointsTableName, rulesTableName, topicName, peopleTopicName } =
      settings.second;
    expect(deployment.second).toMatchObject({
      StreamName: streamName,
      EventsTableName: eventsTableName,
      ChangePointsTableName: changePointsTableName,
      RulesTableName: rulesTableName,
      TopicArn: expect.stringMatching(new RegExp(`:${topicName}$`)),
      PeopleTopicArn: expect.stringMatching(new RegExp(`:${peopleTopicName}$`)),
    });
    for (const [name, value] of Object.entries(deployment.first)) {
      expect(deployment.second[name]).not.toBe(value);
    }
  });

  test('has the parameters in its functions', async () => {
    const functions = await functionsOf(settings.second.stackName);
    expect(functions.Recorder?.Environment?.Variables).toMatchObject({
      EVENTS_TABLE: settings.second.eventsTableName,
      QUARANTINE_BUCKET: deployment.second.QuarantineBucketName,
      SERIES_ID_FIELD: 'device',
      TIMESTAMP_FIELD: 'time',
      VALUE_FIELD: 'reading',
    });
    expect(functions.Detector?.Environment?.Variables).toMatchObject({
      EVENTS_TABLE: settings.second.eventsTableName,
      CHANGE_POINTS_TABLE: settings.second.changePointsTableName,
      RULES_TABLE: settings.second.rulesTableName,
      TOPIC_ARN: deployment.second.TopicArn,
      ALPHA: '0.001',
      PRACTICAL_THRESHOLD: '1.5',
      STARTUP: '8',
      WINDOW: '3',
      RESTART: 'change',
      MAX_REGIME_LENGTH: '500',
    });
    expect(functions.Sweeper?.Environment?.Variables).toMatchObject({
      CHANGE_POINTS_TABLE: settings.second.changePointsTableName,
      TOPIC_ARN: deployment.second.TopicArn,
    });
    expect(functions.Digest?.Environment?.Variables).toMatchObject({
      CHANGE_POINTS_TABLE: settings.second.changePointsTableName,
      PEOPLE_TOPIC_ARN: deployment.second.PeopleTopicArn,
    });
  });

  test('is watched by alarms, also of the bus where there is one, and has a dashboard', async () => {
    const { endpoint } = deployment;
    const [first, second] = await Promise.all(
      [settings.first, settings.second].map(({ stackName }) =>
        cloudWatchNames(endpoint, 'DescribeAlarms', stackName),
      ),
    );
    const ofTheBus = ['Behind', 'Failed', 'Slow', 'Throttled'].map((what) => `MonitoringForwarder${what}`);
    expect(second).toContain('MonitoringDigestFailed');
    expect(first).toEqual([...(second ?? []), ...ofTheBus, 'MonitoringNotForwarded'].sort());
    for (const { stackName } of [settings.first, settings.second]) {
      expect(await cloudWatchNames(endpoint, 'ListDashboards', stackName)).toEqual(['MonitoringDashboard']);
    }
  });

  test('sweeps: with nothing pending, it finds nothing to do', async () => {
    const { FunctionName = '' } = (await functionsOf(settings.first.stackName)).Sweeper ?? {};
    const { FunctionError, Payload } = await deployment.lambda.send(new InvokeCommand({ FunctionName }));
    expect([FunctionError, Buffer.from(Payload ?? []).toString()]).toEqual([undefined, 'null']);
  });

  test.each([
    ['Recorder', deploymentLimits.recorder.mapping],
    ['Detector', deploymentLimits.detector.mapping],
  ])('invokes the %s as the limits say', async (name, mapping) => {
    const { FunctionName = '' } = (await functionsOf(settings.first.stackName))[name] ?? {};
    const [deployed, ...others] = await mappingsOf(FunctionName);
    expect(others).toEqual([]);
    expect(deployed).toMatchObject({
      BatchSize: mapping.batchSize,
      MaximumBatchingWindowInSeconds: mapping.batchWindowSeconds,
      MaximumRetryAttempts: mapping.retryAttempts,
      MaximumRecordAgeInSeconds: mapping.maxRecordAgeSeconds,
      BisectBatchOnFunctionError: mapping.bisectBatchOnError,
      ParallelizationFactor: mapping.parallelizationFactor,
      StartingPosition: 'TRIM_HORIZON',
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
    const patterns = deployed?.FilterCriteria?.Filters?.map(({ Pattern = '' }) => JSON.parse(Pattern)) ?? [];
    expect(patterns).toEqual(mapping.filters);
  });
});

test('invokes the Digest with what comes together in its queue', async () => {
  const { FunctionName = '' } = (await functionsOf(settings.first.stackName)).Digest ?? {};
  expect(await mappingsOf(FunctionName)).toMatchObject([
    {
      EventSourceArn: expect.stringMatching(/^arn:aws:sqs:/),
      BatchSize: 10_000,
      MaximumBatchingWindowInSeconds: 5,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    },
  ]);
});

test('invokes the Forwarder with as many messages as one call to the bus takes', async () => {
  const { FunctionName = '', Environment } = (await functionsOf(settings.first.stackName)).Forwarder ?? {};
  expect(Environment?.Variables).toMatchObject({ EVENT_BUS: settings.first.eventBus });
  expect(await mappingsOf(FunctionName)).toMatchObject([
    {
      EventSourceArn: expect.stringMatching(/^arn:aws:sqs:.*ForwarderQueue/),
      BatchSize: 10,
      ScalingConfig: { MaximumConcurrency: 2 },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    },
  ]);
});

test('what the second stack chose is in its stream and in the mapping of its recorder', async () => {
  const { StreamName } = deployment.second;
  const { StreamDescriptionSummary } = await deployment.clients.kinesis.send(
    new DescribeStreamSummaryCommand({ StreamName }),
  );
  expect(StreamDescriptionSummary).toMatchObject({ RetentionPeriodHours: 48, OpenShardCount: 2 });
  const { FunctionName = '' } = (await functionsOf(settings.second.stackName)).Recorder ?? {};
  expect(await mappingsOf(FunctionName)).toMatchObject([
    {
      MaximumBatchingWindowInSeconds: 1,
      ParallelizationFactor: 2,
      MaximumRecordAgeInSeconds: 47 * 3600,
    },
  ]);
});

describe('the sensor data, put by the producer', () => {
  beforeAll(async () => {
    const { StreamName = '' } = deployment.first;
    const put = await putEvents(deployment.clients.kinesis, StreamName, readings, { backoff: realBackoff });
    expect(put).toBe(readings.length);
    await tested(deployment.first, expected.newest);
  });

  test('is in the events table, every event once', async () => {
    const { EventsTableName = '' } = deployment.first;
    const events = await storedItems<{ seriesId: string; eventKey: string }>(
      deployment.clients.dynamoDb,
      EventsTableName,
    );
    expect(events.map(({ seriesId, eventKey }) => `${seriesId} ${eventKey}`).sort()).toEqual(expected.events);
  });

  test('has the change points that the core finds, stored and marked as published', async () => {
    const items = await changePointItems(deployment.first);
    const found = items.filter(({ sortKey }) => sortKey.startsWith('CP#'));
    expect(found.map(essence).sort(inOrder)).toEqual(expected.changePoints);
    expect(found.filter(({ publishedAt }) => publishedAt === undefined)).toEqual([]);
  });

  test('each change point came out of the topic', async () => {
    const received = (await everything.drain()).toSorted(inOrder);
    for (const { seriesId, changedAt, detectedAt, direction, magnitude, pValue } of received) {
      process.stdout.write(
        `${seriesId} ${direction} by ${Math.abs(magnitude).toFixed(2)} since ${changedAt}, known ${detectedAt}, ` +
          `p ${pValue.toExponential(1)}\n`,
      );
    }
    expect(received.map(essence)).toEqual(expected.changePoints);
  });

  test('a filter policy lets through what it names and nothing else', async () => {
    const { changePoints } = expected;
    const up = changePoints.filter(({ direction }) => direction === 'up');
    const large = changePoints.filter(
      ({ seriesId, magnitude }) => seriesId === 'mote-1-humidity' && magnitude >= 5,
    );
    expect([up.length, large.length]).not.toContain(0);
    expect([up.length, large.length]).not.toContain(changePoints.length);
    expect((await rises.drain()).map(essence).sort(inOrder)).toEqual(up);
    expect((await largeAtMote1.drain()).map(essence).sort(inOrder)).toEqual(large);
    const down = changePoints.filter(({ direction }) => direction === 'down');
    expect(down.length).not.toBe(0);
    expect((await fallsByBody.drain()).map(essence).sort(inOrder)).toEqual(down);
  });

  test('comes through the bus: each change point is an event, its detail being the JSON of the topic', async () => {
    const onTheBus: DeliveredEvent[] = [];
    await until(
      'each change point is an event',
      async () => {
        onTheBus.push(...(await allOnTheBus.take()));
        return onTheBus.length >= expected.changePoints.length ? true : undefined;
      },
      60_000,
    );
    const byTime = (a: DeliveredEvent, b: DeliveredEvent) => inOrder(a.detail, b.detail);
    expect(onTheBus.toSorted(byTime)).toMatchObject(
      (await besideTheBus.drain()).toSorted(inOrder).map((detail) => ({
        source: 'aed',
        'detail-type': 'Change Point Detected',
        detail,
      })),
    );
    expect(onTheBus.map(({ detail }) => essence(detail)).sort(inOrder)).toEqual(expected.changePoints);
  });

  test('a rule of the bus gets what it asks for and nothing else', async () => {
    const wanted = expected.changePoints.filter(
      ({ seriesId, magnitude }) => seriesId.startsWith('mote-1-') && magnitude >= 5,
    );
    expect([0, expected.changePoints.length]).not.toContain(wanted.length);
    const found = (await largeRisesOnTheBus.take()).map(({ detail }) => essence(detail));
    expect(found.sort(inOrder)).toEqual(wanted);
  });

  test('leaves nothing in the queues of the forwarder', async () => {
    for (const part of ['ForwarderQueue', 'NotForwarded']) {
      await until(
        `the queue ${part} is empty`,
        async () => {
          const counts = await countsOfQueue(
            deployment.clients.sqs,
            `${settings.first.stackName}-Detection${part}`,
          );
          return counts.waiting + counts.taken === 0 ? true : undefined;
        },
        30_000,
      );
    }
  });

  test('people are told of every series, in fewer messages', async () => {
    const { changePoints } = expected;
    const series = [...new Set(changePoints.map(({ seriesId }) => seriesId))];
    const told: Notification[] = [];
    await until(
      'people are told of every series',
      async () => {
        told.push(...(await people.take()));
        return series.every((one) => told.some(({ Message }) => Message.includes(one))) ? true : undefined;
      },
      120_000,
    );
    for (const { Subject = '', Message } of told) process.stdout.write(`${Subject}\n${Message}\n`);
    expect(told.length).toBeLessThan(changePoints.length);
    for (const { Subject, Message } of told) {
      expect(Subject).toMatch(/^AED: /);
      expect(() => JSON.parse(Message)).toThrow(SyntaxError);
    }
  });
});

describe('the second stack', async () => {
  const { readings: flow } = await nile();
  const options = {
    alpha: 0.001,
    practicalThreshold: 1.5,
    startup: 8,
    window: 3,
    restart: 'change',
    maxRegimeLength: 500,
  } as const;
  const expectedFlow = expectedFrom(flow, options);

  test('reads records with other field names, and its change points are its own', async () => {
    const { StreamName = '', QuarantineBucketName = '' } = deployment.second;
    const records = flow.map(({ seriesId, timestamp, value }) => ({
      seriesId,
      device: seriesId,
      time: timestamp,
      reading: value,
    }));
    const unreadable = { seriesId: 'nile', device: 'nile', time: 'yesterday', reading: 1 };
    await putEvents(deployment.clients.kinesis, StreamName, [unreadable, ...records], {
      backoff: realBackoff,
    });
    await tested(deployment.second, expectedFlow.newest);
    const items = await changePointItems(deployment.second);
    const found = items.filter(({ sortKey }) => sortKey.startsWith('CP#'));
    expect(expectedFlow.changePoints.length).toBeGreaterThan(0);
    expect(found.map(essence).sort(inOrder)).toEqual(expectedFlow.changePoints);

    const { Contents = [] } = await deployment.clients.s3.send(
      new ListObjectsV2Command({ Bucket: QuarantineBucketName }),
    );
    expect(Contents.map(({ Key }) => Key)).toEqual([
      expect.stringMatching(/^quarantine\/shardId-\d+\/\d+\.json$/),
    ]);
    expect((await changePointItems(deployment.first)).map(({ seriesId }) => seriesId)).not.toContain('nile');
  });

  test('tests the series of a rule with its options, names the rule, and marks what is muted', async () => {
    const ruled = Array.from({ length: 60 }, (_, index) => ({
      seriesId: 'boiler-7',
      timestamp: new Date(Date.UTC(2026, 0, 1, 0, index)).toISOString(),
      value: (index < 30 ? 0 : 1.2) + (index % 3) / 10,
    }));
    const expectedRuled = expectedFrom(ruled, { ...options, practicalThreshold: 0.5 });
    expect(expectedFrom(ruled, options).changePoints).toEqual([]);
    const { StreamName = '' } = deployment.second;
    const records = ruled.map(({ seriesId, timestamp, value }) => ({
      seriesId,
      device: seriesId,
      time: timestamp,
      reading: value,
    }));
    await putEvents(deployment.clients.kinesis, StreamName, records, { backoff: realBackoff });
    await tested(deployment.second, [...expectedRuled.newest, ...expectedFlow.newest].sort());
    const items = await changePointItems(deployment.second);
    const found = items.filter(
      ({ seriesId, sortKey }) => seriesId === 'boiler-7' && sortKey.startsWith('CP#'),
    );
    expect(found.map(essence)).toEqual(expectedRuled.changePoints);
    expect(found).toMatchObject([{ rule: 'boiler-*', muted: true, options: { practicalThreshold: 0.5 } }]);
    expect(await aed('options', 'list')).toContain('boiler-*');
    expect(await aed('mute', 'list')).toContain('boiler-7');
  });

  test('an event that someone deletes is news to its detector: whoever remembers the regime learns of it', async () => {
    const head = async () =>
      (await changePointItems(deployment.second)).find(
        ({ seriesId, sortKey }) => seriesId === 'nile' && sortKey === 'HEAD',
      );
    const { testedThrough = '', edition } = (await head()) ?? {};
    const Key = { seriesId: { S: 'nile' }, eventKey: { S: testedThrough } };
    const { EventsTableName } = deployment.second;
    await deployment.clients.dynamoDb.send(new DeleteItemCommand({ TableName: EventsTableName, Key }));
    await until(
      'the HEAD has another edition',
      async () => ((await head())?.edition?.id !== edition?.id ? true : undefined),
      60_000,
    );
    expect((await head())?.testedThrough).toBe(testedThrough);
  });
});

test('another setting of the detector reaches it, and leaves what is stored', async () => {
  const before = await changePointItems(deployment.second);
  expect(await deployment.change({ alpha: '0.05' })).toEqual(deployment.second);
  const { Detector } = await functionsOf(settings.second.stackName);
  expect(Detector?.Environment?.Variables).toMatchObject({ ALPHA: '0.05', STARTUP: '8' });
  expect(before.length).toBeGreaterThan(0);
  const untold = (items: readonly StoredItem[]) => items.filter(({ sortKey }) => sortKey !== 'TOLD');
  // The digest may have remembered by now what it told.
  expect(untold(await changePointItems(deployment.second))).toEqual(untold(before));
});

/** Runs a command on the rules of the second stack. @returns what it wrote */
async function aed(...args: readonly string[]): Promise<string> {
  const { RulesTableName = '' } = deployment.second;
  const place = ['--endpoint', deployment.endpoint, '--rules-table', RulesTableName];
  const { code, out, error } = await runHere([...args, ...place]);
  expect([code, error]).toEqual([0, '']);
  return out;
}

/** Waits until every series' HEAD says that its newest event was tested. */
async function tested(stack: Outputs, newest: readonly string[]): Promise<void> {
  await until(
    `all series of ${stack.ChangePointsTableName} are tested to their end`,
    async () => {
      const items = await changePointItems(stack);
      const heads = items.filter(({ sortKey }) => sortKey === 'HEAD');
      const seen = heads.map(({ seriesId, testedThrough }) => `${seriesId} ${testedThrough}`).sort();
      return newest.every((key, index) => seen[index] === key) ? true : undefined;
    },
    300_000,
  );
}

async function changePointItems({ ChangePointsTableName = '' }: Outputs): Promise<readonly StoredItem[]> {
  return storedItems<StoredItem>(deployment.clients.dynamoDb, ChangePointsTableName);
}

/** What of a change point the core can say. */
function essence(changePoint: SeriesChangePoint): ExpectedChangePoint {
  const { seriesId, changedAt, detectedAt, direction, magnitude, pValue, statistic } = changePoint;
  return { seriesId, changedAt, detectedAt, direction, magnitude, pValue, statistic };
}

/** The functions of a stack, by their part. */
async function functionsOf(stackName: string): Promise<Partial<Record<string, FunctionConfiguration>>> {
  const { Functions = [] } = await deployment.lambda.send(new ListFunctionsCommand({}));
  const ours = Functions.filter(({ FunctionName = '' }) => FunctionName.startsWith(`${stackName}-`));
  expect(ours).toHaveLength(stackName === settings.first.stackName ? 5 : 4);
  const ofPart = (part: string) => ours.find(({ FunctionName = '' }) => FunctionName.includes(part));
  return {
    Recorder: ofPart('Recorder'),
    Detector: ofPart('Detector'),
    Sweeper: ofPart('Sweeper'),
    Digest: ofPart('Digest'),
    Forwarder: ofPart('Forwarder'),
  };
}

async function mappingsOf(functionName: string): Promise<readonly EventSourceMappingConfiguration[]> {
  const answer = await deployment.lambda.send(
    new ListEventSourceMappingsCommand({ FunctionName: functionName }),
  );
  return answer.EventSourceMappings ?? [];
}
