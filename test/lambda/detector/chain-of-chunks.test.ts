import { beforeEach, describe, expect, test } from 'vitest';
import { LookedAtSeries } from './looked-at-series.ts';

const hour = 3_600_000;
let series: LookedAtSeries;

beforeEach(async () => {
  series = new LookedAtSeries();
  await series.instance()(series.wave(60));
});

const endorsed = () => series.world.head()?.chunks?.M;
const through = () => endorsed()?.through?.S;

test('all but the newest points are in chunks, which the HEAD endorses', () => {
  expect(series.slots).toEqual([0, 1, 2, 3, 4]);
  expect(endorsed()).toMatchObject({ slot: { N: '4' } });
  expect(through()).toBe(series.events.keys[49]);
});

test('a regime is read from them: the HEAD with its chunks, then the events behind these', async () => {
  const found = await series.instance()(series.wave(1));
  expect(found).toMatchObject({ read: 'cold', regimeLength: 61, calls: ['Query', 'Query', 'PutItem'] });
});

test('an instance that goes on adds what is full by then', async () => {
  const look = series.instance();
  await look(series.wave(1));
  expect(await look(series.wave(20))).toMatchObject({
    read: 'warm',
    calls: ['Query', 'PutItem', 'BatchWriteItem', 'PutItem'],
  });
  expect(series.slots).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(through()).toBe(series.events.keys[69]);
});

describe.each([0, 2])('without chunk %i', (slot) => {
  beforeEach(() => series.deleteChunk(slot));

  test('the events up to it are read, and the chain is made anew', async () => {
    const found = await series.instance()(series.wave(1));
    expect(found).toMatchObject({
      read: 'cold',
      regimeLength: 61,
      calls: expect.arrayContaining(['BatchWriteItem']),
    });
    expect(series.slots).toHaveLength(5);
    expect(endorsed()).toMatchObject({ slot: { N: '4' } });
    expect(await series.instance()(series.wave(1))).toMatchObject({
      regimeLength: 62,
      calls: ['Query', 'Query', 'PutItem'],
    });
  });

  test('unless these expire soon: then the rest of the chain serves', async () => {
    series.age = 20 * hour;
    const before = endorsed();
    const limits = { leastLifeMs: 5 * hour };
    const found = await series.instance({}, limits)(series.wave(1));
    expect(found).toMatchObject({ read: 'cold', regimeLength: 61 });
    expect(endorsed()).toEqual(before);
    // Those before it belong to no chain.
    expect(series.slots).toEqual([0, 1, 2, 3, 4].slice(slot + 1));
  });
});

test('without the last chunk, there is no chain, and all is read from the events', async () => {
  series.deleteChunk(4);
  const { calls } = await series.instance()(series.wave(1));
  expect(calls.filter((operation) => operation === 'BatchWriteItem')).toHaveLength(1);
  expect(series.slots.toSorted()).toEqual([0, 1, 2, 3, 4]);
  expect(through()).toBe(series.events.keys[49]);
});

test('an event that comes late ends the chain before it, and what is behind is made anew', async () => {
  const late = series.closed(series.events.addBehind(series.events.keys[34] ?? '', 1, 0));
  for (const isWarm of [false, true]) {
    const look = series.instance();
    if (isWarm) await look(series.wave(1));
    expect(await look(late, series.wave(1))).toMatchObject({ tested: 2, again: 1 });
    expect(await series.instance()(series.wave(1))).toMatchObject({
      regimeLength: series.events.keys.length,
      read: 'cold',
    });
  }
});

test('a change point ends the chain, and leaves no chunk', async () => {
  const look = series.instance();
  expect(await look(series.wave(12, 9))).toMatchObject({ changePoints: 1 });
  expect(series.slots).toEqual([]);
  expect(endorsed()).toBeUndefined();
});

test('what somebody deleted has the series read anew at once, and the others learn of it', async () => {
  const look = series.instance();
  await look(series.wave(1));
  const key = series.events.keys[34] ?? '';
  series.events.remove(key);
  const edition = series.world.head()?.edition;
  expect(await look({ oldest: key, closing: key, count: 0 })).toMatchObject({
    tested: 0,
    calls: ['Query', 'PutItem'],
  });
  expect(series.world.head()?.edition).not.toEqual(edition);
  expect(await look(series.wave(1))).toMatchObject({ read: 'cold', regimeLength: 61 });
});
