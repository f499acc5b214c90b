import type { DetectorOptions } from '@aed/core';
import { expect, test } from 'vitest';
import { detectSeries } from '../../../lambda/detector/detect-series.ts';
import { RememberedRegimes } from '../../../lambda/detector/remembered-regimes.ts';
import { retractUnfounded } from '../../../lambda/detector/retract-unfounded.ts';
import { eventKey } from '../../../lambda/event.ts';
import { regimeLimits } from '../../../lambda/regime/regime-limits.ts';
import { waveOfAmendments } from '../../../lambda/tables/wave.ts';
import { names } from '../../../local/resources.ts';
import { newWorld, seriesId } from './interleavings/world.ts';

const hour = 3600 * 1000;
const start = Date.parse('2026-01-01T00:00:00Z');
const keyOf = (index: number) => eventKey({ timestamp: start + index * hour, eventId: 'e' });

/** Up at reading 20. */
const rise = Array.from({ length: 80 }, (_, index) => (index < 20 ? 0 : 9) + (index % 3));

interface Kept {
  readonly hours: (index: number) => number;
  /** Whether the change point was stored before its item said when the first of its readings expires. */
  readonly isOld: boolean;
}

const forADay: Kept = { hours: () => 24, isOld: false };

/** An hourly series with a change point. */
async function changed(values: readonly number[], { hours, isOld }: Kept, options: DetectorOptions = {}) {
  let now = start;
  const world = newWorld({ maxRegimeLength: 10_000, ...options }, () => new Date(now));
  const parts = {
    ...world.parts,
    remembered: new RememberedRegimes(regimeLimits, Math.random),
    regimeLimits,
  };
  const readings = world.tables.partition(names.eventsTable, seriesId);
  const expiryOf = (index: number) => start + (index + hours(index)) * hour;
  const put = (index: number, value: number) =>
    readings.put({
      seriesId: { S: seriesId },
      eventKey: { S: keyOf(index) },
      value: { N: String(value) },
      expiresAt: { N: String(expiryOf(index) / 1000) },
    });
  for (const [index, value] of values.entries()) put(index, value);
  const [oldest, closing] = [keyOf(0), keyOf(values.length - 1)];
  await detectSeries(seriesId, [{ closing, oldest, count: values.length }], parts);
  const changePoints = world.items.filter(({ sortKey }) => sortKey?.S?.startsWith('CP#'));
  expect(changePoints).toHaveLength(1);
  for (const { grounds, ...item } of isOld ? changePoints : []) {
    const { expiresAt: _, ...old } = grounds?.M ?? {};
    world.tables
      .partition(names.changePointsTable, seriesId)
      .put({ ...item, sortKey: item.sortKey ?? { S: '' }, grounds: { M: old } });
  }
  return {
    /** Expired readings go, or are still there: a table takes its time. */
    waitUntil(index: number, areGone = true) {
      now = start + index * hour;
      if (!areGone) return;
      for (const at of values.keys()) if (expiryOf(at) <= now) world.deleteEvent(keyOf(at));
    },
    /** @param value - none to delete the readings @returns how many change points were retracted */
    async amend(indexes: readonly number[], value?: number) {
      for (const index of indexes) {
        if (value === undefined) world.deleteEvent(keyOf(index));
        else put(index, value);
      }
      const amended = indexes.map(keyOf);
      await detectSeries(seriesId, waveOfAmendments(amended), parts);
      return retractUnfounded(seriesId, amended, parts);
    },
  };
}

test.each([
  ['whose item says when they expire', false],
  ['whose item does not', true],
])(
  'a change point of expired readings stands when one that is left is corrected or deleted: one %s',
  async (_, isOld) => {
    const cases: [Kept['hours'], number, number][] = [
      // All of its regime has expired.
      [() => 24, 80, 77],
      // The retention was raised before its new level began, or with it.
      [(index) => (index < 18 ? 24 : 9000), 80, 24],
      [(index) => (index < 20 ? 24 : 9000), 80, 24],
    ];
    for (const [hours, until, amended] of cases) {
      for (const value of [10.5, undefined]) {
        const { waitUntil, amend } = await changed(rise, { hours, isOld });
        waitUntil(until);
        expect(await amend([amended], value)).toBe(0);
      }
    }
  },
);

test('a change point stands if its newer readings have expired before the older ones', async () => {
  const hours = (index: number) => (index < 20 ? 9000 : 24);
  const { waitUntil, amend } = await changed(rise, { hours, isOld: false });
  waitUntil(80);
  expect(await amend([77], 10.5)).toBe(0);
});

test.each<[string, readonly number[]]>([
  ['its first reading', [0, ...[...rise.keys()].slice(20)]],
  ['all of its regime', [...rise.keys()].slice(0, 27)],
])('a change point is retracted if nothing shows it any more, %s among it', async (_, deleted) => {
  const { amend } = await changed(rise, forADay);
  expect(await amend(deleted)).toBe(1);
});

test('a change point stands if it is known again only after its regime has grown too long', async () => {
  const { amend } = await changed(rise, forADay, { maxRegimeLength: 30 });
  expect(await amend([20, 21, 22, 23], 0)).toBe(0);
});

/** All but the old level and the first readings of the new one. */
const ofNewLevel = [...rise.keys()].slice(22);

test('a change point whose item does not say when its readings expire is retracted, too, if its first reading is there', async () => {
  const { amend } = await changed(rise, { ...forADay, isOld: true });
  expect(await amend(ofNewLevel)).toBe(1);
});

test('it stands if its first reading is gone, whoever took it', async () => {
  const { amend } = await changed(rise, { ...forADay, isOld: true });
  expect(await amend([0, ...ofNewLevel])).toBe(0);
});

test.each([true, false])(
  'a change point stands once its first reading has expired, though it is still there: old %s',
  async (isOld) => {
    for (const [until, retracted] of [
      [23.9, 1],
      [24, 0],
    ] as const) {
      const { waitUntil, amend } = await changed(rise, { ...forADay, isOld });
      waitUntil(until, false);
      expect(await amend(ofNewLevel)).toBe(retracted);
    }
  },
);

test('a change point stands where late events have made its regime longer than any that is tested', async () => {
  const flat = [...rise.keys()].slice(20);
  for (const [late, retracted] of [
    [[0.5, 1.5, 2.5, 3.5], 0],
    [[0.5], 1],
  ] as const) {
    const { amend } = await changed(rise, forADay, { maxRegimeLength: 30 });
    expect(await amend(late, 1)).toBe(0);
    expect(await amend(flat, 0)).toBe(retracted);
  }
});
