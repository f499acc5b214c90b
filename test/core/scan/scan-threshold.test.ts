import { expect, test } from 'vitest';
import result from '../../../bench/results/scan-thresholds.json' with { type: 'json' };
import { fits, pointsBetween, scanThreshold, shareOfLonger } from '../../../core/src/scan/scan-threshold.ts';

test('the closed form is the fit of the simulation', () => {
  expect(fits).toEqual(result.rows.map(({ minimumLength, q, p }) => ({ minimumLength, q, p })));
});

test.each(result.rows)(
  'is within a fortieth of what was simulated: minimum length $minimumLength',
  ({ minimumLength, measured }) => {
    for (const [h = 0, mean = 0] of measured) {
      expect(Math.abs(Math.log(pointsBetween(h, minimumLength) / mean))).toBeLessThan(0.025);
    }
  },
);

test.each([2, 3, 4, 8, 10, 17, 32, 100])(
  'the points between are the inverse: minimum length %d',
  (length) => {
    for (const every of [200, 1000, 10_000, 1e7]) {
      const threshold = scanThreshold(every, length);
      if (threshold > 2) expect(pointsBetween(threshold, length) / every).toBeCloseTo(1, 9);
    }
  },
);

test('between two lengths that were simulated the threshold is between theirs; beyond them it is the last', () => {
  const at = (length: number) => scanThreshold(10_000, length);
  expect(at(10)).toBeLessThan(at(8));
  expect(at(10)).toBeGreaterThan(at(12));
  expect(at(100)).toBe(at(32));
});

test('a small score is no evidence', () => expect(pointsBetween(1.9, 32)).toBe(1));

test('longer sides have a share of the scores above a threshold, which falls with their length', () => {
  const lengths = [8, 9, 12, 20, 31, 32, 33, 64, 1000];
  for (const threshold of [2, 3, 4, 5.5]) {
    const shares = lengths.map((length) => shareOfLonger(threshold, length, 8));
    expect(shares[0]).toBe(1);
    expect(shares).toEqual(shares.toSorted((a, b) => b - a));
    expect(shareOfLonger(threshold, 64, 8)).toBeCloseTo(shareOfLonger(threshold, 32, 8) / 2, 12);
    expect(shareOfLonger(threshold, 128, 64)).toBeCloseTo(0.5, 12);
  }
});
