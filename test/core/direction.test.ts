import { type ChangePoint, type DetectorOptions, detectChangePoints } from '@aed/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { doubles, levels, options } from './arbitraries.ts';

/** Counts of rare events, at two rates: nearly all of them are 0. */
const counts = fc
  .tuple(
    fc.integer({ min: 20, max: 60 }),
    fc.array(fc.nat(9), { minLength: 60, maxLength: 120, size: 'max' }),
    fc.integer({ min: 1, max: 8 }),
  )
  .map(([change, digits, rate]) =>
    digits.map((digit, index) => (digit < (index < change ? 1 : rate) ? 1 : 0)),
  );

const scan = fc.record({
  statistic: fc.constant('scan' as const),
  falseAlarmEvery: fc.constantFrom(100, 1000),
  practicalThreshold: fc.constantFrom(0, 0, 0.5),
  dependence: fc.constantFrom('independent' as const, 'auto' as const),
  period: fc.constantFrom(1, 1, 3),
});

describe.each([
  ['mpp', options],
  ['scan', scan],
])('a change point of %s', (_, anyOptions: fc.Arbitrary<DetectorOptions>) => {
  const found = (
    series: fc.Arbitrary<number[]>,
    holds: (change: ChangePoint, side: 1 | -1) => void,
    ofOptions = anyOptions,
  ) => {
    let seen = 0;
    fc.assert(
      fc.property(series, ofOptions, (values, chosen) => {
        for (const change of detectChangePoints(values, chosen)) {
          seen++;
          holds(change, change.direction === 'up' ? 1 : -1);
        }
      }),
      { numRuns: 200 },
    );
    expect(seen).toBeGreaterThan(5);
  };

  test('leads where later readings more often lie, and its shift never leads the other way', () => {
    const any = fc.oneof(levels(60), counts, doubles({ minLength: 30, maxLength: 80, size: 'max' }));
    found(any, ({ superiority, magnitude, magnitudeInterval: { from, to } }, side) => {
      expect(side * (superiority - 0.5)).toBeGreaterThan(0);
      expect(side * magnitude).toBeGreaterThanOrEqual(0);
      expect(magnitude).toBeGreaterThanOrEqual(from);
      expect(magnitude).toBeLessThanOrEqual(to);
    });
  });

  test('of two values leads where the mean moves, though the median may stand still', () => {
    const leads = ({ before, after }: ChangePoint, side: 1 | -1) => {
      expect(side * (after.mean - before.mean)).toBeGreaterThan(0);
      expect(side * (after.median - before.median)).toBeGreaterThanOrEqual(0);
    };
    found(
      counts,
      leads,
      anyOptions.map((chosen) => ({ ...chosen, period: 1 })),
    );
  });
});

test('a mean that a few extreme readings move counts for nothing: the ranks decide', () => {
  const wiggle = (index: number) => ((index * 7) % 11) / 10;
  const readings = Array.from({ length: 80 }, (_, index) => (index < 40 ? 0 : 3) + wiggle(index));
  readings[20] = 1e6;
  const [found] = detectChangePoints(readings);
  expect(found?.direction).toBe('up');
  expect(found?.magnitude).toBeCloseTo(3, 0);
  const { before, after } = found ?? expect.fail('no change point');
  expect(after.median).toBeGreaterThan(before.median);
  expect(after.mean).toBeLessThan(before.mean);
});
