import { DeleteItemCommand, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { detectorHandler } from '../../lambda/detector/detector.ts';
import type { ReportEntry } from '../../lambda/function-report.ts';
import { sweeperHandler } from '../../lambda/notify/sweeper.ts';
import { processingLimits } from '../../lambda/processing-limits.ts';
import { recorderHandler } from '../../lambda/recorder/recorder.ts';
import type { Environment } from '../../lambda/settings.ts';
import { realSurroundings } from '../../lambda/surroundings.ts';
import type { Emulator } from '../../local/emulators/emulator.ts';
import { names } from '../../local/resources.ts';
import { readChangePoints } from '../../local/stored.ts';
import { useBackend } from '../use/backend.ts';
import { mayBeStale } from '../use/may-be-stale.ts';
import { faultyProxy } from './faulty-proxy.ts';
import { kinesisRecord } from './kinesis-record.ts';

/** All is written here. */
const backend = useBackend();
/** What a replica holds that no write has reached yet. */
const replica = useBackend();
let proxy: Emulator;
/** Of functions whose reads are stale unless they ask for consistent ones. */
let environment: Environment;
let reported: ReportEntry[];

beforeAll(async () => {
  proxy = await faultyProxy(backend.endpoints.dynamoDb, ({ operation, body }, forward) =>
    forward(body, mayBeStale(operation, body) ? replica.endpoints.dynamoDb : undefined),
  );
  environment = { ...backend.environment, AWS_ENDPOINT_URL_DYNAMODB: proxy.endpoint };
});
afterAll(() => proxy.close());
beforeEach(() => {
  reported = [];
});

const report = (entry: ReportEntry) => reported.push(entry);

/** Records twenty readings of a series around a level, and has them tested by a detector that remembers nothing. */
async function detect(seriesId: string, day: number, level: number, given = environment) {
  const from = backend.tableStream.length;
  const readings = Array.from({ length: 20 }, (_, index) =>
    JSON.stringify({ seriesId, timestamp: Date.UTC(2020, 0, day) + index, value: level + (index % 3) }),
  );
  await recorderHandler(environment, () => {})({
    Records: readings.map((data, index) => kinesisRecord(`${index}`, data)),
  });
  const Records = backend.tableStream.read(undefined, Number.POSITIVE_INFINITY).slice(from);
  return detectorHandler(given, report)({ Records });
}

test('a detector sees every event and where the series stands, however stale its reads may be', async () => {
  for (const [day, level] of [0, 9, 9].entries()) {
    expect(await detect('seen', day + 1, level)).toEqual({ batchItemFailures: [] });
  }
  expect(reported).toMatchObject([
    { tested: 20, changePoints: 0, late: 0 },
    { tested: 20, changePoints: 1, late: 0, notified: 1 },
    { tested: 20, changePoints: 0, late: 0 },
  ]);
});

test('a sweeper sees what a moment ago was left pending, and that it is published once, is seen by a detector', async () => {
  await detect('left', 1, 0);
  const broken = { ...environment, TOPIC_ARN: 'arn:aws:sns:us-east-1:000000000000:none' };
  expect((await detect('left', 2, 9, broken)).batchItemFailures).toEqual([]);
  reported = [];
  await sweeperHandler(environment, report)();
  await detect('left', 3, 9);
  expect(reported).toMatchObject([
    { step: 'sweeper', pending: 1, swept: 1, notified: 1 },
    { step: 'detector', changePoints: 0, notified: 0 },
  ]);
});

test('a sweeper sees what a crash left in a HEAD, though the HEAD was written a moment ago', async () => {
  const { dynamoDb } = backend.clients;
  const TableName = names.changePointsTable;
  const broken = { ...environment, TOPIC_ARN: 'arn:aws:sns:us-east-1:000000000000:none' };
  await detect('crashed', 1, 0);
  await detect('crashed', 2, 9, broken);
  const found = (await readChangePoints(backend.clients)).find(({ seriesId }) => seriesId === 'crashed');
  const Key = { seriesId: { S: 'crashed' }, sortKey: { S: `CP#${found?.eventKey}` } };
  const { Item = {} } = await dynamoDb.send(new GetItemCommand({ TableName, Key }));
  const { sortKey, pendingSince, ...pending } = Item;
  await dynamoDb.send(new DeleteItemCommand({ TableName, Key }));
  await dynamoDb.send(
    new UpdateItemCommand({
      TableName,
      Key: { ...Key, sortKey: { S: 'HEAD' } },
      UpdateExpression: 'SET pending = :pending, pendingSince = :since',
      ExpressionAttributeValues: { ':pending': { M: pending }, ':since': pendingSince ?? { S: '' } },
    }),
  );
  const later = () => new Date(Date.now() + processingLimits.abandonedMs);
  reported = [];
  await sweeperHandler(environment, report, { ...realSurroundings, clock: later })();
  expect(reported).toMatchObject([{ step: 'sweeper', pending: 1, swept: 1, notified: 1 }]);
});
