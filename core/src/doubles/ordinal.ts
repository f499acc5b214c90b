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

const ordinalOfInfinity = toOrdinal(Infinity);

/** Between these, half of a last place is no subnormal number and no step leads to infinity. */
export const small = 2 ** -960;
export const large = 2 ** 1023;
/** A little more than half a last place, in relation to the value. */
export const halfPlace = 2 ** -53 * (1 + 2 ** -52);

/**
 * The double so many places further up, or down, among all doubles. Behind the largest one comes infinity, which stays.
 *
 * Steps of a little more than half of a last place are rounded to the next double. Source: Rump, Zimmermann, Boldo & Melquiond (2009).
 *
 * @param places - a few; negative for down
 */
export function moved(value: number, places: number): number {
  if (value === 0) return places * Number.MIN_VALUE;
  const size = Math.abs(value);
  if (!(size > small && size < large)) return movedByOrdinal(value, places);
  const share = places < 0 ? -halfPlace : halfPlace;
  let result = value;
  for (let count = Math.abs(places); count > 0; count--) result += share * Math.abs(result);
  return result;
}

function movedByOrdinal(value: number, places: number): number {
  if (Math.abs(value) === Infinity) return value;
  const place = toOrdinal(value) + BigInt(places);
  return place > ordinalOfInfinity ? Infinity : place < -ordinalOfInfinity ? -Infinity : fromOrdinal(place);
}

/** The least double that is more than this one. Of most it takes one step, and no call. */
export function nextDouble(value: number): number {
  const size = Math.abs(value);
  return size > small && size < large ? value + halfPlace * size : moved(value, 1);
}

/** The largest double that is less than this one. */
export const previousDouble = (value: number): number => moved(value, -1);

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
