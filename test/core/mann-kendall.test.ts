import { mannKendallTest } from '@aed/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sortCountingInversions } from '../../core/src/inversions.ts';
import { normalTails } from '../../core/src/normal-tail.ts';
import { senSlope } from '../../core/src/sen-slope.ts';
import { levels, noise } from './arbitraries.ts';
import { naiveKendallS, naiveSlope } from './naive-trend.ts';

const series = fc.oneof(noise(60), levels(15));

test('S is the sum of signs over all pairs', () => {
  fc.assert(
    fc.property(series, (values) => {
      expect(mannKendallTest(Object.freeze(values)).statistic).toBe(naiveKendallS(values));
    }),
  );
});

test('the variance is that of S over all orders of the points', () => {
  const orders = (values: readonly number[]): number[][] =>
    values.length === 0
      ? [[]]
      : values.flatMap((value, index) => orders(values.toSpliced(index, 1)).map((rest) => [value, ...rest]));
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 2, maxLength: 5 }), (values) => {
      const squares = orders(values).map((order) => naiveKendallS(order) ** 2);
      const mean = squares.reduce((sum, square) => sum + square, 0) / squares.length;
      expect(mannKendallTest(values).variance).toBeCloseTo(mean, 12);
    }),
    { numRuns: 30 },
  );
});

test.each([
  ['no point', [], 0],
  ['one point', [3], 0],
  ['equal points', [3, 3, 3, 3], 0],
  ['two points', [3, 5], 2],
])('%s are no evidence', (_, values, slope) => {
  expect(mannKendallTest(values)).toMatchObject({ z: 0, pValue: 1, slope });
});

test('up and down are mirror images', () => {
  fc.assert(
    fc.property(series, (values) => {
      const up = mannKendallTest(values);
      const down = mannKendallTest(values.map((value) => 0 - value));
      expect([0 - down.statistic, 0 - down.z, 0 - down.slope]).toEqual([up.statistic, up.z, up.slope]);
      expect([down.variance, down.pValue]).toEqual([up.variance, up.pValue]);
    }),
  );
});

describe("Sen's slope", () => {
  const close = (actual: number, expected: number, digits: number) =>
    expect(Math.abs(actual - expected)).toBeLessThanOrEqual(Math.abs(expected) * 10 ** -digits);

  test('is the median of all slopes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, min: -1e270, max: 1e270 }), { minLength: 2, maxLength: 25 }),
        (values) => {
          expect(senSlope(Float64Array.from(values)) + 0).toBe(naiveSlope(values) + 0);
        },
      ),
    );
  });

  test('by bisection is the same to all but the last digits, also far from zero', () => {
    const far = fc
      .tuple(series, fc.constantFrom(0, 580.3, 1e9, -1e12))
      .map(([values, offset]) => values.map((value, index) => offset + value / 8 + index / 1024));
    const steep = series.map((values) =>
      values.map((value, index) => (value / 16 + index / 1000) * 2 ** 1020),
    );
    const long = fc
      .tuple(series, fc.constantFrom(1e6, -3e9))
      .map(([values, offset]) =>
        values.map((value, index) => offset + value / 1e5 + index * 0.0123456789012345),
      );
    fc.assert(
      fc.property(fc.oneof(series, far, steep, long), (values) => {
        const exact = Float64Array.from(values);
        close(senSlope(exact, 0), senSlope(exact), 14);
      }),
    );
  });

  test('by bisection needs no list', () => {
    const points = 4000;
    const values = Float64Array.from({ length: points }, (_, i) => 1e6 + i / 1024 + ((i * 7919) % 101));
    expect(senSlope(values)).toBeCloseTo(1 / 1024, 5);
  });

  test.each([
    ['of a line is its rise a point', [1, 3, 5, 7], 2],
    ['of a stair with equal neighbours', [0, 0, 0, 1], 1 / 6],
    ['of an even count of slopes is the mean of two', [0, 0, 0, 3], 0.5],
    ['beyond the doubles is the largest', [-Number.MAX_VALUE, Number.MAX_VALUE], Number.MAX_VALUE],
    ['the same, down', [Number.MAX_VALUE, -Number.MAX_VALUE], -Number.MAX_VALUE],
    ['near the largest doubles', [0, Number.MAX_VALUE, 0], 0],
    ['of the smallest double', [0, Number.MIN_VALUE], Number.MIN_VALUE],
  ])('%s', (_, values, expected) => {
    expect(senSlope(Float64Array.from(values))).toBe(expected);
    expect(senSlope(Float64Array.from(values), 0)).toBeCloseTo(expected, 12);
  });
});

test('inversions are counted while the sums are sorted, by their low parts too', () => {
  const part = fc.constantFrom(-0.25, 0, 0.25);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: -3, max: 3 }), part), { maxLength: 60, size: 'max' }),
      (sums) => {
        const values = sums.map(([high, low]) => high + low);
        const high = Float64Array.from(sums, ([part]) => part);
        const low = Float64Array.from(sums, ([, part]) => part);
        const inversions = values.flatMap((value, j) =>
          values.slice(0, j).filter((earlier) => earlier > value),
        );
        expect(sortCountingInversions(high, low)).toBe(inversions.length);
        expect([...high.map((value, index) => value + (low[index] ?? 0))]).toEqual(
          values.toSorted((a, b) => a - b),
        );
      },
    ),
  );
});

// 2 · (1 − Φ(z)) as C's erfc has it
test.each([
  [0, 1],
  [0.5, 0.617075077451973],
  [1, 0.3173105078629141],
  [1.96, 0.04999579029644087],
  [2.49, 0.012774309529886353],
  [2.5, 0.01241933065155227],
  [3, 0.002699796063260189],
  [6, 1.973175290075396e-9],
  [10, 1.523970604832094e-23],
  [37, 1.1451142445050278e-299],
  [40, 0],
])('the tails of a standard normal beyond %d', (z, expected) => {
  expect(Math.abs(normalTails(z) - expected)).toBeLessThanOrEqual(expected * 4e-13);
});
