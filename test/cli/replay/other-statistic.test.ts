import { detectChangePoints, resolveOptions } from '@aed/core';
import { expect, test } from 'vitest';
import type { Reading } from '../../../cli/datasets/dataset.ts';
import { normal } from '../../../cli/produce/random.ts';
import { otherStatistic, otherThan } from '../../../cli/replay/other-statistic.ts';

const own = resolveOptions();
const scan = resolveOptions({ statistic: 'scan' });
const levels = [0, 9, 0];
const values = levels.flatMap((level) => Array.from({ length: 100 }, (_, index) => level + (index % 7)));
const readings: readonly Reading[] = values.map((value, index) => ({
  seriesId: 'a',
  timestamp: Date.UTC(2020) + index * 1000,
  value,
}));

test('it finds what a detector with its options finds, and knows each change when that does', () => {
  const found = detectChangePoints(values, scan);
  const other = otherStatistic(readings, own, scan);
  expect(found).toHaveLength(2);
  expect([other.statistic, other.found]).toEqual(['scan', 2]);
  for (const change of found) expect(other.knownAt('a', change)).toBe(change.detectedAt);
});

test('a change of the service is the same if it leads the same way and overlaps in time', () => {
  const { knownAt } = otherStatistic(readings, own, scan);
  const [rise] = detectChangePoints(values, scan);
  const detectedAt = rise?.detectedAt ?? 0;
  const change = { changedAt: 95, detectedAt: 130, direction: 'up' } as const;
  expect(knownAt('a', change)).toBe(detectedAt);
  expect(knownAt('a', { ...change, detectedAt: 99 })).toBeUndefined();
  expect(knownAt('a', { ...change, changedAt: detectedAt + 1 })).toBeUndefined();
  expect(knownAt('a', { ...change, direction: 'down' })).toBeUndefined();
  expect(knownAt('b', change)).toBeUndefined();
});

test('bad and repeated readings keep their numbers and are not tested; the order is that of time', () => {
  const odd: Reading[] = [
    { seriesId: 'a', timestamp: 'yesterday', value: 1 },
    ...readings.slice(0, 60),
    readings[0] as Reading,
    ...readings.slice(60),
  ];
  const [rise] = detectChangePoints(values, scan);
  const change = { changedAt: 102, detectedAt: 130, direction: 'up' } as const;
  expect(otherStatistic(odd, own, scan).knownAt('a', change)).toBe((rise?.detectedAt ?? 0) + 2);
  const swapped = readings.toSpliced(10, 2, readings[11] as Reading, readings[10] as Reading);
  expect(otherStatistic(swapped, own, scan).found).toBe(2);
});

test('it notes that change points may be wander, unless the service runs the scan', () => {
  const draw = normal(1);
  let level = 0;
  const wandering = Array.from({ length: 2_000 }, (_, index): Reading => {
    level = 0.9 * level + draw();
    return { seriesId: 'a', timestamp: Date.UTC(2020) + index * 1000, value: level };
  });
  expect(otherStatistic(readings, own, scan).note).toBeUndefined();
  expect(otherStatistic(wandering, scan, own).note).toBeUndefined();
  expect(otherStatistic(wandering, own, scan).note).toMatch(
    /^\d+ change points; neighbouring readings resemble each other .* --statistic scan would report /,
  );
});

/** Levels that wander, a season of a day over them, and a reading each hour but for those of the gaps. */
function wanderingBySeason(isGap: (hour: number) => boolean): readonly Reading[] {
  const draw = normal(2);
  let level = 0;
  return Array.from({ length: 4_000 }, (_, hour): Reading => {
    level = 0.9 * level + draw();
    const value = level + 30 * Math.sin((hour / 12) * Math.PI);
    return { seriesId: 'a', timestamp: Date.UTC(2020) + hour * 3_600_000, value };
  }).filter((_, hour) => !isGap(hour));
}

test.each<[string, (hour: number) => boolean]>([
  ['no gaps', () => false],
  ['a reading that is missing now and then', (hour) => hour % 31 === 30],
  ['most of a day that is missing now and then', (hour) => hour % 500 < 17],
])('the note says of the scan what it finds, with a period and %s', (_, isGap) => {
  const other = otherStatistic(
    wanderingBySeason(isGap),
    resolveOptions({ period: 24, interval: 3600 }),
    resolveOptions({ statistic: 'scan', period: 24, interval: 3600 }),
  );
  expect(other.note).toContain(`--statistic scan would report ${other.found === 0 ? 'none' : other.found}; `);
});

test('readings of one moment are in the order in which the service has them, whatever their ids', () => {
  // By UTF-16 units the second id would be the first.
  const pairs = values.map((value, index): Reading => {
    const eventId = ['\uffee', '\u{1f600}'][index % 2] as string;
    return { seriesId: 'a', timestamp: Date.UTC(2020) + (index >> 1) * 1000, value, eventId };
  });
  const { knownAt } = otherStatistic(pairs, own, scan);
  for (const change of detectChangePoints(values, scan)) expect(knownAt('a', change)).toBe(change.detectedAt);
});

test('there are two statistics', () => {
  expect([otherThan('mpp'), otherThan('scan')]).toEqual(['scan', 'mpp']);
});
