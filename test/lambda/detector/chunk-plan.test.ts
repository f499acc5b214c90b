import { AedDetector } from '@aed/core';
import { expect, test } from 'vitest';
import { planChunks } from '../../../lambda/detector/chunk-plan.ts';
import { Regime } from '../../../lambda/detector/regime.ts';
import { eventKey } from '../../../lambda/event.ts';
import { type Chunk, endorsedChunks, type LastChunk } from '../../../lambda/regime/chunk.ts';

const now = new Date('2026-01-01T00:00:00Z');
const chunkPoints = 10;
const limits = { newestPoints: 5, leastLifeMs: 60_000 };
const soon = (now.getTime() + limits.leastLifeMs) / 1000;
const { options } = new AedDetector({});

/** Events with values that tell them apart. */
const events = (
  from: number,
  to: number,
  expiresAt: (index: number) => number | undefined = () => soon + 1,
) =>
  Array.from({ length: to - from }, (_, place) => {
    const index = from + place;
    const expiry = expiresAt(index);
    return {
      eventKey: eventKey({ timestamp: index * 1000, eventId: 'e' }),
      value: index / 8,
      ...(expiry !== undefined && { expiresAt: expiry }),
    };
  });

function newRegime(after?: string): Regime {
  return new Regime({ after, testedThrough: undefined, memory: undefined, options }, chunkPoints);
}

let ids = 0;
const parts = { clock: () => now, newId: () => `id ${ids++}` };
const plan = (regime: Regime, last?: LastChunk) => planChunks('s', regime, last, limits, parts);
const endorsed = (chunks: readonly Chunk[], last: LastChunk | undefined) =>
  endorsedChunks('s', last, chunks, now);

/** A regime that is made from chunks alone. */
function madeOf(chunks: readonly Chunk[]): Regime {
  const regime = newRegime();
  for (const chunk of chunks) expect(regime.addChunk(chunk)).toBe(true);
  return regime;
}

test('a chunk is made of each full span but the newest points, and all of them make the regime again', () => {
  const regime = newRegime('before');
  regime.add(events(0, 37));
  const { chunks, last } = plan(regime);
  expect(chunks.map(({ slot, count, after }) => ({ slot, count, after }))).toEqual([
    { slot: 0, count: 10, after: 'before' },
    { slot: 1, count: 10, after: events(9, 10)[0]?.eventKey },
    { slot: 2, count: 10, after: events(19, 20)[0]?.eventKey },
  ]);
  expect(last).toMatchObject({ slot: 2, through: events(29, 30)[0]?.eventKey });
  expect(endorsed(chunks, last)).toEqual(chunks);
  expect(madeOf(chunks).points.values(0, 30)).toEqual(regime.points.values(0, 30));
});

test.each([
  [14, 0],
  [15, 1],
  [24, 1],
  [25, 2],
])('the five newest points are in none: of %i points %i chunks are made', (points, count) => {
  const regime = newRegime();
  regime.add(events(0, points));
  expect(plan(regime).chunks).toHaveLength(count);
});

test('a regime that goes on has only those chunks made that its chain lacks', () => {
  const regime = newRegime();
  regime.add(events(0, 26));
  const first = plan(regime);
  expect(plan(regime, first.last)).toEqual({ chunks: [], last: first.last });
  regime.add(events(26, 46));
  const more = plan(regime, first.last);
  expect(more.chunks.map(({ slot }) => slot)).toEqual([2, 3]);
  const all = [...first.chunks, ...more.chunks];
  expect(endorsed(all, more.last)).toEqual(all);
  // So does one that was made from the chunks.
  const other = madeOf(first.chunks);
  other.add(events(20, 46));
  expect(plan(other, first.last).chunks.map(({ points }) => points)).toEqual(
    more.chunks.map(({ points }) => points),
  );
});

test('a chain that ends within a span is left to others', () => {
  const regime = newRegime();
  regime.add(events(0, 46));
  const last = { slot: 3, id: 'x', through: events(14, 15)[0]?.eventKey ?? '' };
  expect(plan(regime, last)).toEqual({ chunks: [], last });
});

test('a chunk expires with the first of its events, and with none if none expires', () => {
  const regime = newRegime();
  regime.add(events(0, 26, (index) => (index < 10 ? soon + 100 - index : undefined)));
  expect(plan(regime).chunks.map(({ expiresAt }) => expiresAt)).toEqual([soon + 91, undefined]);
});

test.each([0, 15, 29])('if event %i expires soon, the chain begins behind its span', (dying) => {
  const regime = newRegime('before');
  regime.add(events(0, 46, (index) => (index === dying ? soon : soon + 1)));
  const { chunks, last } = plan(regime);
  const first = Math.floor(dying / chunkPoints) + 1;
  expect(chunks.map(({ slot }) => slot)).toEqual([0, 1, 2, 3].slice(0, 4 - first));
  expect(chunks[0]).toMatchObject({ after: events(10 * first - 1, 10 * first)[0]?.eventKey });
  expect(chunks[0]).toHaveProperty('previous', undefined);
  expect(endorsed(chunks, last)).toEqual(chunks);
});

test('where the newest chunk would expire soon, there is no chain', () => {
  const regime = newRegime();
  regime.add(events(0, 16, () => soon));
  expect(plan(regime)).toEqual({ chunks: [], last: undefined });
});

test('of events that run backwards no chunk is made: their keys could not be found again', () => {
  const regime = newRegime();
  const [first, ...others] = events(0, 26);
  if (first !== undefined) regime.add([...others, first]);
  expect(regime.isOrderly).toBe(false);
  expect(plan(regime)).toEqual({ chunks: [], last: undefined });
});
