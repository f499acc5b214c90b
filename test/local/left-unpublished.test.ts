import { join } from 'node:path';
import {
  type AttributeValue,
  DeleteItemCommand,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { PutRecordCommand } from '@aws-sdk/client-kinesis';
import db from 'dynalite/db/index.js';
import { beforeEach, expect, test } from 'vitest';
import { detectorHandler } from '../../lambda/detector/detector.ts';
import type { ReportEntry } from '../../lambda/function-report.ts';
import { processingLimits } from '../../lambda/processing-limits.ts';
import { recorderHandler } from '../../lambda/recorder/recorder.ts';
import { changePointsTableSchema } from '../../lib/table-schemas.ts';
import { type Backend, startBackend } from '../../local/backend.ts';
import { startPipeline } from '../../local/pipeline.ts';
import { names } from '../../local/resources.ts';
import { readChangePoints } from '../../local/stored.ts';
import { kinesisRecord } from '../lambda/kinesis-record.ts';
import { useFolder } from '../use/folder.ts';

const folder = useFolder('for each test');
let reported: ReportEntry[];

beforeEach(() => {
  reported = [];
});

const noTopic = { TOPIC_ARN: 'arn:aws:sns:us-east-1:000000000000:none' };
const TableName = names.changePointsTable;

/** Leaves a folder in which a change point is stored and not published, but for what is done to it. */
async function leave(change: (backend: Backend, eventKey: string) => Promise<unknown>): Promise<void> {
  const backend = await startBackend({ folder });
  const lines = Array.from({ length: 40 }, (_, index) =>
    JSON.stringify({
      seriesId: 's',
      timestamp: Date.UTC(2020) + index,
      value: (index < 20 ? 0 : 9) + (index % 3),
    }),
  );
  await recorderHandler(backend.environment, () => {})({ Records: [kinesisRecord('1', lines.join('\n'))] });
  const Records = [...backend.tableStream.read(undefined, Number.POSITIVE_INFINITY)];
  await detectorHandler({ ...backend.environment, ...noTopic }, () => {})({ Records });
  const [found] = await readChangePoints(backend.clients);
  await change(backend, found?.eventKey ?? '');
  await backend.close();
}

const changePoint = (eventKey: string) => ({ seriesId: { S: 's' }, sortKey: { S: `CP#${eventKey}` } });
const head = { seriesId: { S: 's' }, sortKey: { S: 'HEAD' } };

/** Starts the pipeline on the folder, and ends it. @returns the change points that are then stored */
async function startAgain() {
  const pipeline = await startPipeline({ folder, report: (entry) => reported.push(entry) });
  try {
    return await readChangePoints(pipeline.clients);
  } finally {
    await pipeline.close();
  }
}

/** Claims a change point for a process that has died since. */
const claimByDead = ({ clients }: Backend, eventKey: string) =>
  clients.dynamoDb.send(
    new UpdateItemCommand({
      TableName,
      Key: changePoint(eventKey),
      UpdateExpression: 'SET claimedBy = :by, claimedUntil = :until',
      ExpressionAttributeValues: {
        ':by': { S: 'dead' },
        ':until': { N: `${Date.now() + processingLimits.claimMs}` },
      },
    }),
  );

test('what waits to be published is published at the start, though a dead process has claimed it', async () => {
  await leave(claimByDead);
  const [found, ...others] = await startAgain();
  expect(others).toEqual([]);
  expect(found?.publishedAt).toEqual(expect.any(String));
  expect(reported.filter(({ error }) => error !== undefined)).toEqual([]);
});

/** Takes out of the index what the emulator takes out before it writes an item. */
async function emptyIndex(): Promise<void> {
  const store = db.create({
    createTableMs: 0,
    deleteTableMs: 0,
    updateTableMs: 0,
    path: join(folder, 'dynamodb'),
  });
  await store.db.open();
  const first = `index-global~${TableName}~${changePointsTableSchema.pendingIndex.name}~`;
  const keys = await store.db.createKeyStream({ gte: first, lt: `${first}\uffff` }).toArray();
  expect(keys).toHaveLength(1);
  for (const key of keys)
    await new Promise<void>((resolve, reject) =>
      store.db.del(key, (error) => (error ? reject(error) : resolve())),
    );
  await store.db.close();
}

test('what is published is marked at the start, though a kill came between index and item', async () => {
  await leave(claimByDead);
  await emptyIndex();
  const [found] = await startAgain();
  expect(found?.publishedAt).toEqual(expect.any(String));
});

test('what was decided and not stored is stored and published at the start', async () => {
  await leave(async ({ clients: { dynamoDb } }, eventKey) => {
    const Key = changePoint(eventKey);
    const { Item = {} } = await dynamoDb.send(new GetItemCommand({ TableName, Key }));
    const { sortKey, pendingSince, ...pending } = Item;
    await dynamoDb.send(new DeleteItemCommand({ TableName, Key }));
    await dynamoDb.send(
      new UpdateItemCommand({
        TableName,
        Key: head,
        UpdateExpression: 'SET pending = :pending, pendingSince = :since',
        ExpressionAttributeValues: { ':pending': { M: pending }, ':since': pendingSince ?? { S: '' } },
      }),
    );
  });
  const [found] = await startAgain();
  expect(found?.publishedAt).toEqual(expect.any(String));
});

test('a topic that is down then keeps nothing from starting', async () => {
  await leave(async () => {});
  const pipeline = await startPipeline({
    folder,
    environment: noTopic,
    report: (entry) => reported.push(entry),
  });
  await pipeline.close();
  expect(reported).toMatchObject([
    { step: 'sweeper', seriesId: 's', error: { name: 'NotFoundException' } },
    { step: 'sweeper', pending: 1, swept: 0 },
    { step: 'sweeper', error: { message: '1 change point could not be published' } },
  ]);
});

test('events that were deleted just before the end are in no regime after the next start', async () => {
  const readings = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) =>
      JSON.stringify({ seriesId: 'long', timestamp: Date.UTC(2020) + from + index, value: index % 2 }),
    ).join('\n');
  await leave(async ({ environment, tableStream, clients: { dynamoDb } }) => {
    const before = tableStream.length;
    // A chunk is of events that do not expire soon.
    const lasting = { ...environment, EVENT_RETENTION_DAYS: '36500' };
    await recorderHandler(lasting, () => {})({ Records: [kinesisRecord('2', readings(0, 700))] });
    const Records = tableStream.read(undefined, Number.POSITIVE_INFINITY).slice(before);
    await detectorHandler(environment, () => {})({ Records: [...Records] });
    const { Item } = await dynamoDb.send(
      new GetItemCommand({ TableName, Key: { ...head, seriesId: { S: 'long' } } }),
    );
    expect(Item?.chunks).toBeDefined();
    for (const { dynamodb } of Records.slice(0, 3)) {
      const { seriesId = { S: '' }, eventKey = { S: '' } } = dynamodb.Keys ?? {};
      await dynamoDb.send(
        new DeleteItemCommand({
          TableName: names.eventsTable,
          Key: { seriesId, eventKey } as Record<string, AttributeValue>,
        }),
      );
    }
  });
  const pipeline = await startPipeline({ folder, report: (entry) => reported.push(entry) });
  try {
    const put = { StreamName: names.stream, PartitionKey: 'p', Data: Buffer.from(readings(700, 701)) };
    await pipeline.clients.kinesis.send(new PutRecordCommand(put));
    await pipeline.detector.doneWith(1);
  } finally {
    await pipeline.close();
  }
  expect(reported.findLast(({ step }) => step === 'detector')).toMatchObject({
    step: 'detector',
    regimeLength: 698,
  });
});
