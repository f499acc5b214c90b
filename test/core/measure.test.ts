import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { measure } from '../../core/src/measure.ts';
import { medianOfSorted } from '../../core/src/median.ts';
import { isShifted, shiftInterval, shiftOf, superiorityOf } from '../../core/src/shift.ts';
import { doubles, threshold } from './arbitraries.ts';
import { naiveU } from './naive.ts';
import { naiveShift, naiveShiftInterval, naiveSuperiority } from './naive-measure.ts';
import { naiveMedian } from './naive-median.ts';

const sorted = (values: readonly number[]) => Float64Array.from(values).sort();
const side = doubles({ minLength: 1, maxLength: 25 });

describe('equals its definition', () => {
  test('the Hodges–Lehmann shift', () => {
    fc.assert(
      fc.property(side, side, (before, after) => {
        expect(shiftOf([{ before: sorted(before), after: sorted(after) }])).toBe(naiveShift(before, after));
      }),
    );
  });

  test('the superiority', () => {
    fc.assert(
      fc.property(side, side, (before, after) => {
        expect(superiorityOf([{ before: sorted(before), after: sorted(after) }])).toBe(
          naiveSuperiority(before, after),
        );
      }),
    );
  });

  test('the interval of the shift', () => {
    fc.assert(
      fc.property(side, side, fc.constantFrom(1, 1.5, 20), (before, after, inflation) => {
        expect(shiftInterval([{ before: sorted(before), after: sorted(after) }], inflation)).toEqual(
          naiveShiftInterval(before, after, inflation),
        );
      }),
    );
  });

  test('whether the sides lie apart by more than a threshold', () => {
    fc.assert(
      fc.property(side, side, threshold, (before, after, threshold) => {
        const both = [{ before: sorted(before), after: sorted(after) }];
        const moved = (by: number) => naiveU([...before, ...after], before.length, by);
        expect(isShifted(both, 'up', threshold)).toBe(moved(threshold) > 0);
        expect(isShifted(both, 'down', threshold)).toBe(moved(-threshold) < 0);
      }),
    );
  });

  test('the median', () => {
    fc.assert(
      fc.property(side, (values) => {
        expect(medianOfSorted(sorted(values))).toBe(naiveMedian(values));
      }),
    );
  });
});

test('the shift of long sides needs no list of their differences', () => {
  const points = 20_000;
  const before = Float64Array.from({ length: points }, (_, index) => index / 4);
  const after = before.map((value) => value + 1000);
  expect(shiftOf([{ before, after }])).toBe(1000);
});

test.each([
  ['one pair', [1], [4], 3],
  ['two pairs: the mean of both', [1], [4, 6], 4],
  ['ties', [1, 1, 1], [2, 2, 2], 1],
  ['a difference beyond the doubles: the largest', [-Number.MAX_VALUE], [Number.MAX_VALUE], Number.MAX_VALUE],
  ['the same, down', [Number.MAX_VALUE], [-Number.MAX_VALUE], -Number.MAX_VALUE],
  ['a mean whose sum is beyond the doubles', [0], [Number.MAX_VALUE, Number.MAX_VALUE], Number.MAX_VALUE],
  ['the smallest double', [0], [Number.MIN_VALUE], Number.MIN_VALUE],
])('the shift of %s', (_, before, after, expected) => {
  expect(shiftOf([{ before: sorted(before), after: sorted(after) }])).toBe(expected);
});

describe('the interval of the shift', () => {
  const ascending = (count: number) => Float64Array.from({ length: count }, (_, index) => index);

  test('of short sides reaches from the least difference to the largest', () => {
    expect(shiftInterval([{ before: ascending(3), after: ascending(2) }], 1)).toEqual({ from: -2, to: 1 });
  });

  test('leaves out as many differences on either side as the rank sum of 20 and 10 points may vary', () => {
    // 100 less 2.4 · √(20 · 10 · 31 / 12): the 46th from either end.
    const { from, to } = shiftInterval([{ before: ascending(20), after: ascending(10) }], 1);
    const all = [...ascending(10)].flatMap((later) => [...ascending(20)].map((earlier) => later - earlier));
    all.sort((a, b) => a - b);
    expect([from, to]).toEqual([all[45], all[200 - 46]]);
  });

  test('is wider under dependence', () => {
    const width = (inflation: number) => {
      const { from, to } = shiftInterval([{ before: ascending(40), after: ascending(20) }], inflation);
      return to - from;
    };
    expect(width(4)).toBeGreaterThan(1.5 * width(1));
  });
});

describe('the window', () => {
  const ramp = Float64Array.of(0, 0, 0, 0, 4, 6, 10, 10, 10, 10);
  const at = (split: number, window: number) =>
    measure(ramp, split, 'up', { window, practicalThreshold: 0 }).magnitude;

  test('keeps the points next to the change out of the magnitude', () => {
    const spread = Float64Array.of(0, 0, 3, 4, 6, 10, 10);
    const magnitude = (window: number) =>
      measure(spread, 4, 'up', { window, practicalThreshold: 0 }).magnitude;
    expect(magnitude(0)).toBe(6.5);
    expect(magnitude(1)).toBe(10);
  });

  test('is cut where a side is short, so that its last point stays', () => {
    expect(at(1, 100)).toBe(10);
    expect(at(9, 100)).toBe(10);
  });

  test('is given up where what is left does not reach the threshold', () => {
    const up = Float64Array.of(0, 0, 0, 0, 9, 9, 9, 1);
    const down = up.map((value) => 9 - value);
    const options = (practicalThreshold: number) => ({ window: 3, practicalThreshold });
    expect(measure(up, 4, 'up', options(1)).magnitude).toBe(1);
    expect(measure(up, 4, 'up', options(2)).magnitude).toBe(9);
    expect(measure(down, 4, 'down', options(1)).magnitude).toBe(-1);
    expect(measure(down, 4, 'down', options(2)).magnitude).toBe(-9);
  });

  test('changes neither counts nor medians nor superiority nor trend nor the interval', () => {
    const { magnitude: narrow, ...others } = measure(ramp, 4, 'up', { window: 0, practicalThreshold: 0 });
    const { magnitude: wide, ...same } = measure(ramp, 4, 'up', { window: 9, practicalThreshold: 0 });
    expect(others).toEqual({
      magnitudeInterval: { from: 4, to: 10 },
      superiority: 1,
      before: { count: 4, median: 0, mean: 0 },
      after: { count: 6, median: 10, mean: 50 / 6 },
      trend: { slope: 0, pValue: 1 },
    });
    expect(same).toEqual(others);
  });
});

test('the mean of a side stays within the doubles where the shares of its points add up to more', () => {
  const most = Number.MAX_VALUE;
  const options = { window: 0, practicalThreshold: 0 };
  const { before, after } = measure(Float64Array.of(-most, -most, -most, most, most, most), 3, 'up', options);
  expect([before.mean, after.mean]).toEqual([-most, most]);
});
