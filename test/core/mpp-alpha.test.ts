import { alphaAt, falseAlarmEveryAt } from '@aed/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import simulated from '../../bench/results/mpp-false-alarm-every.json' with { type: 'json' };
import { mppLevel } from '../../core/src/mpp/mpp-alpha.ts';

const every = fc.double({ min: 100, max: 1e7, noNaN: true });
const length = fc.integer({ min: 0, max: 1e6 });

test('alpha and the points between false alarms are inverse to each other, where alpha is below 1', () => {
  fc.assert(
    fc.property(every, length, (N, points) => {
      const alpha = alphaAt(N, points);
      fc.pre(alpha < 1);
      expect(falseAlarmEveryAt(alpha, points) / N).toBeCloseTo(1, 9);
    }),
  );
});

test('alpha grows with the points up to 1, and falls with the points between false alarms', () => {
  fc.assert(
    fc.property(every, length, (N, points) => {
      const alpha = alphaAt(N, points);
      expect(alpha).toBeGreaterThan(0);
      expect(alpha).toBeLessThanOrEqual(Math.min(1, alphaAt(N, points + 1)));
      expect(alpha).toBeGreaterThanOrEqual(alphaAt(Math.min(2 * N, 1e7), points));
    }),
  );
});

test('what the statistic needs rises with the points, for an alpha and for a stated rate: a certificate relies on it', () => {
  const stated = fc.oneof(
    fc.record({
      alpha: fc.double({ min: 1e-300, max: 1, minExcluded: true, maxExcluded: true, noNaN: true }),
      falseAlarmEvery: fc.constant(0),
    }),
    fc.record({ alpha: fc.constant(0.05), falseAlarmEvery: every }),
  );
  fc.assert(
    fc.property(stated, fc.integer({ min: 1, max: 1e6 }), (options, points) => {
      const { needed } = mppLevel(options);
      expect(needed(points + 1)).toBeGreaterThan(needed(points));
    }),
  );
});

test('a p-value of 0 is worth any number of points', () => {
  expect(falseAlarmEveryAt(0, 100)).toBe(Number.POSITIVE_INFINITY);
});

test.each([
  [99, 10, 'falseAlarmEvery must be a number from 100 to 10,000,000, got 99'],
  [0, 10, 'falseAlarmEvery must be a number from 100 to 10,000,000, got 0'],
  [1e7 + 1, 10, 'falseAlarmEvery must be a number from 100 to 10,000,000, got 10000001'],
  [1000, -1, 'points must be a number of at least 0, got -1'],
  [1000, Number.NaN, 'points must be a number of at least 0, got NaN'],
])('alpha for (%s, %s) is refused', (N, points, message) => {
  expect(() => alphaAt(N, points)).toThrow(new RangeError(message));
});

test.each([
  [-1e-9, 10, 'pValue must be a number from 0 to 1, got -1e-9'],
  [2, 10, 'pValue must be a number from 0 to 1, got 2'],
  ['0.1', 10, "pValue must be a number from 0 to 1, got '0.1'"],
  [0.1, '10', "points must be a number of at least 0, got '10'"],
])('the points between false alarms for (%s, %s) are refused', (pValue, points, message) => {
  expect(() => falseAlarmEveryAt(pValue as number, points as number)).toThrow(new RangeError(message));
});

test.each(simulated.rows)(
  'of simulations with a false alarm every $every points, the mean is within a tenth',
  (row) => {
    expect(Math.abs(row.first - 1)).toBeLessThan(0.1 + 2 * row.firstError);
  },
);
