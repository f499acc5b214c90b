import {
  type AttributeValue,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, test } from 'vitest';
import { dynamoClient } from '../../../lambda/clients.ts';
import { type DetectorHandler, detectorHandler } from '../../../lambda/detector/detector.ts';
import type { ReportEntry } from '../../../lambda/function-report.ts';
import { sweeperHandler } from '../../../lambda/notify/sweeper.ts';
import { processingLimits } from '../../../lambda/processing-limits.ts';
import { recorderHandler } from '../../../lambda/recorder/recorder.ts';
import { realSurroundings, type Surroundings } from '../../../lambda/surroundings.ts';
import { pendingIndex } from '../../../lambda/tables/pending-index.ts';
import { names } from '../../../local/resources.ts';
import { readChangePoints } from '../../../local/stored.ts';
import { useBackend } from '../../use/backend.ts';
import { faultyProxy, refusal } from '../faulty-proxy.ts';
import { kinesisRecord } from '../kinesis-record.ts';

const backend = useBackend('for each test');
let now: number;
let surroundings: Surroundings;
let reported: ReportEntry[];

beforeEach(() => {
  now = Date.UTC(2026, 0, 1);
  surroundings = {
    ...realSurroundings,
    clock: () => new Date(now),
    deadline: () => new AbortController().signal,
  };
  reported = [];
});

const noTopic = { TOPIC_ARN: 'arn:aws:sns:us-east-1:000000000000:none' };

const sweep = (environment = {}) =>
  sweeperHandler({ ...backend.environment, ...environment }, (entry) => reported.push(entry), surroundings)();

/** Records a series with one shift and lets a detector look at it. */
async function detect(seriesId: string, detector: DetectorHandler): Promise<void> {
  const readings = Array.from({ length: 40 }, (_, index) =>
    JSON.stringify({
      seriesId,
      timestamp: Date.UTC(2020) + index,
      value: (index < 20 ? 0 : 9) + (index % 3),
    }),
  );
  const from = backend.tableStream.length;
  const recorded = await recorderHandler(backend.environment, () => {})({
    Records: readings.map((data, i) => kinesisRecord(`${i}`, data)),
  });
  expect(recorded).toEqual({ batchItemFailures: [] });
  const Records = [...backend.tableStream.read(undefined, Number.POSITIVE_INFINITY)].slice(from);
  expect(await detector({ Records })).toEqual({ batchItemFailures: [] });
}

/** On a busy machine a call may time out by which a claim is given back: then all wait until it ends, by a clock that stands still. */
function untilClaimsEnd(): void {
  now += processingLimits.claimMs;
}

/** Leaves a change point pending that could not be published. */
const leavePending = (seriesId: string) =>
  detect(
    seriesId,
    detectorHandler({ ...backend.environment, ...noTopic }, () => {}, surroundings),
  );

async function publishedSeries(): Promise<readonly string[]> {
  const stored = await readChangePoints(backend.clients);
  return stored.flatMap(({ seriesId, publishedAt }) => (publishedAt === undefined ? [] : [seriesId])).sort();
}

test('the index gives as many items as are asked for, at most: the oldest first, those of a series in their order', async () => {
  for (const seriesId of ['b', 'c', 'a']) {
    await leavePending(seriesId);
    now += 1000;
  }
  const { PENDING_INDEX = '' } = backend.environment;
  const index = pendingIndex(dynamoClient(backend.environment), names.changePointsTable, PENDING_INDEX);
  await leaveInHead('b');
  const items = await index.items(10);
  expect(items.map(({ seriesId, sortKey }) => `${seriesId} ${sortKey.slice(0, 2)}`)).toEqual([
    'b CP',
    'b HE',
    'c CP',
    'a CP',
  ]);
  expect(await index.items(4)).toHaveLength(4);
  expect(await index.items(2)).toHaveLength(2);
});

