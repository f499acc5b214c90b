import { marshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import type { TableCall } from '../../../bench/detector/table-call.ts';
import { detectSeries } from '../../../lambda/detector/detect-series.ts';
import { RememberedRegimes } from '../../../lambda/detector/remembered-regimes.ts';
import { processingLimits } from '../../../lambda/processing-limits.ts';
import { regimeLimits } from '../../../lambda/regime/regime-limits.ts';
import { type Wave, waveOfAmendments, wholeWavesIn } from '../../../lambda/tables/wave.ts';
import { hostile } from '../any-stored.ts';
import { KeptEvents } from './interleavings/kept-events.ts';
import { newWorld, seriesId, type World } from './interleavings/world.ts';

let world: World;
let events: KeptEvents;
let calls: TableCall[];

beforeEach(() => {
  calls = [];
  const start = new Date('2026-01-01T00:00:00Z');
  world = newWorld(
    { maxRegimeLength: 100_000 },
    () => start,
    (call) => {
      calls.push(call);
      return undefined;
    },
  );
  events = new KeptEvents([world], start.getTime());
});

/** Stores the next events of a series as a wave. */
function wave(count = 1, level = 0): Wave {
  const [closed] = events.close(events.add(count, level));
  if (closed === undefined) throw new Error('a wave must have events');
  return closed;
}

/** An instance of the detector, with nothing remembered yet. */
function instance(replaced: Partial<World['parts']> = {}) {
  const remembered = new RememberedRegimes(regimeLimits, Math.random);
  return async (...waves: Wave[]) => {
    calls.length = 0;
    const parts = { ...world.parts, remembered, regimeLimits, ...replaced };
    const found = await detectSeries(seriesId, waves, parts);
    return { ...found, calls: calls.map(({ operation }) => operation) };
  };
}

const testedThrough = () => world.head()?.testedThrough?.S;

test('a look tests what is closed beyond its news, and the records of that are no news to any instance', async () => {
  const [first, second, third] = [wave(3), wave(4), wave(2)];
  const look = instance();
  expect(await look(first)).toMatchObject({
    tested: 9,
    again: 0,
    newest: third.closing,
    calls: ['Query', 'Query', 'PutItem'],
  });
  expect(testedThrough()).toBe(third.closing);
  const head = world.head();
  // They are a reason to look further. If nothing is there, the instance asks whether its HEAD is still the stored one.
  const none = { tested: 0, again: 0, late: 0, changePoints: 0 };
  expect(await look(second)).toEqual({ ...none, calls: ['Query', 'GetItem'] });
  expect(await instance()(second, third)).toEqual({ ...none, calls: ['Query', 'Query'] });
  expect(world.head()).toEqual(head);
  const next = wave();
  expect(await look(next)).toMatchObject({ tested: 1, read: 'warm', calls: ['Query', 'PutItem'] });
  expect(world.head()).not.toHaveProperty('ahead');
});

test('a HEAD that is moved for a late event still knows what is to come, and nothing else', async () => {
  const [first, second, third] = [wave(3), wave(4), wave(2)];
  const look = instance();
  await look(first);
  const ahead = () => world.head()?.ahead?.L?.map(({ S }) => S);
  expect(ahead()).toEqual([second.id, third.id]);
  await look(second, ...events.close(events.addBehind(first.closing, 1, 0)));
  expect(ahead()).toEqual([third.id]);
});

test('a wave with a late event is news when its record comes, also if a regime that is read anew has all of it', async () => {
  const look = instance();
  await look(wave(5));
  const next = wave();
  const [last] = events.close([events.keys[1] ?? '', ...events.add(1, 0)]) as [Wave];
  const other = instance();
  await other(next);
  expect(await other(last)).toMatchObject({ again: 1 });
});

test('a record of what was tested beyond the news has what came meanwhile tested, by any instance', async () => {
  const [first, second, last] = [wave(3), wave(4), wave(1)];
  const look = instance();
  await look(first);
  const third = wave(2);
  expect(await look(second)).toMatchObject({ tested: 2, again: 0, newest: third.closing, read: 'warm' });
  expect(await look(last)).toMatchObject({ tested: 0, again: 0 });
  const fourth = wave(2);
  const other = instance();
  expect(await other(third)).toMatchObject({ tested: 2, again: 0, newest: fourth.closing, read: 'cold' });
  expect(await other(fourth)).toMatchObject({ tested: 0, again: 0 });
  expect(await other(wave())).toMatchObject({ tested: 1, read: 'warm', regimeLength: 13 });
});

test('what no wave has closed waits', async () => {
  const [first, second] = [wave(3), wave(3)];
  events.add(5, 0);
  expect(await instance()(first)).toMatchObject({ tested: 6, newest: second.closing });
});

test.each([
  ['was written again', () => events.close(events.keys.slice(-3))],
  ['has an event that came late', () => events.close([events.keys[1] ?? '', ...events.add(1, 0)])],
  [
    'lost an event to somebody',
    (last: Wave) => {
      events.remove(last.oldest);
      return [last, ...waveOfAmendments([last.oldest])];
    },
  ],
])('a wave beyond that %s is news when its record comes', async (_, change) => {
  const look = instance();
  const first = wave(5);
  const last = wave(3);
  await look(first);
  const edition = () => world.head()?.edition?.M?.id?.S;
  const before = edition();
  await look(...change(last));
  // So the copies that other instances remember are stale.
  expect(edition()).not.toBe(before);
});

test('a wave of which something is missing is not tested before its record comes', async () => {
  const [first, last] = [wave(3), wave(3)];
  events.remove(last.oldest);
  expect(await instance()(first)).toMatchObject({ tested: 3, newest: first.closing });
});

test(`at most ${processingLimits.aheadWaves} waves are tested beyond the news, so that the HEAD stays small`, async () => {
  const waves = Array.from({ length: processingLimits.aheadWaves + 5 }, () => wave());
  const through = waves[processingLimits.aheadWaves]?.closing;
  expect(await instance()(...waves.slice(0, 1))).toMatchObject({ newest: through });
  const ahead = () => world.head()?.ahead?.L;
  expect(ahead()).toHaveLength(processingLimits.aheadWaves);
  // While half of them are still to come, their records are no reason to look further.
  const half = processingLimits.aheadWaves / 2;
  expect(await instance()(...waves.slice(1, 1 + half))).toMatchObject({ tested: 0 });
  expect(await instance()(...waves.slice(1, 2 + half))).toMatchObject({ tested: 4 });
  expect(ahead()).toHaveLength(half + 3);
});

test.each([1, 5])(
  'much that waits is read once, and in few looks, if records come %i at a time',
  async (atOnce) => {
    const waves = Array.from({ length: 400 }, () => wave(2));
    let items = 0;
    const look = instance({
      events: {
        ...world.parts.events,
        async readNewest(...range) {
          const newest = await world.parts.events.readNewest(...range);
          items += newest?.events.length ?? 0;
          return newest;
        },
      },
    });
    let reads = 0;
    for (let first = 0; first < waves.length; first += atOnce) {
      const { calls: made } = await look(...waves.slice(first, first + atOnce));
      reads += made.filter((operation) => operation === 'Query').length;
    }
    expect(testedThrough()).toBe(waves.at(-1)?.closing);
    // The first look may read all: one wave of one moment tells no pace.
    expect(items).toBeLessThan(3 * 2 * waves.length);
    // One for half as many waves as the HEAD knows, and some at the end.
    expect(reads).toBeLessThan(waves.length / (processingLimits.aheadWaves / 2) + 10);
  },
);

test('much is read page by page, up to the newest of the news', async () => {
  const [first] = [wave(processingLimits.aheadNews + 1), wave()];
  expect(await instance()(first)).toMatchObject({ tested: first.count, newest: first.closing });
  const [second] = [wave(), ...Array.from({ length: 5 }, () => wave(processingLimits.aheadItems / 5))];
  expect(await instance()(second)).toMatchObject({ newest: second.closing });
});

test('a look that dies after a change point in its midst has lost nothing of what was beyond its news', async () => {
  const waves = [wave(12), wave(12, 3), wave(12)];
  const [first, ...others] = waves as [Wave, ...Wave[]];
  const changePoints = {
    ...world.parts.changePoints,
    async store() {
      throw new Error('crash');
    },
  };
  await expect(instance({ changePoints })(first)).rejects.toThrow('crash');
  expect(testedThrough() ?? '').toMatch(/^2026/);
  // The record of the first comes again, those of the others for the first time; and nothing else comes after that.
  const look = instance();
  for (const one of [first, ...others]) await look(one);
  expect(testedThrough()).toBe(waves.at(-1)?.closing);
});

test('whatever somebody made of a HEAD: what it has as waves ahead is known by its ids, and all else is news', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(hostile, fc.array(fc.oneof(hostile, fc.string()))), async (ahead) => {
      const look = instance();
      await look(wave(3));
      const head = world.head() ?? {};
      const L = marshall({ ahead }, { removeUndefinedValues: true, convertClassInstanceToMap: true });
      world.items.splice(world.items.indexOf(head), 1, { ...head, ...(L as typeof head) });
      expect(await instance()(wave(2))).toMatchObject({ tested: 2 });
    }),
    { numRuns: 50 },
  );
});

