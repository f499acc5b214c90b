import { detectChangePoints, type Segment, segments } from '@aed/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { levels, options } from './arbitraries.ts';
import { naiveMedian } from './naive-median.ts';

const flat = (level: number, points: number): number[] => Array(points).fill(level);

test('cover the series, cut at its change points', () => {
  fc.assert(
    fc.property(levels(), options, (values, given) => {
      const found = segments(Object.freeze(values), given);
      const cuts = detectChangePoints(values, given).map(({ changedAt }) => changedAt);
      expect(found.map(({ start }) => start)).toEqual([0, ...cuts]);
      expect(found.map(({ end }) => end)).toEqual([...cuts, values.length]);
      for (const { start, end, median } of found) expect(median).toBe(naiveMedian(values.slice(start, end)));
    }),
  );
});

test.each<[string, number[], Segment[]]>([
  ['no point', [], []],
  ['one point', [3], [{ start: 0, end: 1, median: 3 }]],
  ['one level', flat(2, 30), [{ start: 0, end: 30, median: 2 }]],
  [
    'two levels',
    [...flat(0, 20), ...flat(5, 20)],
    [
      { start: 0, end: 20, median: 0 },
      { start: 20, end: 40, median: 5 },
    ],
  ],
])('of %s', (_, values, expected) => {
  expect(segments(values)).toEqual(expected);
});

test('a value that is no finite number is refused by its index', () => {
  const message = "value at index 1 must be a finite number, got '3'";
  expect(() => segments([1, '3'] as number[])).toThrow(new RangeError(message));
});
