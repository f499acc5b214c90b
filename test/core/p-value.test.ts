import { pValueAt, statisticAt } from '@aed/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';

test.each([
  [0.01, 20],
  [0.05, 7],
  [1e-6, 1000],
])('at alpha %d and %d points, p is alpha where the statistic is what is needed', (alpha, points) => {
  const statistic = statisticAt(alpha, points);
  const p = 2 * Math.exp((-6 * statistic ** 2) / (points ** 3 + points ** 2));
  expect(p).toBeCloseTo(alpha, 12);
});

test('p and the statistic are inverse to each other, at every level', () => {
  const alphas = fc.double({ min: 1e-300, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(alphas, fc.integer({ min: 2, max: 1e6 }), (alpha, points) => {
      const statistic = statisticAt(alpha, points);
      expect(Math.log(pValueAt(statistic, points))).toBeCloseTo(Math.log(alpha), 9);
      expect(pValueAt(statistic * (1 + 1e-9), points)).toBeLessThanOrEqual(alpha);
      expect(pValueAt(statistic * (1 - 1e-9), points)).toBeGreaterThanOrEqual(alpha);
    }),
  );
});

test.each([
  [0, 10, 1],
  [1, 10, 1],
  [Number.MAX_SAFE_INTEGER, 10, 0],
])('p of the statistic %d by %d points is %d', (statistic, points, p) => {
  expect(pValueAt(statistic, points)).toBe(p);
});

test.each([
  [0, 10, 'alpha must be a number greater than 0 and less than 1, got 0'],
  [1, 10, 'alpha must be a number greater than 0 and less than 1, got 1'],
  [0.01, -1, 'points must be a number of at least 0, got -1'],
  [0.01, '10', "points must be a number of at least 0, got '10'"],
])('the statistic at (%s, %s) is refused', (alpha, points, message) => {
  expect(() => statisticAt(alpha, points as number)).toThrow(new RangeError(message));
});
