import {
  CreateStreamCommand,
  DeleteStreamCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  PutRecordCommand,
  PutRecordsCommand,
  waitUntilStreamExists,
  waitUntilStreamNotExists,
} from '@aws-sdk/client-kinesis';
import type { KinesisStreamRecord } from 'aws-lambda';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Clients, destroyClients } from '../../local/clients.ts';
import type { Emulator } from '../../local/emulators/emulator.ts';
import { startKinesis } from '../../local/emulators/kinesis.ts';
import type { Handler } from '../../local/event-source-mapping/invoke.ts';
import { type Checkpoints, kinesisSource } from '../../local/event-source-mapping/kinesis-source.ts';
import { startMapping } from '../../local/event-source-mapping/mapping.ts';
import { clientsAt } from '../use/clients.ts';
import { limits } from './memory-source.ts';

const StreamName = 'records';
let emulator: Emulator;
let clients: Clients;
let arn: string;

beforeEach(async () => {
  emulator = await startKinesis();
  clients = clientsAt(emulator.endpoint);
  await createStream();
  const summary = await clients.kinesis.send(new DescribeStreamSummaryCommand({ StreamName }));
  arn = summary.StreamDescriptionSummary?.StreamARN ?? '';
});

afterEach(async () => {
  vi.useRealTimers();
  destroyClients(clients);
  await emulator.close();
});

async function createStream(): Promise<void> {
  await clients.kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 2 }));
  await waitUntilStreamExists(
    { client: clients.kinesis, maxWaitTime: 5, minDelay: 0.02, maxDelay: 0.1 },
    { StreamName },
  );
}

const source = (checkpoints?: Checkpoints) => kinesisSource(clients.kinesis, StreamName, arn, checkpoints);

/** What one read of each shard gives, from the oldest record on. */
async function readAll(most: number, checkpoints?: Checkpoints) {
  const from = source(checkpoints);
  const shards = await from.shards();
  const read = shards.map(async ({ shardId }) => (await from.open(shardId, 'TRIM_HORIZON')).read(most));
  return (await Promise.all(read)).flat();
}

function start(handler: Handler<KinesisStreamRecord>, batchSize = 100) {
  return startMapping({
    source: source(),
    functionName: 'recorder',
    handler,
    limits: {
      mapping: { ...limits, batchSize, maxRecordAgeSeconds: 3600 },
      function: { timeoutSeconds: 60, memoryMegabytes: 128 },
    },
    onFailure: async () => {},
  });
}

const put = (PartitionKey: string, data: string | Uint8Array) =>
  clients.kinesis.send(new PutRecordCommand({ StreamName, PartitionKey, Data: Buffer.from(data) }));

test('the first record of a shard is not skipped if it was being put while its second of time ended', async () => {
  const second = 1000 * Math.floor(Date.now() / 1000);
  vi.useFakeTimers({ toFake: ['Date'], now: second + 1000 });
  const shards = await source().shards();
  const readers = await Promise.all(shards.map(({ shardId }) => source().open(shardId, 'TRIM_HORIZON')));
  for (const reader of readers) expect(await reader.read(10)).toEqual([]);
  // The record has the time at which its put began, before the end of the second.
  vi.setSystemTime(second + 999);
  await put('a', 'first');
  vi.setSystemTime(second + 1001);
  const read = await Promise.all(readers.map((reader) => reader.read(10)));
  expect(read.flat().map(({ key }) => key)).toEqual(['a']);
});

test('a record arrives as Lambda gives it', async () => {
  const records: KinesisStreamRecord[] = [];
  const bytes = Uint8Array.from([0, 255, 128, 10]);
  const before = Date.now();
  const { SequenceNumber, ShardId } = await put('série', bytes);
  const mapping = start(async ({ Records }) => records.push(...Records) && undefined);
  await mapping.doneWith(1);
  await mapping.stop();
  expect(records).toEqual([
    {
      kinesis: {
        kinesisSchemaVersion: '1.0',
        partitionKey: 'série',
        sequenceNumber: SequenceNumber,
        data: Buffer.from(bytes).toString('base64'),
        approximateArrivalTimestamp: expect.any(Number),
      },
      eventSource: 'aws:kinesis',
      eventVersion: '1.0',
      eventID: `${ShardId}:${SequenceNumber}`,
      eventName: 'aws:kinesis:record',
      invokeIdentityArn: expect.stringMatching(/^arn:aws:iam::/),
      awsRegion: 'us-east-1',
      eventSourceARN: arn,
    },
  ]);
  const arrivedMs = 1000 * (records[0]?.kinesis.approximateArrivalTimestamp ?? 0);
  expect(arrivedMs).toBeGreaterThanOrEqual(before);
  expect(arrivedMs).toBeLessThanOrEqual(Date.now());
});

test('records of all shards arrive once, those of one key in order', async () => {
  const keys = ['a', 'b', 'c', 'd', 'e'];
  const Records = Array.from({ length: 500 }, (_, index) => ({
    PartitionKey: keys[index % keys.length],
    Data: Buffer.from(String(index)),
  }));
  const arrived = new Map<string, number[]>();
  const shards = new Set<string | undefined>();
  const mapping = start(async ({ Records }) => {
    for (const { kinesis, eventID } of Records) {
      const numbers = arrived.get(kinesis.partitionKey) ?? [];
      arrived.set(kinesis.partitionKey, numbers);
      numbers.push(Number(Buffer.from(kinesis.data, 'base64').toString()));
      shards.add(eventID.split(':')[0]);
    }
  }, 33);
  await clients.kinesis.send(new PutRecordsCommand({ StreamName, Records }));
  await mapping.doneWith(500);
  await mapping.stop();
  expect(shards.size).toBe(2);
  keys.forEach((key, offset) => {
    expect(arrived.get(key)).toEqual(Array.from({ length: 100 }, (_, index) => offset + keys.length * index));
  });
});

