import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { moved } from '../../../core/src/doubles/ordinal.ts';
import { Offset } from '../../../core/src/threshold/offset.ts';
import { addCounts, Walk } from '../../../core/src/threshold/walk.ts';
import { runsOf } from '../../use/share-of-runs.ts';
import { doubles } from '../arbitraries.ts';
import { signBeyond } from '../plain-sign.ts';

const { MAX_VALUE, MIN_VALUE } = Number;

/** Any finite double, and those where doubles end, begin or change their spacing. */
const double = fc
  .tuple(
    fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer({ min: -300, max: 300 }).map((tenths) => tenths / 10),
      fc.integer({ min: -1074, max: 1023 }).map((exponent) => 2 ** exponent),
      fc.constantFrom(0, MIN_VALUE, MAX_VALUE, 2 ** -1022, 2 ** -960, 2 ** 53),
    ),
    fc.integer({ min: -9, max: 9 }),
    fc.boolean(),
  )
  .map(([value, places, isNegative]) => finite((isNegative ? -1 : 1) * moved(value, places)) + 0);

const positive = double.map(Math.abs).filter((delta) => delta > 0);

const finite = (value: number) => Math.max(-MAX_VALUE, Math.min(MAX_VALUE, value));

/** Values of which the later one is as near to the threshold as rounding makes it. */
const pair = fc
  .tuple(double, positive, fc.integer({ min: -14, max: 14 }), double)
  .map(([earlier, delta, places, any]) => ({
    delta,
    pairs: [
      [earlier, finite(moved(finite(earlier + delta), places))],
      [finite(moved(finite(earlier - delta), places)), earlier],
      [earlier, moved(earlier, places % 3)],
      [earlier, any],
    ].map(([first = 0, second = 0]) => [finite(first) + 0, finite(second) + 0] as const),
  }));

/** The sign as the bounds for the earlier value say it. */
function signFromLater(earlier: number, later: number, offset: Offset): number {
  const [isBelow, isAbove] = [earlier < offset.below(later), earlier > offset.above(later)];
  expect(isBelow && isAbove).toBe(false);
  return Number(isBelow) - Number(isAbove);
}

const runs = { numRuns: runsOf(3000) };

