import {
  type AttributeValue,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, test } from 'vitest';
import { dynamoClient } from '../../../lambda/clients.ts';
import { type DetectorHandler, detectorHandler } from '../../../lambda/detector/detector.ts';
import type { ReportEntry } from '../../../lambda/function-report.ts';
import { pendingIndex } from '../../../lambda/notify/pending-index.ts';
import { sweeperHandler } from '../../../lambda/notify/sweeper.ts';
import { processingLimits } from '../../../lambda/processing-limits.ts';
import { recorderHandler } from '../../../lambda/recorder/recorder.ts';
import { realSurroundings, type Surroundings } from '../../../lambda/surroundings.ts';
import { names } from '../../../local/resources.ts';
import { readChangePoints } from '../../../local/stored.ts';
import { useBackend } from '../../use/backend.ts';
import { kinesisRecord } from '../kinesis-record.ts';

const backend = useBackend('for each test');
let now: number;
let surroundings: Surroundings;
let reported: ReportEntry[];

beforeEach(() => {
  now = Date.UTC(2026, 0, 1);
  surroundings = { ...realSurroundings, clock: () => new Date(now) };
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
  await recorderHandler(backend.environment, () => {})({
    Records: readings.map((data, i) => kinesisRecord(`${i}`, data)),
  });
  await detector({ Records: [...backend.tableStream.read(undefined, Number.POSITIVE_INFINITY)].slice(from) });
}

/** Leaves a change point pending that could not be published, its claim given back. */
const leavePending = (seriesId: string) =>
  detect(
    seriesId,
    detectorHandler({ ...backend.environment, ...noTopic }, () => {}, surroundings),
  );

async function publishedSeries(): Promise<readonly string[]> {
  const stored = await readChangePoints(backend.clients);
  return stored.flatMap(({ seriesId, publishedAt }) => (publishedAt === undefined ? [] : [seriesId])).sort();
}

test('the index gives as many series as are asked for, at most', async () => {
  for (const seriesId of ['a', 'b', 'c']) await leavePending(seriesId);
  const { PENDING_INDEX = '' } = backend.environment;
  const index = pendingIndex(dynamoClient(backend.environment), names.changePointsTable, PENDING_INDEX);
  expect([...(await index.series(10))].sort()).toEqual(['a', 'b', 'c']);
  expect(await index.series(3)).toHaveLength(3);
  expect(await index.series(2)).toHaveLength(2);
});

describe('a sweep', () => {
  test('publishes what a failure left pending, of every series, once', async () => {
    await leavePending('a');
    await leavePending('b');
    await detect(
      'done',
      detectorHandler(backend.environment, () => {}, surroundings),
    );
    await sweep();
    await sweep();
    expect(await publishedSeries()).toEqual(['a', 'b', 'done']);
    expect(reported).toEqual([
      { step: 'sweeper', pending: 2, swept: 2, notified: 2 },
      { step: 'sweeper', pending: 0, swept: 0, notified: 0 },
    ]);
  });

  test('leaves to its claimant what is claimed, until the claim has ended', async () => {
    await leavePending('a');
    await claim('a', now + processingLimits.claimMs);
    await sweep();
    expect(reported).toEqual([{ step: 'sweeper', pending: 1, swept: 0, notified: 0 }]);
    now += processingLimits.claimMs;
    await sweep();
    expect(await publishedSeries()).toEqual(['a']);
  });

  test('that cannot publish reports it, fails, and leaves everything to the next one', async () => {
    await leavePending('a');
    await expect(sweep(noTopic)).rejects.toThrow('1 change points could not be published');
    expect(reported).toMatchObject([
      { step: 'sweeper', seriesId: 'a', error: { name: 'NotFoundException' } },
      { step: 'sweeper', pending: 1, swept: 0, notified: 0 },
    ]);
    await sweep();
    expect(await publishedSeries()).toEqual(['a']);
  });

  test('that starts elsewhere in the index reaches series which many failing ones held up', async () => {
    await leavePending('0');
    const first = await storedHead('0');
    for (let index = 1; index < 2 * processingLimits.failedSeries; index++)
      await putHead(`${index}`, `${index}`, first);
    const [last, ...others] = (await pendingSeries()).reverse();
    // An empty seriesId is no key: their pending change points cannot be stored.
    for (const seriesId of others) await putHead(seriesId, '', first);

    const sweepFrom = (share: number) => {
      surroundings = { ...surroundings, backoff: { ...realSurroundings.backoff, random: () => share } };
      return sweep();
    };
    await expect(sweepFrom(0)).rejects.toThrow('change points could not be published');
    expect(await publishedSeries()).toEqual([]);
    await expect(sweepFrom(0.9)).rejects.toThrow('change points could not be published');
    expect(await publishedSeries()).toEqual([last]);
  });

  test('that runs beside others publishes each change point once', async () => {
    await leavePending('a');
    await Promise.all([sweep(), sweep(), sweep()]);
    expect(reported.reduce((sum, { notified }) => sum + Number(notified), 0)).toBe(1);
    expect(await publishedSeries()).toEqual(['a']);
  });
});

type Item = Record<string, AttributeValue>;

/** The series with something pending, in the order of the index. */
async function pendingSeries(): Promise<string[]> {
  const IndexName = backend.environment.PENDING_INDEX;
  const command = new ScanCommand({ TableName: names.changePointsTable, IndexName });
  const { Items = [] } = await backend.clients.dynamoDb.send(command);
  return Items.map(({ seriesId }) => seriesId?.S ?? '');
}

async function storedHead(seriesId: string): Promise<Item | undefined> {
  const Key = { seriesId: { S: seriesId }, sortKey: { S: 'HEAD' } };
  const command = new GetItemCommand({ TableName: names.changePointsTable, Key });
  return (await backend.clients.dynamoDb.send(command)).Item;
}

/** Stores a HEAD like another one, with a change point pending of the series `pendingId`. */
async function putHead(seriesId: string, pendingId: string, like: Item | undefined): Promise<void> {
  const pending = { M: { ...like?.pending?.M, seriesId: { S: pendingId } } };
  const Item = { ...like, seriesId: { S: seriesId }, pending };
  await backend.clients.dynamoDb.send(new PutItemCommand({ TableName: names.changePointsTable, Item }));
}

async function claim(seriesId: string, claimedUntil: number): Promise<void> {
  await backend.clients.dynamoDb.send(
    new UpdateItemCommand({
      TableName: names.changePointsTable,
      Key: { seriesId: { S: seriesId }, sortKey: { S: 'HEAD' } },
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