test.each<[string, string | Uint8Array, unknown]>([
  ['JSON is matched by its fields', '{"kind":"a"}', { partitionKey: 'k', data: { kind: 'a' } }],
  ['other data is matched as text', 'plain', { partitionKey: 'k', data: 'plain' }],
])('filters: %s', async (_, data, matchable) => {
  await put('k', data);
  const reading = (await source().shards()).map(async ({ shardId }) => {
    const shard = await source().open(shardId, 'TRIM_HORIZON');
    return shard.read(10);
  });
  const records = (await Promise.all(reading)).flat();
  expect(records.map((record) => record.matchable)).toEqual([matchable]);
});

test.each([
  ['that was blocked for longer than an iterator lives', 6 * 60_000],
  ['whose iterator lies in the future, after the clock was set back,', -60_000],
])('a shard %s is read on where it was', async (_, clockMs) => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const arrived: string[] = [];
  const mapping = start(async ({ Records }) => {
    for (const { kinesis } of Records) arrived.push(Buffer.from(kinesis.data, 'base64').toString());
    if (arrived.length === 1) vi.setSystemTime(Date.now() + clockMs);
  });
  await put('k', 'before');
  await mapping.doneWith(1);
  await put('k', 'after');
  await mapping.doneWith(2);
  await mapping.stop();
  expect(arrived).toEqual(['before', 'after']);
  expect(mapping.progress).toEqual({ succeeded: 2, discarded: 0, filtered: 0 });
});

test('a record that waited for months is read', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  await put('k', 'old');
  vi.setSystemTime(Date.now() + 100 * 24 * 3600_000);
  expect((await readAll(10)).map(({ key }) => key)).toEqual(['k']);
});

test('one answer holds what fits in 10 MiB, and the next goes on there', async () => {
  let shardId = '';
  const numbers = Array.from({ length: 12 }, (_, index) => index);
  for (const number of numbers) {
    const { ShardId = '' } = await put('k', new Uint8Array(2 ** 20 - 1).fill(number));
    shardId = ShardId;
  }
  const shard = await source().open(shardId, 'TRIM_HORIZON');
  const answers = [await shard.read(100), await shard.read(100), await shard.read(100)];
  expect(answers.map(({ length }) => length)).toEqual([10, 2, 0]);
  const firstBytes = answers.flat().map(({ event }) => Buffer.from(event.kinesis.data, 'base64')[0]);
  expect(firstBytes).toEqual(numbers);
});

test('a checkpoint of another stream of the same name counts for nothing', async () => {
  await put('k', 'of the old stream');
  const [{ sequenceNumber } = { sequenceNumber: '' }] = await readAll(10);
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(Date.now() + 5000);
  await clients.kinesis.send(new DeleteStreamCommand({ StreamName }));
  await waitUntilStreamNotExists(
    { client: clients.kinesis, maxWaitTime: 5, minDelay: 0.02, maxDelay: 0.1 },
    { StreamName },
  );
  await createStream();
  await put('k', 'of the new one');
  const checkpoints = { last: () => sequenceNumber, save() {} };
  expect((await readAll(10, checkpoints)).map(({ matchable }) => matchable)).toEqual([
    { partitionKey: 'k', data: 'of the new one' },
  ]);
});

test('an emulator that goes away breaks the mapping', async () => {
  const mapping = start(async () => undefined);
  await put('k', 'last');
  await mapping.doneWith(1);
  const waiting = mapping.doneWith(2);
  await Promise.all([expect(waiting).rejects.toThrow('ECONNREFUSED'), emulator.close()]);
  await expect(mapping.stop()).rejects.toThrow('ECONNREFUSED');
  emulator = await startKinesis();
});

test('a reader that starts at a time gets the records from then on, though there is none yet', async () => {
  const { kinesis } = clients;
  const put = (text: string) =>
    kinesis.send(
      new PutRecordCommand({
        StreamName,
        PartitionKey: 'key',
        Data: Buffer.from(text),
        ExplicitHashKey: '0',
      }),
    );
  const iteratorAt = async (Timestamp: Date) => {
    const at = { StreamName, ShardId: 'shardId-000000000000', Timestamp };
    const command = new GetShardIteratorCommand({ ...at, ShardIteratorType: 'AT_TIMESTAMP' });
    return (await kinesis.send(command)).ShardIterator;
  };
  const textsFrom = async (ShardIterator: string | undefined) => {
    const { Records = [] } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
    return Records.map(({ Data }) => Buffer.from(Data ?? []).toString());
  };
  const long = new Date(Date.now() - 3600_000);
  vi.useFakeTimers({ toFake: ['Date'] });
  const before = await iteratorAt(long);
  await put('a');
  await put('b');
  vi.setSystemTime(Date.now() + 5000);
  const between = await iteratorAt(new Date());
  expect(await textsFrom(between)).toEqual([]);
  await put('c');
  expect(await textsFrom(before)).toEqual(['a', 'b', 'c']);
  expect(await textsFrom(between)).toEqual(['c']);
  expect(await textsFrom(await iteratorAt(long))).toEqual(['a', 'b', 'c']);
});
