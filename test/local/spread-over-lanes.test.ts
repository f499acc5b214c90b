import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { spreadOverLanes } from '../../local/event-source-mapping/lanes.ts';
import { record } from './memory-source.ts';

const never = new AbortController().signal;

test('each record is in one lane, those of a key in the same one and in their order', async () => {
  const keys = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(keys, fc.integer({ min: 1, max: 10 }), fc.nat(30), async (given, count, half) => {
      const records = given.map((key, index) => record(index, { key }));
      const { add, readers } = spreadOverLanes<number>(count);
      add(records.slice(0, half));
      add(records.slice(half));
      const read = await Promise.all(readers.map((lane) => lane.read(Number.POSITIVE_INFINITY)));
      expect(readers).toHaveLength(count);
      expect(new Set(read.flat())).toEqual(new Set(records));
      expect(read.flat()).toHaveLength(records.length);
      for (const lane of read)
        for (const { key } of lane)
          expect(lane.filter((one) => one.key === key)).toEqual(records.filter((one) => one.key === key));
    }),
  );
});

test('many keys use all lanes, each some', async () => {
  const { add, readers } = spreadOverLanes<number>(4);
  add(Array.from({ length: 400 }, (_, index) => record(index, { key: `series ${index}` })));
  for (const lane of readers) {
    const { length } = await lane.read(Number.POSITIVE_INFINITY);
    expect(length).toBeGreaterThan(50);
    expect(length).toBeLessThan(150);
  }
});

test('a lane gives as many records as are wanted, and has ended when all are read and none will follow', async () => {
  const { add, end, readers } = spreadOverLanes<number>(1);
  const [lane] = readers;
  add([1, 2, 3].map((event) => record(event)));
  const read = async () => [(await lane?.read(2))?.map(({ event }) => event), lane?.ended];
  expect(await read()).toEqual([[1, 2], false]);
  expect(await read()).toEqual([[3], false]);
  add([record(4)]);
  end();
  expect(lane?.ended).toBe(false);
  expect(await read()).toEqual([[4], true]);
  expect(await read()).toEqual([[], true]);
});

test('nobody waits where there is a record, nothing will follow, or the mapping is stopped', async () => {
  const { add, end, readers } = spreadOverLanes<number>(1);
  const [lane] = readers;
  await lane?.waitForMore(AbortSignal.abort());
  add([record(1)]);
  await lane?.waitForMore(never);
  await lane?.read(1);
  end();
  await lane?.waitForMore(never);
});

test('a record wakes all who wait for its lane, and nobody else; the end wakes all', async () => {
  const { add, end, readers } = spreadOverLanes<number>(2);
  const [first, second] = [0, 1].map((lane) => {
    const woken = vi.fn();
    for (let times = 0; times < 2; times++) readers[lane]?.waitForMore(never).then(woken);
    return woken;
  });
  add([record(1)]);
  const lengths = await Promise.all(readers.map(async (lane) => (await lane.read(1)).length));
  const [woken, asleep] = lengths[0] === 1 ? [first, second] : [second, first];
  expect([woken?.mock.calls.length, asleep?.mock.calls.length]).toEqual([2, 0]);
  end();
  await Promise.resolve();
  expect(asleep).toHaveBeenCalledTimes(2);
});
