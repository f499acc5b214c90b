import { expect, test } from 'vitest';
import { detectSeries } from '../../../lambda/detector/detect-series.ts';
import { RememberedRegimes } from '../../../lambda/detector/remembered-regimes.ts';
import { eventKey } from '../../../lambda/event.ts';
import { regimeLimits } from '../../../lambda/regime/regime-limits.ts';
import type { Wave } from '../../../lambda/tables/wave.ts';
import { answersOf, newWorld, seriesId, type World } from './interleavings/world.ts';

const start = Date.parse('2026-01-01T00:00:00Z');

/** @param shared - how many readings in a row have one time */
const keyOf = (index: number, shared = 1, id = 'e') =>
  eventKey({ timestamp: start + (index - (index % shared)) * 1000, eventId: `${index % shared}${id}` });

/** Up at reading 40, and down at reading 75. */
const readingAt = (index: number) => (index < 40 ? 0 : index < 75 ? 9 : 3) + ((index * 7) % 5) / 2;

interface Meanwhile {
  readonly shared?: number;
  /** After which readings late ones are stored, whose record comes later. */
  readonly late?: readonly number[];
  /** How many of the first readings expire. */
  readonly expired?: number;
}

/** Two instances at work on one series: the second one finds the rise, and the first one goes on from there. @param isWarm - or a new one for each look */
async function answers(isWarm: boolean, { shared, late = [], expired = 0 }: Meanwhile) {
  const world = newWorld({ maxRegimeLength: 10_000 }, () => new Date(start));
  const instance = () => ({
    ...world.parts,
    remembered: new RememberedRegimes(regimeLimits, Math.random),
    regimeLimits,
  });
  const first = instance();
  const look = (wave: Wave) => detectSeries(seriesId, [wave], isWarm ? first : instance());
  await look(stored(world, 0, 40, shared));
  for (const index of late) world.storeEvent(keyOf(index, shared, 'late'), 1);
  for (let index = 0; index < expired; index++) world.deleteEvent(keyOf(index, shared));
  await detectSeries(seriesId, [stored(world, 40, 52, shared)], instance());
  const { read } = await look(stored(world, 52, 53, shared));
  const ends = [late.at(0), late.at(-1)].map((index) => keyOf(index ?? 0, shared, 'late'));
  const [oldest = '', closing = ''] = ends;
  if (late.length > 0) await look({ oldest, closing, count: late.length, id: 'late' });
  for (let index = 53; index < 110; index++) await look(stored(world, index, index + 1, shared));
  return { read, items: answersOf(world) };
}

/** Stores readings. @returns their wave */
function stored(world: World, from: number, to: number, shared?: number): Wave {
  const [oldest, closing] = [keyOf(from, shared), keyOf(to - 1, shared)];
  const count = to - from;
  const mark = { id: closing, count, oldest };
  for (let index = from; index < to; index++)
    world.storeEvent(keyOf(index, shared), readingAt(index), index === to - 1 ? mark : undefined);
  return { oldest, closing, count, id: closing };
}

test.each<[string, Meanwhile]>([
  ['nothing else happened', {}],
  ['late readings came that it lacks', { late: [10, 11, 12] }],
  ['one late reading came that it lacks', { late: [39] }],
  ['its first readings expired', { expired: 8 }],
  ['as many readings came late as expired', { late: [10, 11, 12], expired: 3 }],
  ['readings share a time', { shared: 4 }],
  ['late readings share a time with others', { shared: 4, late: [10, 45, 46] }],
])(
  'an instance that goes on where another one ended a regime answers as a new one: %s',
  async (_, meanwhile) => {
    const warm = await answers(true, meanwhile);
    expect(warm.items).toEqual((await answers(false, meanwhile)).items);
    expect(warm.items.length).toBeGreaterThan(2);
  },
);

test('an instance follows another one without reading the series again', async () => {
  expect((await answers(true, {})).read).toBe('warm');
});