describe('the sign of a difference less the threshold', () => {
  test('is that of the definition in whole numbers, whichever of the two values the bounds are made from', () => {
    fc.assert(
      fc.property(pair, ({ delta, pairs }) => {
        const [offset, opposite] = [new Offset(delta), new Offset(-delta)];
        for (const [earlier, later] of pairs) {
          const expected = signBeyond(earlier, later, delta);
          expect(signFromLater(earlier, later, offset)).toBe(expected);
          expect(0 - signFromLater(later, earlier, opposite)).toBe(0 + expected);
        }
      }),
      runs,
    );
  });

  test('is the other one with all signs changed', () => {
    fc.assert(
      fc.property(pair, ({ delta, pairs }) => {
        const [offset, opposite] = [new Offset(delta), new Offset(-delta)];
        for (const [earlier, later] of pairs) {
          expect(0 - signFromLater(-earlier + 0, -later + 0, opposite)).toBe(
            0 + signFromLater(earlier, later, offset),
          );
        }
      }),
      runs,
    );
  });

  test('a rise beyond it is no fall, a point that is not above falls short, and no sign is above that without a threshold', () => {
    fc.assert(
      fc.property(pair, ({ delta, pairs }) => {
        const offset = new Offset(delta);
        for (const [earlier, later] of pairs) {
          const sign = signFromLater(earlier, later, offset);
          expect(sign).toBeLessThanOrEqual(Math.sign(later - earlier));
          expect(sign + signFromLater(later, earlier, offset)).toBeLessThanOrEqual(0);
        }
      }),
      runs,
    );
  });

  test('both bounds rise, and are within reach', () => {
    const offset = fc
      .tuple(positive, fc.constantFrom(1, -1))
      .map(([delta, sign]) => new Offset(sign * delta));
    fc.assert(
      fc.property(offset, double, double, fc.integer({ min: 0, max: 30 }), (offset, one, other, places) => {
        const near = finite(moved(one, places));
        for (const [lower, higher] of [
          [one, near],
          [Math.min(one, other), Math.max(one, other)],
        ] as const) {
          expect(offset.below(lower)).toBeLessThanOrEqual(offset.below(higher));
          expect(offset.above(lower)).toBeLessThanOrEqual(offset.above(higher));
        }
        const [middle, reach] = [one - offset.value, offset.reach(one)];
        expect(offset.below(one) < middle - reach).toBe(false);
        expect(offset.above(one) > middle + reach).toBe(false);
      }),
      // The error of a sum was infinite: the bounds fell.
      { ...runs, examples: [[new Offset(-MAX_VALUE), -1.123558209288947e307, 0, 1]] },
    );
  });

  test('with a threshold of 0 it is the plain sign', () => {
    fc.assert(
      fc.property(double, double, fc.integer({ min: -3, max: 3 }), (one, other, places) => {
        for (const value of [other, moved(one, places)])
          expect(signFromLater(one, value, new Offset(0))).toBe(Math.sign(value - one));
      }),
    );
  });

  test('of decimals whose difference is the threshold is 0, as read, scaled, and scaled and shifted', () => {
    const sizes = fc.constantFrom(1, 10, 100, 1000, 1e4);
    const scale = fc.constantFrom(0.1, 3, 0.7, 1.8, 1e-3, 273.15, 1e6);
    const shift = fc.constantFrom(0.1, 32, 273.15);
    const [start, steps] = [fc.nat(1_000_000), fc.integer({ min: 1, max: 1_000_000 })];
    fc.assert(
      fc.property(start, steps, sizes, scale, shift, (start, steps, size, by, further) => {
        const [low, high, delta] = [start / size, (start + steps) / size, steps / size];
        const offset = new Offset(delta);
        const scaled = new Offset(delta * by);
        for (const sign of [1, -1]) {
          const [earlier, later] = sign > 0 ? [low, high] : [-high + 0, -low + 0];
          expect(signFromLater(earlier, later, offset)).toBe(0);
          expect(signFromLater(earlier * by, later * by, scaled)).toBe(0);
          const moved = sign * further;
          expect(signFromLater(earlier * by + moved, later * by + moved, scaled)).toBe(0);
        }
      }),
      runs,
    );
  });

  test.each([
    ['a step of a tenth more', 20.2, 20.6, 0.3, 1],
    ['a step of a tenth less', 20.2, 20.4, 0.3, -1],
    ['exactly, though more in binary', 20.2, 20.5, 0.3, 0],
    ['exactly, though less in binary', 20.1, 20.4, 0.3, 0],
    ['whole numbers near 2⁴⁸', 2 ** 48, 2 ** 48 + 4, 3, 1],
    ['the same, exactly', 2 ** 48, 2 ** 48 + 3, 3, 0],
    ['beyond 2⁵³, where doubles are 256 apart', 2 ** 61, 2 ** 61 + 2 ** 20, 2 ** 19, 1],
    ['a sum beyond the doubles', 1e308, 1.1e308, 1e308, -1],
    ['a difference beyond the doubles', -1e308, 1e308, MAX_VALUE, 1],
    ['the largest threshold and one value', MAX_VALUE, MAX_VALUE, MAX_VALUE, -1],
    ['the least threshold and one value', 7, 7, MIN_VALUE, -1],
    ['the least threshold and zeros', 0, 0, MIN_VALUE, -1],
  ])('%s', (_, earlier, later, delta, sign) => {
    expect(signBeyond(earlier, later, delta)).toBe(sign);
    expect(signFromLater(earlier, later, new Offset(delta))).toBe(sign);
  });
});

test('a walk along ascending values stops where the bounds say', () => {
  const values = fc.tuple(doubles({ maxLength: 20 }), fc.array(double, { maxLength: 6 }));
  const offsets = fc.oneof(double, fc.constantFrom(0, 0.25, -0.25, 1, -0.3));
  fc.assert(
    fc.property(values, values, offsets, (one, other, by) => {
      const offset = new Offset(by);
      const among = Float64Array.from(one.flat()).sort();
      const rising = Float64Array.from([
        ...other.flat(),
        ...one.flat().map((value) => finite(value + by)),
      ]).sort();
      const counts = new Float64Array(rising.length);
      const places = Uint32Array.from(rising, (_, index) => index);
      const total = addCounts(
        new Walk(among, 0, among.length, offset),
        rising,
        0,
        rising.length,
        counts,
        places,
        1,
      );
      const expected = [...rising].map(
        (value) =>
          among.filter((x) => x < offset.below(value)).length +
          among.filter((x) => x <= offset.above(value)).length,
      );
      expect([...counts]).toEqual(expected);
      expect(total).toBe(expected.reduce((sum, count) => sum + count, 0));
    }),
    { numRuns: runsOf(500) },
  );
});
