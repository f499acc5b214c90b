import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blockEnds, blocksOf } from '../../core/src/certificate/blocks.ts';
import { SortedRegime } from '../../core/src/sorted-regime.ts';

describe('the blocks of a certificate', () => {
  const regime = (values: readonly number[], threshold: number) => {
    const sorted = new SortedRegime(threshold);
    sorted.add(Float64Array.from(values));
    return sorted;
  };

  test('follow one another up to the last split, and each point but the last one is in its block', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 129, maxLength: 600 }),
        fc.double({ min: 0, max: 20, noNaN: true }),
        (values, threshold) => {
          const ends = blockEnds(regime(values, threshold));
          expect(ends).toEqual([...new Set(ends)].sort((a, b) => a - b));
          expect(ends.at(-1)).toBe(values.length - 1);
          // The first block whose end lies behind the point, by the definition.
          const expected = values.map((_, time) => ends.filter((end) => end <= time).length);
          expect([...blocksOf(ends, values.length)]).toEqual(expected);
        },
      ),
    );
  });

  test('are as long as the first one without a threshold, and longer and longer with one', () => {
    const values = Array.from({ length: 1000 }, (_, index) => (index * 389) % 1000);
    const lengths = (ends: readonly number[]) =>
      ends.slice(0, -1).map((end, block) => end - (ends[block - 1] ?? 0));
    expect(new Set(lengths(blockEnds(regime(values, 0))))).toEqual(new Set([89]));
    // Of the pairs 90,000 are less than 100 apart, and half of the rest is further up: 9 to 40.
    const [first = 0, second = 0, third = 0] = lengths(blockEnds(regime(values, 100)));
    expect(first).toBe(89);
    expect(second).toBeGreaterThan(first);
    expect(third).toBeGreaterThan(second);
  });
});
