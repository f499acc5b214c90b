import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  ListShardsCommand,
} from '@aws-sdk/client-kinesis';
import { expect, test, vi } from 'vitest';
import { changesOf } from '../../examples/kinesis-consumer/changes-of.ts';
import { recordsOf } from '../../examples/kinesis-consumer/records-of.ts';
import { localIdentity } from '../../local/clients.ts';
import { runExample } from './run-example.ts';

test('on the emulator it finds what happened to the Nile', async () => {
  const { stdout, stderr } = await runExample('kinesis-consumer/consume.ts');
  expect(stdout).toBe('nile down by 294, from about 1130 to 833, known at 1907-01-01T00:00:00Z\n');
  expect(stderr).toBe('');
});

test('each series has a detector of its own, and what is not a reading is skipped', async () => {
  const record = (text: string) => ({
    SequenceNumber: text,
    Data: Buffer.from(text),
    PartitionKey: 'any',
  });
  async function* records() {
    yield record('{');
    for (let timestamp = 0; timestamp < 40; timestamp++) {
      const value = timestamp < 20 ? 0 : 5;
      yield record(JSON.stringify({ seriesId: 'rises', timestamp, value }));
      yield record(JSON.stringify({ seriesId: 'falls', timestamp, value: -value }));
    }
    yield record('{"seriesId":"rises","timestamp":40,"value":"many"}');
  }
  const unreadable: unknown[] = [];
  const found: unknown[] = [];
  const changes = changesOf(records(), {}, ({ SequenceNumber }) => unreadable.push(SequenceNumber));
  for await (const { seriesId, changedAt, magnitude } of changes)
    found.push([seriesId, changedAt, magnitude]);
  expect(found).toEqual([
    ['rises', 20, 5],
    ['falls', 20, -5],
  ]);
  expect(unreadable).toEqual(['{', '{"seriesId":"rises","timestamp":40,"value":"many"}']);
});

test.each([
  [['--threshold', 'x'], 'practicalThreshold must be a finite number of at least 0, got NaN'],
  [['--bogus'], "Unknown option '--bogus'"],
])('a wrong command line gets an error of one line: %j', async (args, message) => {
  const failing = runExample('kinesis-consumer/consume.ts', args);
  await expect(failing).rejects.toThrow(/failed: error: .+\n$/);
  await expect(failing).rejects.toThrow(message);
});

/** Answers as Kinesis does: shards that are listed one a page, each with these pages of records, and what they are behind. */
function kinesisOf(shards: readonly (readonly [records: readonly string[], behindMs: number][])[]) {
  const answer = (command: unknown) => {
    if (command instanceof ListShardsCommand) {
      const { StreamName, NextToken } = command.input;
      if ((StreamName === undefined) === (NextToken === undefined)) throw new Error('not both');
      const shard = Number(NextToken ?? 0);
      const next = shard + 1 < shards.length ? { NextToken: `${shard + 1}` } : {};
      return { Shards: [{ ShardId: `${shard}` }], ...next };
    }
    if (command instanceof GetShardIteratorCommand) return { ShardIterator: `${command.input.ShardId} 0` };
    if (!(command instanceof GetRecordsCommand)) throw new Error('unknown');
    const [shard = 0, page = 0] = command.input.ShardIterator?.split(' ').map(Number) ?? [];
    const [records = [], MillisBehindLatest = 0] = shards[shard]?.[page] ?? [];
    return {
      Records: records.map((text) => ({ Data: Buffer.from(text) })),
      MillisBehindLatest,
      NextShardIterator: `${shard} ${page + 1}`,
    };
  };
  const client = new KinesisClient(localIdentity);
  vi.spyOn(client, 'send').mockImplementation(async (command: unknown) => answer(command));
  return client;
}

test('all shards are read in turn, as fast as Kinesis allows, and slower at their ends', async () => {
  const tenMegabytes = 'x'.repeat(10_000_000);
  const client = kinesisOf([
    [
      [['a'], 60_000],
      [[tenMegabytes], 50_000],
      [['b'], 0],
    ],
    [[['c'], 0]],
    [
      [['d'], 10],
      [[], 0],
      [['e'], 0],
    ],
  ]);
  const stop = new AbortController();
  const pauses: unknown[] = [];
  let ends = 0;
  const records = recordsOf(
    client,
    'any',
    stop.signal,
    () => ++ends === 2 && stop.abort(),
    async (milliseconds) => void pauses.push(milliseconds),
  );
  const read: string[] = [];
  for await (const { Data } of records) read.push(new TextDecoder().decode(Data).slice(0, 1));
  expect(read.join('')).toBe('acdxbe');
  expect(pauses).toEqual([200, 5000, 1000, 1000]);
});
