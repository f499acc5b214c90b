const float = new Float64Array(1);
const bits = new BigInt64Array(float.buffer);
const signBit = -(2n ** 63n);

/** The place of a double among all doubles in ascending order, 0 for 0: neighbours differ by one. */
function toOrdinal(value: number): bigint {
  float[0] = value;
  const pattern = bits[0] as bigint;
  return pattern < 0n ? signBit - pattern : pattern;
}

/** The double at a place. */
function fromOrdinal(ordinal: bigint): number {
  bits[0] = ordinal < 0n ? signBit - ordinal : ordinal;
  return float[0] as number;
}

/** The largest double that is less than this one. */
export function previousDouble(value: number): number {
  return fromOrdinal(toOrdinal(value) - 1n);
}

/**
 * The least double from `least` to `most` for which something holds, by bisection: asked at most 64 times.
 *
 * @param holds - true for `most`; once true, true for all greater doubles
 */
export function leastDouble(least: number, most: number, holds: (value: number) => boolean): number {
  let low = toOrdinal(least);
  let high = toOrdinal(most);
  while (low < high) {
    const middle = (low + high) >> 1n;
    if (holds(fromOrdinal(middle))) high = middle;
    else low = middle + 1n;
  }
  return fromOrdinal(low);
}
