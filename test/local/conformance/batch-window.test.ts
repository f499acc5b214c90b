import { describe, expect, test } from 'vitest';
import { gatherBatch } from '../../../local/event-source-mapping/gather-batch.ts';
import type { SourceRecord } from '../../../local/event-source-mapping/source.ts';
import { record } from '../memory-source.ts';

const mebibyte = 1024 * 1024;
const running = new AbortController().signal;

/** A shard that brings one read's worth of records after another, and a clock that waiting moves on by a second. */
function scripted(...reads: readonly (readonly SourceRecord<number>[])[]) {
  const left = [...reads];
  const asked: number[] = [];
  let time = 0;
  return {
    asked,
    seconds: () => time / 1000,
    now: () => time,
    shard: {
      ended: false,
      async read(most: number) {
        asked.push(most);
        return left.shift() ?? [];
      },
      async waitForMore() {
        time += 1000;
      },
    },
  };
}

const events = (batch: readonly SourceRecord<number>[]) => batch.map(({ event }) => event);

describe('a batch closes', () => {
  test.each<[string, number, number[][], number[], number]>([
    ['at once without a window', 0, [[1, 2], [3]], [1, 2], 0],
    ['at its first record without a window', 0, [[], [], [1]], [1], 2],
    ['when the window is over', 3, [[1], [2], [], [3], [4]], [1, 2, 3], 3],
    [
      'when it is full, before the window is over',
      3,
      [
        [1, 2],
        [3, 4],
      ],
      [1, 2, 3, 4],
      1,
    ],
    ['by a window that opens with the first record', 2, [[], [], [1], [2], [3]], [1, 2, 3], 4],
  ])('%s', async (_, batchWindowSeconds, reads, expected, seconds) => {
    const script = scripted(...reads.map((read) => read.map((event) => record(event))));
    const bounds = { batchSize: 4, batchWindowSeconds };
    expect(events(await gatherBatch(script.shard, [], bounds, script.now, running))).toEqual(expected);
    expect(script.seconds()).toBe(seconds);
  });
});

test('no more is read than fits', async () => {
  const script = scripted([record(1)], [record(2)]);
  await gatherBatch(script.shard, [], { batchSize: 3, batchWindowSeconds: 1 }, script.now, running);
  expect(script.asked).toEqual([3, 2]);
});

test.each<[string, number[], number[], number[]]>([
  ['what exceeds the payload is left to the next batch', [3, 3, 1], [1, 2], [3]],
  ['a record that alone exceeds the payload goes alone', [7, 1], [1], [2]],
  ['what fits exactly goes together', [2, 4], [1, 2], []],
])('%s', async (_, mebibytes, expected, left) => {
  const records = mebibytes.map((size, index) => record(index + 1, { bytes: size * mebibyte }));
  const script = scripted(records);
  const backlog: SourceRecord<number>[] = [];
  const bounds = { batchSize: 100, batchWindowSeconds: 0 };
  expect(events(await gatherBatch(script.shard, backlog, bounds, script.now, running))).toEqual(expected);
  expect(events(backlog)).toEqual(left);
});

test('a payload that is full does not wait for the window', async () => {
  const script = scripted([record(1, { bytes: 4 * mebibyte }), record(2, { bytes: 4 * mebibyte })]);
  const bounds = { batchSize: 100, batchWindowSeconds: 300 };
  expect(events(await gatherBatch(script.shard, [], bounds, script.now, running))).toEqual([1]);
  expect(script.seconds()).toBe(0);
});

test('a clock that passes the end of the window between two looks closes the batch', async () => {
  let time = 0;
  const script = scripted([record(1)]);
  const tick = () => time++ * 600;
  const batch = await gatherBatch(script.shard, [], { batchSize: 2, batchWindowSeconds: 1 }, tick, running);
  expect(events(batch)).toEqual([1]);
});

test('what is waited on is the stop itself, for the rest of the window, and for any time before its first record', async () => {
  const script = scripted([], [record(1)], []);
  const waits: unknown[] = [];
  const shard = {
    ...script.shard,
    async waitForMore(...wait: unknown[]) {
      waits.push(wait);
      await script.shard.waitForMore();
    },
  };
  await gatherBatch(shard, [], { batchSize: 2, batchWindowSeconds: 2 }, script.now, running);
  expect(waits).toEqual([
    [running, undefined],
    [running, 2000],
    [running, 1000],
  ]);
  expect(waits.flat().filter((part) => part === running)).toHaveLength(3);
});

test('stopping amid the window gives no batch, and loses nothing', async () => {
  const stopping = new AbortController();
  const script = scripted([record(1)]);
  const shard = { ...script.shard, waitForMore: async () => stopping.abort() };
  const backlog: SourceRecord<number>[] = [];
  const bounds = { batchSize: 2, batchWindowSeconds: 300 };
  expect(await gatherBatch(shard, backlog, bounds, script.now, stopping.signal)).toEqual([]);
  expect(events(backlog)).toEqual([1]);
});
