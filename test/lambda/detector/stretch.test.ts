import { AedDetector } from '@aed/core';
import { describe, expect, test } from 'vitest';
import { beginsAfter } from '../../../lambda/detector/begins-after.ts';
import { isFarBehind } from '../../../lambda/detector/far-behind.ts';
import { Regime } from '../../../lambda/detector/regime.ts';
import { eventsOfPoints, readStretch, StaleRegimeError } from '../../../lambda/detector/stretch.ts';
import { eventKey, type StoredEvent } from '../../../lambda/event.ts';
import { PointList } from '../../../lambda/regime/point-list.ts';
import type { EventReader } from '../../../lambda/tables/events-table.ts';

const { options } = new AedDetector({});

/** Events, so many of which share a second. */
const series = (length: number, shared = 1): StoredEvent[] =>
  Array.from({ length }, (_, index) => ({
    eventKey: eventKey({ timestamp: 1000 * Math.floor(index / shared), eventId: String(index % shared) }),
    value: index / 4,
  }));

/** A regime of all events after the first ones; `through` may be beyond them. */
function regimeOf(events: readonly StoredEvent[], from = 0, isRested = true): Regime {
  const after = events[from - 1]?.eventKey;
  const regime = new Regime({ after, testedThrough: undefined, memory: undefined, options }, 500);
  regime.add(events.slice(from));
  if (isRested) regime.rest();
  return regime;
}

/** A table of events that counts the reads. */
function tableOf(stored: readonly StoredEvent[]) {
  const reads: (readonly [string | undefined, string])[] = [];
  const events: EventReader = {
    async *read(_, after, through) {
      reads.push([after, through]);
      const found = stored.filter(
        ({ eventKey: key }) => (after === undefined || key > after) && key <= through,
      );
      for (let at = 0; at < found.length; at += 2) yield found.slice(at, at + 2);
    },
    readNewest: async () => undefined,
  };
  return { reads, events };
}

describe('the events of points', () => {
  test.each([1, 3])('are read where they are not at hand, if %i share a time', async (shared) => {
    const all = series(200, shared);
    const { events, reads } = tableOf(all);
    const found = await eventsOfPoints('s', regimeOf(all, 7), [0, 40, 41, 100, 100, 192], events);
    for (const point of [0, 40, 41, 100, 192]) expect(found.get(point)).toEqual(all[point + 7]);
    expect(reads).toHaveLength(4);
  });

  test('are read together if they are near to each other, in whatever order they are asked for', async () => {
    const all = series(200);
    const { events, reads } = tableOf(all);
    const found = await eventsOfPoints('s', regimeOf(all), [50, 0, 25, 76], events);
    expect(reads).toHaveLength(2);
    expect([...found.keys()].sort((a, b) => a - b)).toEqual([...Array.from({ length: 51 }).keys(), 76]);
    for (const [point, event] of found) expect(event).toEqual(all[point]);
  });

  test('that were just added are at hand', async () => {
    const all = series(30);
    const { events, reads } = tableOf([]);
    const found = await eventsOfPoints('s', regimeOf(all, 0, false), [3, 29], events);
    expect([found.get(3), found.get(29)]).toEqual([all[3], all[29]]);
    expect(reads).toEqual([]);
  });

  test.each<[string, (all: readonly StoredEvent[]) => StoredEvent[]]>([
    ['lacks one', (all) => all.filter((_, index) => index !== 20)],
    ['has one more', (all) => [...all, { eventKey: `${all[20]?.eventKey}x`, value: 1 }].sort(byKey)],
    [
      'has another value',
      (all) => all.map((event, index) => (index === 20 ? { ...event, value: -1 } : event)),
    ],
    ['has one at another time', (all) => all.map((event, index) => (index === 20 ? moved(event) : event))],
  ])('are not told if the table %s', async (_, edit) => {
    const all = series(40);
    const { events } = tableOf(edit(all));
    await expect(eventsOfPoints('s', regimeOf(all), [19, 21], events)).rejects.toThrow(StaleRegimeError);
    expect((await eventsOfPoints('s', regimeOf(all), [5], events)).get(5)).toEqual(all[5]);
  });

  const byKey = (a: StoredEvent, b: StoredEvent) => (a.eventKey < b.eventKey ? -1 : 1);
  const moved = (event: StoredEvent) => ({ ...event, eventKey: event.eventKey.replace('.000Z', '.500Z') });
});

