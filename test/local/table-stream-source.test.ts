import { DeleteItemCommand, PutItemCommand, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { beforeEach, expect, test } from 'vitest';
import type { MappingLimits } from '../../lib/deployment-limits.ts';
import { startDynamoDb } from '../../local/emulators/dynamodb.ts';
import type { TableStream, TableStreamRecord } from '../../local/emulators/table-stream.ts';
import type { Handler } from '../../local/event-source-mapping/invoke.ts';
import { startMapping } from '../../local/event-source-mapping/mapping.ts';
import { tableStreamSource } from '../../local/event-source-mapping/table-stream-source.ts';
import { useEmulator } from '../use/emulator.ts';
import { createItemsTable } from './items-table.ts';
import { limits } from './memory-source.ts';

const TableName = 'items';
const emulator = useEmulator(startDynamoDb, 'for each test');
let stream: TableStream;

beforeEach(async () => {
  await createItemsTable(emulator.clients, TableName);
  await waitUntilTableExists(
    { client: emulator.clients.dynamoDb, maxWaitTime: 5, minDelay: 0.02, maxDelay: 0.1 },
    { TableName },
  );
  stream = emulator.streamOf(TableName, ['id']);
});

const put = (id: string, value: number) =>
  emulator.clients.dynamoDb.send(
    new PutItemCommand({ TableName, Item: { id: { S: id }, value: { N: String(value) } } }),
  );
const remove = (id: string) =>
  emulator.clients.dynamoDb.send(new DeleteItemCommand({ TableName, Key: { id: { S: id } } }));

function start(handler: Handler<TableStreamRecord>, mapping: Partial<MappingLimits> = {}) {
  return startMapping({
    source: tableStreamSource(stream),
    functionName: 'detector',
    handler,
    limits: { mapping: { ...limits, ...mapping }, function: { timeoutSeconds: 60, memoryMegabytes: 128 } },
    onFailure: async () => {},
  });
}

/** Records of the stream that nobody has checkpointed. */
const kept = () => stream.read(undefined, 100).map(({ dynamodb }) => dynamodb.Keys?.id?.S);

test('records arrive as Lambda gives them, and are forgotten when they are done with', async () => {
  const records: TableStreamRecord[] = [];
  const before = Math.floor(Date.now() / 1000);
  await put('é', 1);
  await remove('é');
  const mapping = start(async ({ Records }) => {
    records.push(...Records);
  });
  await mapping.doneWith(2);
  await mapping.stop();
  const rest = {
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: 'us-east-1',
    eventSourceARN: stream.arn,
  };
  const common = {
    ApproximateCreationDateTime: expect.toSatisfy((time) => time >= before && time <= Date.now() / 1000),
    Keys: { id: { S: 'é' } },
    StreamViewType: 'NEW_AND_OLD_IMAGES',
  };
  expect(records).toEqual([
    {
      ...rest,
      eventID: expect.any(String),
      eventName: 'INSERT',
      dynamodb: {
        ...common,
        NewImage: { id: { S: 'é' }, value: { N: '1' } },
        SequenceNumber: '000000000000000000001',
        SizeBytes: 4 + (4 + 7),
      },
    },
    {
      ...rest,
      eventID: expect.any(String),
      eventName: 'REMOVE',
      dynamodb: {
        ...common,
        OldImage: { id: { S: 'é' }, value: { N: '1' } },
        SequenceNumber: '000000000000000000002',
        SizeBytes: 4 + (4 + 7),
      },
    },
  ]);
  expect(new Set(records.map(({ eventID }) => eventID)).size).toBe(2);
  expect(kept()).toEqual([]);
});

test('what the filter keeps back is done with', async () => {
  const names: (string | undefined)[] = [];
  await put('a', 1);
  await put('a', 2);
  await remove('a');
  const mapping = start(
    async ({ Records }) => {
      names.push(...Records.map(({ eventName }) => eventName));
    },
    { filters: [{ eventName: ['INSERT'] }] },
  );
  await mapping.doneWith(3);
  await mapping.stop();
  expect(names).toEqual(['INSERT']);
  expect(mapping.progress).toEqual({ succeeded: 1, discarded: 0, filtered: 2 });
  expect(kept()).toEqual([]);
});

test('after a partial answer the batch is repeated from the record that it names', async () => {
  const batches: (string | undefined)[][] = [];
  for (const id of ['a', 'b', 'c']) await put(id, 1);
  const mapping = start(async ({ Records }) => {
    batches.push(Records.map(({ dynamodb }) => dynamodb.Keys?.id?.S));
    const second = batches.length === 1 ? Records[1] : undefined;
    return { batchItemFailures: second ? [{ itemIdentifier: second.dynamodb.SequenceNumber }] : [] };
  });
  await mapping.doneWith(3);
  await mapping.stop();
  expect(batches).toEqual([
    ['a', 'b', 'c'],
    ['b', 'c'],
  ]);
});

test('records of a batch that was not done with are kept for the next mapping', async () => {
  await put('a', 1);
  const first = start(() => {
    setImmediate(() => first.stop());
    return Promise.reject(new Error('store is gone'));
  });
  await expect(first.doneWith(1)).rejects.toThrow('stopped');
  expect(kept()).toEqual(['a']);

  await put('b', 1);
  const arrived: (string | undefined)[] = [];
  const second = start(async ({ Records }) => {
    arrived.push(...Records.map(({ dynamodb }) => dynamodb.Keys?.id?.S));
  });
  await second.doneWith(2);
  await second.stop();
  expect(arrived).toEqual(['a', 'b']);
});

test('each read of a shard goes on after the one before, whether or not its records are done with', async () => {
  for (const id of ['a', 'b', 'c']) await put(id, 1);
  const shard = await tableStreamSource(stream).open('', 'TRIM_HORIZON');
  const read = async () => (await shard.read(2)).map(({ event }) => event.dynamodb.Keys?.id?.S);
  expect([await read(), await read(), await read()]).toEqual([['a', 'b'], ['c'], []]);
});

test('from LATEST on, what was written before is passed over', async () => {
  await put('a', 1);
  await put('b', 1);
  const shard = await tableStreamSource(stream).open('', 'LATEST');
  await put('c', 1);
  const records = await shard.read(10);
  expect(records.map(({ event }) => event.dynamodb.Keys?.id?.S)).toEqual(['c']);
});

test('items of one key stay in order, of all keys several batches are under way at once', async () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  for (let value = 0; value < 5; value++) for (const id of ids) await put(id, value);
  const arrived = new Map<string | undefined, (string | undefined)[]>();
  let underWay = 0;
  let most = 0;
  const mapping = start(
    async ({ Records }) => {
      most = Math.max(most, ++underWay);
      await new Promise(setImmediate);
      for (const { dynamodb } of Records) {
        const id = dynamodb.Keys?.id?.S;
        arrived.set(id, [...(arrived.get(id) ?? []), dynamodb.NewImage?.value?.N]);
      }
      underWay--;
    },
    { batchSize: 3, parallelizationFactor: 4 },
  );
  await mapping.doneWith(40);
  await mapping.stop();
  expect(most).toBeGreaterThan(1);
  expect(Object.fromEntries(arrived)).toEqual(
    Object.fromEntries(ids.map((id) => [id, ['0', '1', '2', '3', '4']])),
  );
  expect(kept()).toEqual([]);
});

test('records written while the mapping runs are found', async () => {
  const mapping = start(async () => undefined);
  await put('a', 1);
  await mapping.doneWith(1);
  await put('b', 1);
  await mapping.doneWith(2);
  await mapping.stop();
  expect(mapping.progress.succeeded).toBe(2);
});
