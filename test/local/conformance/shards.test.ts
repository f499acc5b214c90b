import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  ListShardsCommand,
  MergeShardsCommand,
  PutRecordsCommand,
  SplitShardCommand,
  waitUntilStreamExists,
} from '@aws-sdk/client-kinesis';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { MappingLimits } from '../../../lib/deployment-limits.ts';
import { startKinesis } from '../../../local/emulators/kinesis.ts';
import { kinesisSource } from '../../../local/event-source-mapping/kinesis-source.ts';
import { type Mapping, startMapping } from '../../../local/event-source-mapping/mapping.ts';
import type { StartingPosition } from '../../../local/event-source-mapping/source.ts';
import { useEmulator } from '../../use/emulator.ts';
import { limits } from '../memory-source.ts';

const StreamName = 'records';
const keys = ['a', 'b', 'c', 'd', 'e', 'f'];
const emulator = useEmulator(startKinesis, 'for each test');
/** The numbers that arrived of each key, in the order of their arrival. */
let arrived: Map<string, number[]>;
let mapping: Mapping | undefined;
let numbered: number;

beforeEach(async () => {
  arrived = new Map();
  mapping = undefined;
  numbered = 0;
  await emulator.clients.kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
  await streamIsActive();
});

afterEach(async () => {
  await mapping?.stop();
});

const streamIsActive = () =>
  waitUntilStreamExists(
    { client: emulator.clients.kinesis, maxWaitTime: 5, minDelay: 0.02, maxDelay: 0.1 },
    { StreamName },
  );

interface Options {
  readonly mapping?: Partial<MappingLimits>;
  readonly startingPosition?: StartingPosition;
  /** Called with the numbers of each batch before they count as arrived. */
  readonly before?: (numbers: readonly number[]) => void;
  /** Called with each shard that the mapping has taken its position in. */
  readonly opened?: (shardId: string) => void;
}

async function start({
  mapping: mappingLimits = {},
  startingPosition = 'TRIM_HORIZON',
  before = () => {},
  opened = () => {},
}: Options = {}): Promise<Mapping> {
  const summary = await emulator.clients.kinesis.send(new DescribeStreamSummaryCommand({ StreamName }));
  const arn = summary.StreamDescriptionSummary?.StreamARN ?? '';
  const source = kinesisSource(emulator.clients.kinesis, StreamName, arn);
  mapping = startMapping({
    source: {
      ...source,
      async open(shardId, position) {
        const reader = await source.open(shardId, position);
        opened(shardId);
        return reader;
      },
    },
    functionName: 'recorder',
    handler: async ({ Records }) => {
      const numbers = Records.map(({ kinesis }) => Number(Buffer.from(kinesis.data, 'base64').toString()));
      before(numbers);
      for (const number of numbers) {
        const key = keys[number % keys.length] ?? '';
        arrived.set(key, [...(arrived.get(key) ?? []), number]);
      }
    },
    limits: {
      mapping: { ...limits, maxRecordAgeSeconds: 3600, ...mappingLimits },
      function: { timeoutSeconds: 60, memoryMegabytes: 128 },
    },
    onFailure: async () => {},
    startingPosition,
  });
  return mapping;
}

/** Puts the next so many numbers, to all keys in turn. */
async function put(count: number): Promise<void> {
  const Records = Array.from({ length: count }, () => ({
    PartitionKey: keys[numbered % keys.length],
    Data: Buffer.from(String(numbered++)),
  }));
  await emulator.clients.kinesis.send(new PutRecordsCommand({ StreamName, Records }));
}

async function openShards() {
  const { Shards = [] } = await emulator.clients.kinesis.send(new ListShardsCommand({ StreamName }));
  return Shards.filter(({ SequenceNumberRange }) => SequenceNumberRange?.EndingSequenceNumber === undefined);
}

/** Splits an open shard in its middle. */
async function split(index = 0): Promise<void> {
  const shard = (await openShards())[index];
  const { StartingHashKey = '0', EndingHashKey = '0' } = shard?.HashKeyRange ?? {};
  const middle = (BigInt(StartingHashKey) + BigInt(EndingHashKey)) / 2n;
  await emulator.clients.kinesis.send(
    new SplitShardCommand({
      StreamName,
      ShardToSplit: shard?.ShardId,
      NewStartingHashKey: String(middle),
    }),
  );
  await streamIsActive();
}

/** Merges the first two open shards, which lie beside each other. */
async function merge(): Promise<void> {
  const [shard, adjacent] = (await openShards()).sort((a, b) =>
    BigInt(a.HashKeyRange?.StartingHashKey ?? 0) < BigInt(b.HashKeyRange?.StartingHashKey ?? 0) ? -1 : 1,
  );
  await emulator.clients.kinesis.send(
    new MergeShardsCommand({
      StreamName,
      ShardToMerge: shard?.ShardId,
      AdjacentShardToMerge: adjacent?.ShardId,
    }),
  );
  await streamIsActive();
}

/** Every number from one on, once, those of each key in their order. */
function expectAllInOrder(from: number, to: number): void {
  const expected = new Map<string, number[]>();
  for (let number = from; number < to; number++) {
    const key = keys[number % keys.length] ?? '';
    expected.set(key, [...(expected.get(key) ?? []), number]);
  }
  expect(Object.fromEntries(arrived)).toEqual(Object.fromEntries(expected));
}

describe('the shards that a shard was split or merged into are read when it is read to its end', () => {
  test('what was split and merged before the mapping started', async () => {
    await put(60);
    await split();
    await put(60);
    await split(1);
    await put(60);
    await merge();
    await put(60);
    const started = await start({ mapping: { batchSize: 7 } });
    await started.doneWith(240);
    expectAllInOrder(0, 240);
  });

  test('what is split and merged while it runs, with several batches of a shard at once', async () => {
    const started = await start({ mapping: { batchSize: 5, parallelizationFactor: 3 } });
    await put(120);
    await split();
    await put(120);
    await merge();
    await put(120);
    await split();
    await put(120);
    await started.doneWith(480);
    expectAllInOrder(0, 480);
  });

  test('no record of a child comes to the function while one of its parent fails', async () => {
    await put(6);
    await split();
    await put(6);
    const tried: (readonly number[])[] = [];
    const started = await start({
      mapping: { batchSize: 6, retryAttempts: 100 },
      before(numbers) {
        tried.push(numbers);
        if (tried.length < 4) throw new Error('store is gone');
      },
    });
    await started.doneWith(12);
    expect(tried.slice(0, 4)).toEqual(Array.from({ length: 4 }, () => [0, 1, 2, 3, 4, 5]));
    expectAllInOrder(0, 12);
  });
});

describe('the starting position', () => {
  test('TRIM_HORIZON begins with the oldest record', async () => {
    await put(30);
    const started = await start();
    await started.doneWith(30);
    await put(30);
    await started.doneWith(60);
    expectAllInOrder(0, 60);
  });

  test('LATEST begins with what is put once the mapping runs, also after splits before and while it runs', async () => {
    await put(60);
    await split();
    await put(60);
    let bothOpened = () => {};
    const running = new Promise<void>((resolve) => {
      bothOpened = resolve;
    });
    const opened: string[] = [];
    const started = await start({
      startingPosition: 'LATEST',
      opened: (shardId) => opened.push(shardId) === 2 && bothOpened(),
    });
    await running;
    await put(60);
    await split();
    await put(60);
    await started.doneWith(120);
    // The parent is closed: what it holds is no news.
    expect(opened.slice(0, 2)).toEqual(['shardId-000000000001', 'shardId-000000000002']);
    expectAllInOrder(120, 240);
  });
});
