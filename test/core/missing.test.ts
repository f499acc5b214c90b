import {
  type DetectorOptions,
  detectChangePoints,
  type MaybeMissing,
  type MissingValues,
  segments,
} from '@aed/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { levels, options } from './arbitraries.ts';
import { naiveMedian } from './naive-median.ts';

const flat = (level: number, points: number): number[] => Array(points).fill(level);
const step = [...flat(0, 20), ...flat(5, 20)];

/** A series with some of its places missing. */
const withMissing = fc
  .tuple(
    levels(),
    fc.array(fc.constantFrom(undefined, undefined, Number.NaN, null), {
      minLength: 1,
      maxLength: 50,
      size: 'max',
    }),
  )
  .map(([values, places]) =>
    values.flatMap((value, index): MaybeMissing[] => {
      const instead = places[index % places.length];
      return instead === undefined ? [value] : [instead, value, undefined];
    }),
  );

const isPresent = (value: MaybeMissing): value is number => typeof value === 'number' && !Number.isNaN(value);

test('skipped values change no more than the indices of the changes', () => {
  fc.assert(
    fc.property(withMissing, options, (series, given) => {
      const places = series.flatMap((value, index) => (isPresent(value) ? [index] : []));
      const expected = detectChangePoints(series.filter(isPresent), given).map((found) => ({
        ...found,
        changedAt: places[found.changedAt],
        interval: { from: places[found.interval.from], to: places[found.interval.to] },
        detectedAt: places[found.detectedAt],
      }));
      expect(detectChangePoints(Object.freeze(series), given, { missing: 'skip' })).toEqual(expected);
    }),
  );
});

test('segments are cut at these changes, and have the medians of what is there', () => {
  fc.assert(
    fc.property(withMissing, options, (series, given) => {
      const found = segments(Object.freeze(series), given, { missing: 'skip' });
      const cuts = detectChangePoints(series, given, { missing: 'skip' }).map(({ changedAt }) => changedAt);
      expect(found.map(({ start }) => start)).toEqual([0, ...cuts]);
      expect(found.map(({ end }) => end)).toEqual([...cuts, series.length]);
      for (const { start, end, median } of found)
        expect(median).toBe(naiveMedian(series.slice(start, end).filter(isPresent)));
    }),
  );
});

test('a series of missing values alone has neither changes nor segments', () => {
  const series = [Number.NaN, null, undefined];
  expect(detectChangePoints(series, {}, { missing: 'skip' })).toEqual([]);
  expect(segments(series, {}, { missing: 'skip' })).toEqual([]);
});

type Ask = (series: readonly number[], options?: DetectorOptions, how?: MissingValues) => unknown;

describe.each<[string, Ask]>([
  ['detectChangePoints', detectChangePoints],
  ['segments', segments],
])('%s', (_, ask) => {
  test.each([undefined, {}, { missing: 'throw' as const }])('refuses a missing value under %j', (how) => {
    const series = [1, Number.NaN];
    const message = 'value at index 1 must be a finite number, got NaN';
    expect(() => ask(series, undefined, how)).toThrow(new RangeError(message));
  });

  test('refuses an infinite value, also where missing ones are skipped', () => {
    const series = [1, Number.NaN, Number.NEGATIVE_INFINITY];
    const message = 'value at index 2 must be a finite number, got -Infinity';
    expect(() => ask(series, undefined, { missing: 'skip' })).toThrow(new RangeError(message));
  });

  test('refuses another policy', () => {
    const message = "missing must be 'throw' or 'skip', got 'omit'";
    expect(() => ask(step, undefined, { missing: 'omit' as 'skip' })).toThrow(new RangeError(message));
  });

  test('is the same under either policy where nothing is missing', () => {
    const answer = ask(step);
    expect(ask(step, undefined, { missing: 'skip' })).toEqual(answer);
    expect(ask(step, undefined, { missing: 'throw' })).toEqual(answer);
  });
});
