import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isolatedIn } from '../../../cli/report/gaps.ts';
import { thinner } from '../../../cli/report/thin.ts';

/** Readings at these places; `null` is a row without a value. */
function drawn(places: readonly (number | null)[], mostBuckets?: number) {
  const thin = thinner(mostBuckets);
  for (const place of places) {
    if (place === null) thin.missing();
    else thin.push(place, Math.sin(place));
  }
  return thin.points();
}

/** Between which places the line is broken. */
function breaksIn({ x, y }: ReturnType<typeof drawn>) {
  return y.flatMap((value, index) => (value === null ? [[x[index - 1], x[index + 1]] as const] : []));
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('the line is broken', () => {
  test('where readings are missing, and nowhere else, however far apart they are and however many', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 400 }),
        fc.integer({ min: 20, max: 400 }),
        fc.integer({ min: 4, max: 1000 }),
        fc.constantFrom(1, 1000, 60_000, 86_400_000),
        (before, after, gap, step) => {
          const places = upTo(before + after).map((index) => step * (index < before ? index : index + gap));
          expect(breaksIn(drawn(places))).toEqual([[places[before - 1], places[before]]]);
        },
      ),
      { numRuns: 50 },
    );
  });

  test('at a row without a value, even a single one', () => {
    const places = upTo(50).map((place) => (place === 20 ? null : place));
    expect(breaksIn(drawn(places))).toEqual([[19, 21]]);
  });

  test('not where every second row has no value, as in a file of two sensors', () => {
    expect(breaksIn(drawn(upTo(200).map((place) => (place % 2 === 0 ? place : null))))).toEqual([]);
  });

  test('not in readings of one moment, nor in a few', () => {
    expect(breaksIn(drawn([5, 5, 5, 5, 5, 9]))).toEqual([]);
    expect(breaksIn(drawn([0, 1, 50]))).toEqual([]);
    expect(breaksIn(drawn([]))).toEqual([]);
  });

  test('of a long series too, which is thinned: at a long gap, and nowhere in readings without one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 40, max: 3000 }), fc.integer({ min: 8, max: 40 }), (count, most) => {
        expect(breaksIn(drawn(upTo(count), most))).toEqual([]);
        const gap = 4 * count;
        const places = upTo(2 * count).map((index) => (index < count ? index : index + gap));
        expect(breaksIn(drawn(places, 4 * most))).toHaveLength(1);
      }),
      { numRuns: 50 },
    );
  });
});

test('a reading between two gaps is isolated', () => {
  const points = { x: [0, 1, 1.5, 2, 2.5, 3], y: [7, 8, null, 9, null, 7] };
  expect(isolatedIn(points)).toEqual([
    { x: 2, y: 9 },
    { x: 3, y: 7 },
  ]);
});

test('a series that keeps fewer points from now on loses no peak and stays in order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 300 }),
      fc.integer({ min: 2, max: 60 }),
      fc.nat(300),
      (values, most, when) => {
        const thin = thinner(100);
        for (const [index, value] of values.entries()) {
          if (index === when) thin.shrink(most);
          thin.push(index, value);
        }
        const { x, y } = thin.points();
        if (when < values.length) expect(x.length).toBeLessThanOrEqual(2 * most);
        expect(x).toEqual([...new Set(x)].sort((a, b) => a - b));
        expect(Math.max(...y.map(Number))).toBe(Math.max(...values));
        expect(Math.min(...y.map(Number))).toBe(Math.min(...values));
      },
    ),
  );
});
