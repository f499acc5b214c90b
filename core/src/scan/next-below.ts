/** The double just below a finite one: at least `x` is more than `nextBelow(x)`. */
export function nextBelow(value: number): number {
  if (value === 0) return -Number.MIN_VALUE;
  const bits = new BigInt64Array(Float64Array.of(value).buffer);
  bits[0] = (bits[0] as bigint) - BigInt(Math.sign(value));
  return new Float64Array(bits.buffer)[0] as number;
}
