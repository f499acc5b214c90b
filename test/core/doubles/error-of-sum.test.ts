import fc from 'fast-check';
import { expect, test } from 'vitest';
import { errorOfSum } from '../../../core/src/doubles/error-of-sum.ts';

/** A finite double as a whole number of the smallest ones. */
function inSmallest(value: number): bigint {
  const bits = new BigUint64Array(new Float64Array([value]).buffer)[0] as bigint;
  const exponent = (bits >> 52n) & 0x7ffn;
  const mantissa = bits & (2n ** 52n - 1n);
  const size = exponent === 0n ? mantissa : (mantissa + 2n ** 52n) << (exponent - 1n);
  return value < 0 ? -size : size;
}

const double = fc.double({ noNaN: true, noDefaultInfinity: true });
/** Where doubles end: steps of a sum can exceed them though the sum does not. */
const large = fc
  .tuple(fc.double({ min: 2 ** -6, max: 1 - 2 ** -53, noNaN: true }), fc.boolean())
  .map(([share, isNegative]) => (isNegative ? -1 : 1) * share * 2 ** 1023 * 2);

test('a sum and its error are the exact sum of any two doubles whose sum is one', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.tuple(double, double), fc.tuple(large, large), fc.tuple(large, double)),
      ([a, b]) => {
        const sum = a + b;
        fc.pre(Number.isFinite(sum));
        expect(inSmallest(sum) + inSmallest(errorOfSum(a, b, sum))).toBe(inSmallest(a) + inSmallest(b));
      },
    ),
    { numRuns: 5000, examples: [[[-1.123558209288947e307, Number.MAX_VALUE]]] },
  );
});