test('a wave is whole if its closing event has a mark, and as many events are there as that says', () => {
  const item = (eventKey: string, mark?: unknown) => ({
    eventKey,
    value: 1,
    ...(mark !== undefined && { wave: mark }),
  });
  const key = (second: number) => `2026-01-01T00:00:0${second}.000Z#a`;
  const [one, two, three] = [key(1), key(2), key(3)];
  const mark = { id: 'x', oldest: one, count: 3 };
  const whole = [{ closing: three, ...mark }];
  expect(wholeWavesIn([item(one), item(two), item(three, mark)])).toEqual(whole);
  expect(wholeWavesIn([item(one), item(three, mark)])).toEqual([]);
  expect(wholeWavesIn([item(two), item(key(2.5)), item(three, mark)])).toEqual([]);
  expect(wholeWavesIn([item(two, { id: 'y' })])).toEqual([{ closing: two, oldest: two, count: 1, id: 'y' }]);
  fc.assert(
    fc.property(fc.oneof(hostile, fc.record({ id: hostile, oldest: hostile, count: hostile })), (any) => {
      for (const { id, oldest, count } of wholeWavesIn([item(one), item(two, any)])) {
        expect([typeof id, typeof count]).toEqual(['string', 'number']);
        expect([one, two]).toContain(oldest);
      }
    }),
  );
});
