import { type ChangePoint, detectChangePoints, mannKendallTest } from '@aed/core';
import { describe, expect, test } from 'vitest';
import { trendOf } from '../../core/src/trend.ts';
import { randomOf } from './random.ts';

/** Uniform on ±½, without a trend. */
const random = randomOf(1);
const wiggles = Array.from({ length: 2000 }, () => random() - 0.5);
const wiggle = (index: number) => wiggles[index] ?? Number.NaN;
const ramp = (points: number, rise: number) =>
  Float64Array.from({ length: points }, (_, index) => index * rise + wiggle(index));

test.each([0, 1, 2])('%d points have none', (points) => {
  expect(trendOf(ramp(points, 1))).toBeUndefined();
});

test.each([3, 10, 128])('that of %d points is their Mann–Kendall test', (points) => {
  const { slope, pValue } = mannKendallTest(ramp(points, 0.01));
  expect(trendOf(ramp(points, 0.01))).toEqual({ slope, pValue });
});

test.each([
  [129, 1, 2],
  [256, 0, 2],
  [257, 2, 3],
  [1000, 0, 8],
])('that of %d points is the test of the medians of blocks, without the first %d', (points, left, length) => {
  const values = [...ramp(points, 0.001)].slice(left);
  const medians = Array.from({ length: values.length / length }, (_, block) => {
    const sorted = values.slice(block * length, (block + 1) * length).toSorted((a, b) => a - b);
    return ((sorted[(length - 1) >> 1] ?? 0) + (sorted[length >> 1] ?? 0)) / 2;
  });
  const { slope, pValue } = mannKendallTest(medians);
  expect(trendOf(ramp(points, 0.001))).toEqual({ slope: slope / length, pValue });
});

describe('a change point tells', () => {
  const practicalThreshold = 2;
  const reach = ({ trend, before }: ChangePoint) => (trend?.slope ?? 0) * before.count;

  test('a sudden shift: the level before it did not drift', () => {
    const step = Array.from({ length: 400 }, (_, index) => (index < 200 ? 0 : 3) + wiggle(index));
    const [found, ...others] = detectChangePoints(step, { practicalThreshold });
    expect(others).toEqual([]);
    expect(found?.trend?.pValue).toBeGreaterThan(0.2);
    expect(found && Math.abs(reach(found))).toBeLessThan(0.1);
  });

  test('a gradual drift: every level of its staircase drifted, as fast as the ramp and about as far as the shift', () => {
    const found = detectChangePoints(ramp(2000, 0.01), { practicalThreshold });
    expect(found).toHaveLength(4);
    for (const change of found) {
      expect(change.trend?.pValue).toBeLessThan(1e-6);
      expect(change.trend?.slope).toBeCloseTo(0.01, 3);
      expect(reach(change) / change.magnitude).toBeGreaterThan(0.5);
    }
  });
});