describe('a stretch', () => {
  const all = series(30, 3);

  test('has the events of its times that are in the regime: not those before it, nor those behind it', async () => {
    const { events } = tableOf(all);
    // It begins and ends amid a second.
    const regime = regimeOf(all.slice(0, 14), 4);
    expect(await readStretch('s', regime, 1000, 4000, events)).toEqual({
      start: 0,
      events: all.slice(4, 14),
    });
    expect(await readStretch('s', regime, 2000, 3000, events)).toEqual({
      start: 2,
      events: all.slice(6, 12),
    });
  });

  test('without an event is not read', async () => {
    const { events, reads } = tableOf(all);
    expect(await readStretch('s', regimeOf(all, 10), 0, 1000, events)).toEqual({ start: 0, events: [] });
    expect(reads).toEqual([]);
  });
});

describe('a regime without its first points begins after a key', () => {
  const all = series(12, 2);
  const keyOf = (index: number) => all[index]?.eventKey;

  test('if that is the key of the last of them', () => {
    const regime = regimeOf(all, 2, false);
    expect(beginsAfter(keyOf(1), regime, 0)).toBe(true);
    expect(beginsAfter(keyOf(0), regime, 0)).toBe(false);
    expect(beginsAfter(undefined, regime, 0)).toBe(false);
    expect(beginsAfter(undefined, regimeOf(all), 0)).toBe(true);
    for (const dropped of [1, 2, 10]) {
      expect(beginsAfter(keyOf(dropped + 1), regime, dropped)).toBe(true);
      for (const key of [undefined, keyOf(dropped), keyOf(dropped + 2) ?? 'x'])
        expect(beginsAfter(key, regime, dropped)).toBe(false);
    }
  });

  test('if only times are known, where none but one of them has the time of the key', () => {
    const regime = regimeOf(all, 2);
    // The second of each pair is the last of its time.
    expect([2, 4, 10].map((dropped) => beginsAfter(keyOf(dropped + 1), regime, dropped))).toEqual([
      true,
      true,
      true,
    ]);
    expect(beginsAfter(keyOf(2), regime, 1)).toBe(false);
    expect(beginsAfter(keyOf(5), regime, 2)).toBe(false);
    expect(beginsAfter(undefined, regime, 2)).toBe(false);
  });
});

describe('a remembered regime is far behind', () => {
  const limits = { chunkPoints: 100, newestPoints: 50 };
  const points = new PointList();
  for (let index = 0; index < 101; index++) points.push(0, 1000 * index);
  const isFar = (second: number | undefined, tested = 0, among = points) =>
    isFarBehind(
      { length: among.length, points: among },
      {
        newest: second === undefined ? undefined : eventKey({ timestamp: 1000 * second, eventId: 'e' }),
        tested,
      },
      limits,
    );

  test('if the events that it lacks cost more than all in chunks', () => {
    // Of n that are missing, n − 150 are in chunks, against a fifth of n + 101.
    expect(isFar(100 + 212)).toBe(false);
    expect(isFar(100 + 213)).toBe(true);
    expect(isFar(100 + 213, 1)).toBe(false);
  });

  test('not if nothing is new, or nothing tells how often events come', () => {
    expect(isFar(undefined)).toBe(false);
    const one = new PointList();
    one.push(0, 0);
    expect(isFar(1e6, 0, one)).toBe(false);
    one.push(0, 0);
    expect(isFar(1e6, 0, one)).toBe(false);
    one.push(0, 1);
    expect(isFar(1e6, 0, one)).toBe(true);
  });
});
