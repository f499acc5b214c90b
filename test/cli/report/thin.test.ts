import fc from 'fast-check';
import { expect, test } from 'vitest';
import { thinner } from '../../../cli/report/thin.ts';

function thinned(values: readonly number[], mostBuckets: number) {
  const thin = thinner(mostBuckets);
  for (const [x, y] of values.entries()) thin.push(x, y);
  return thin.points();
}

test('a series that fits stays whole', () => {
  expect(thinned([3, 1, 2], 4)).toEqual({ x: [0, 1, 2], y: [3, 1, 2] });
});

test('however long the series: few points, in order, real readings, and no peak is lost', () => {
  const value = fc.integer({ min: -1000, max: 1000 });
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 1, maxLength: 600 }),
      fc.integer({ min: 2, max: 20 }),
      (values, most) => {
        const { x, y } = thinned(values, most);
        expect(x.length).toBeLessThanOrEqual(2 * most);
        expect(x).toEqual([...new Set(x)].sort((a, b) => a - b));
        expect(y).toEqual(x.map((at) => values[at]));
        expect(Math.max(...y.map(Number))).toBe(Math.max(...values));
        expect(Math.min(...y.map(Number))).toBe(Math.min(...values));
        // No long stretch is without a point.
        const longest = 2 * Math.ceil((2 * values.length) / most) + 2;
        for (const [index, at] of x.entries()) expect(at - (x[index - 1] ?? 0)).toBeLessThanOrEqual(longest);
      },
    ),
  );
});
