import { falseAlarmProbability } from '@aed/core';
import { expect, test } from 'vitest';
import fitted from '../../bench/results/false-alarms.json' with { type: 'json' };
import others from '../../bench/results/false-alarms-check.json' with { type: 'json' };

const alphas = [0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005, 0.0002, 0.0001];
/** The series that the formula was fitted to, and others that it was not. */
const cases = Object.entries({ fitted, others }).flatMap(([of, { rows }]) =>
  rows.flatMap(({ points, series, alarms }) =>
    alarms.map((count, index) => ({ of, alpha: alphas[index] ?? 0, points, rate: count / series, series })),
  ),
);

test('the simulations are there', () => expect(cases).toHaveLength(140));

test.each(cases)(
  'is that of $of simulations at alpha $alpha by $points points',
  ({ alpha, points, rate }) => {
    expect(Math.abs(falseAlarmProbability(alpha, points) - rate)).toBeLessThan(0.05);
  },
);

const rareCases = cases.filter(({ rate, points }) => rate < 0.2 && points >= 200);
test.each(rareCases)(
  'also where alarms are rare: $of, alpha $alpha, $points points',
  ({ alpha, points, rate, series }) => {
    const expected = falseAlarmProbability(alpha, points);
    const standardError = Math.sqrt((expected * (1 - expected)) / series);
    expect(Math.abs(expected - rate)).toBeLessThan(0.1 * expected + 3 * standardError);
  },
);

test.each([
  [0.01, 0],
  [0.01, 16],
  [0.0001, 50],
])('is 0 at alpha %d by %d points, too few for an alarm', (alpha, points) => {
  expect(falseAlarmProbability(alpha, points)).toBeCloseTo(0, 3);
});

test('grows with alpha and with the points, and stays below 1', () => {
  const rates = [0.001, 0.01, 0.1, 0.5].flatMap((alpha) =>
    [100, 1000, 1e6].map((points) => falseAlarmProbability(alpha, points)),
  );
  for (let row = 0; row < 4; row++) {
    const [first = 0, second = 0, third = 0] = rates.slice(3 * row, 3 * row + 3);
    expect(first < second && second < third && third < 1).toBe(true);
    expect(first).toBeLessThan(rates[3 * row + 3] ?? 1);
  }
});

test.each([
  [0, 10, 'alpha must be a number greater than 0 and less than 1, got 0'],
  [0.01, -1, 'points must be a number of at least 0, got -1'],
  [0.01, Number.NaN, 'points must be a number of at least 0, got NaN'],
  [0.01, '10', "points must be a number of at least 0, got '10'"],
])('(%s, %s) is refused', (alpha, points, message) => {
  expect(() => falseAlarmProbability(alpha, points as number)).toThrow(new RangeError(message));
});