describe('a sweep', () => {
  test('publishes what is pending, of every series, once', async () => {
    await leavePending('a');
    await leavePending('b');
    await detect(
      'done',
      detectorHandler(backend.environment, () => {}, surroundings),
    );
    now += 90_000;
    await sweep();
    await sweep();
    expect(await publishedSeries()).toEqual(['a', 'b', 'done']);
    expect(reported).toEqual([
      { step: 'sweeper', pending: 2, swept: 2, notified: 2, oldestPendingMs: 0 },
      { step: 'sweeper', pending: 0, swept: 0, notified: 0, oldestPendingMs: 0 },
    ]);
  });

  test('leaves to its claimant what is claimed, until the claim has ended', async () => {
    await leavePending('a');
    await claim('a', now + processingLimits.claimMs);
    now += processingLimits.claimMs - 1;
    await sweep();
    const oldestPendingMs = processingLimits.claimMs - 1;
    expect(reported).toEqual([{ step: 'sweeper', pending: 1, swept: 0, notified: 0, oldestPendingMs }]);
    now += 1;
    await sweep();
    expect(await publishedSeries()).toEqual(['a']);
  });

  test('that cannot publish reports it, fails, and leaves everything to the next one', async () => {
    await leavePending('a');
    now += 90_000;
    await expect(sweep(noTopic)).rejects.toThrow('1 change point could not be published');
    expect(reported).toMatchObject([
      { step: 'sweeper', seriesId: 'a', error: { name: 'NotFoundException' } },
      { step: 'sweeper', pending: 1, swept: 0, notified: 0, oldestPendingMs: 90_000 },
    ]);
    untilClaimsEnd();
    await sweep();
    expect(await publishedSeries()).toEqual(['a']);
  });

  test('ends early if the topic is down', async () => {
    await leavePending('0');
    const many = 2 * processingLimits.sweptAtOnce;
    await copyItem('0', many);
    await expect(sweep(noTopic)).rejects.toThrow('could not be published');
    const tried = reported.filter(({ error }) => error !== undefined).length;
    expect(tried).toBeGreaterThanOrEqual(processingLimits.failedPublications);
    expect(tried).toBeLessThanOrEqual(processingLimits.failedPublications + processingLimits.sweptAtOnce);
    untilClaimsEnd();
    await sweep();
    expect(await publishedSeries()).toHaveLength(many);
  });

  test('sets aside what can never be told, of however many series, and tells of each once', async () => {
    await leavePending('0');
    const many = 2 * processingLimits.sweptAtOnce;
    await copyItem('0', many, 'magnitude');
    now += 1000;
    await leavePending('healthy');
    untilClaimsEnd();
    await sweep();
    await sweep();
    expect(await publishedSeries()).toEqual(['0', 'healthy']);
    const aside = reported.filter((entry) => entry.setAside === 1);
    expect(aside).toHaveLength(many - 1);
    expect(aside[0]).toMatchObject({ step: 'sweeper', error: { name: 'DamagedError' } });
    expect(reported.at(-1)).toMatchObject({ pending: 0, swept: 0 });
  });

  test('that runs beside others publishes each change point once', async () => {
    await leavePending('a');
    untilClaimsEnd();
    await Promise.all([sweep(), sweep(), sweep()]);
    expect(reported.reduce((sum, { notified }) => sum + Number(notified), 0)).toBe(1);
    expect(await publishedSeries()).toEqual(['a']);
  });
});

describe('a change point that a crash left in a HEAD', () => {
  test('is stored and published after a while, and taken out of the HEAD', async () => {
    await leaveInHead('a');
    now += processingLimits.abandonedMs - 1;
    await sweep();
    expect(await readChangePoints(backend.clients)).toEqual([]);
    now += 1;
    await sweep();
    expect(await publishedSeries()).toEqual(['a']);
    const { Item } = await backend.clients.dynamoDb.send(
      new GetItemCommand({ TableName: names.changePointsTable, Key: headKey('a') }),
    );
    expect(Object.keys(Item ?? {})).not.toContain('pending');
    expect(Object.keys(Item ?? {})).not.toContain('pendingSince');
    await sweep();
    expect(reported.map(({ pending, swept }) => [pending, swept])).toEqual([
      [1, 0],
      [1, 1],
      [0, 0],
    ]);
  });
});

test('a HEAD that cannot be written is told of, and its change point is left to the next sweep; one that moved is left to its detector', async () => {
  await leaveInHead('a');
  now += processingLimits.abandonedMs;
  let name = 'AccessDeniedException';
  const proxy = await faultyProxy(backend.endpoints.dynamoDb, async ({ operation, body }, forward) =>
    operation === 'PutItem' && body.includes('"HEAD"') ? refusal(name) : forward(),
  );
  try {
    await expect(sweep({ AWS_ENDPOINT_URL_DYNAMODB: proxy.endpoint })).rejects.toThrow(
      '1 change point could not be published',
    );
    expect(reported.map(({ seriesId, error }) => [seriesId, (error as Error | undefined)?.name])).toEqual([
      ['a', name],
      [undefined, undefined],
    ]);
    name = 'ConditionalCheckFailedException';
    await sweep({ AWS_ENDPOINT_URL_DYNAMODB: proxy.endpoint });
    expect(await publishedSeries()).toEqual(['a']);
  } finally {
    await proxy.close();
  }
});

test('what a crash left in a HEAD is published at once if the clock of its detector was two days ahead', async () => {
  now += 2 * 24 * 3600_000;
  await leaveInHead('a');
  now -= 2 * 24 * 3600_000;
  await sweep();
  expect(await publishedSeries()).toEqual(['a']);
});

type Item = Record<string, AttributeValue>;

const headKey = (seriesId: string) => ({ seriesId: { S: seriesId }, sortKey: { S: 'HEAD' } });

async function changePointKeyOf(seriesId: string): Promise<Item> {
  const found = (await readChangePoints(backend.clients)).find((one) => one.seriesId === seriesId);
  return { seriesId: { S: seriesId }, sortKey: { S: `CP#${found?.eventKey}` } };
}

/** Stores the same pending change point for other series, so that there are many; without one of its fields if they are to be damaged. */
async function copyItem(from: string, many: number, damaged = ''): Promise<void> {
  const TableName = names.changePointsTable;
  const Key = await changePointKeyOf(from);
  const { Item } = await backend.clients.dynamoDb.send(new GetItemCommand({ TableName, Key }));
  const { [damaged]: _, ...rest } = Item ?? {};
  const copies = Array.from({ length: many - 1 }, (_, index) => ({
    ...rest,
    seriesId: { S: `${index + 1}` },
  }));
  await Promise.all(
    copies.map((copy) => backend.clients.dynamoDb.send(new PutItemCommand({ TableName, Item: copy }))),
  );
}

/** Moves the change point of a series, which is pending, back into its HEAD, as it is before it is stored. */
async function leaveInHead(seriesId: string): Promise<void> {
  const { dynamoDb } = backend.clients;
  const TableName = names.changePointsTable;
  const stored = await readChangePoints(backend.clients);
  if (!stored.some((one) => one.seriesId === seriesId)) await leavePending(seriesId);
  const Key = await changePointKeyOf(seriesId);
  const { Item } = await dynamoDb.send(new GetItemCommand({ TableName, Key }));
  const { sortKey, pendingSince, ...pending } = Item ?? {};
  if (stored.length === 0) await dynamoDb.send(new DeleteItemCommand({ TableName, Key }));
  await dynamoDb.send(
    new UpdateItemCommand({
      TableName,
      Key: headKey(seriesId),
      UpdateExpression: 'SET pending = :pending, pendingSince = :since',
      ExpressionAttributeValues: { ':pending': { M: pending }, ':since': pendingSince ?? { S: '' } },
    }),
  );
}

async function claim(seriesId: string, claimedUntil: number): Promise<void> {
  await backend.clients.dynamoDb.send(
    new UpdateItemCommand({
      TableName: names.changePointsTable,
      Key: await changePointKeyOf(seriesId),
      UpdateExpression: 'SET claimedBy = :by, claimedUntil = :until',
      ExpressionAttributeValues: { ':by': { S: 'someone' }, ':until': { N: `${claimedUntil}` } },
    }),
  );
}

test.each([['CHANGE_POINTS_TABLE'], ['PENDING_INDEX'], ['TOPIC_ARN']])(
  'a sweeper without %s stops at its start',
  (name) => {
    expect(() => sweeperHandler({ ...backend.environment, [name]: '' }, () => {})).toThrow(
      new RangeError(`${name} must be set in the environment`),
    );
  },
);
