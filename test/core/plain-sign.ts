const bits = new BigInt64Array(1);
const float = new Float64Array(bits.buffer);
const least = -(2n ** 63n);

/** The place of a double among all of them in ascending order. */
function placeOf(value: number): bigint {
  float[0] = value;
  const pattern = bits[0] ?? 0n;
  return pattern < 0n ? least - pattern : pattern;
}

function doubleAt(place: bigint): number {
  bits[0] = place < 0n ? least - place : place;
  return float[0] ?? Number.NaN;
}

/** The finite double so many places away, or the last one before infinity. */
function shifted(value: number, places: bigint): number {
  const [first, last] = [placeOf(-Number.MAX_VALUE), placeOf(Number.MAX_VALUE)];
  const place = placeOf(value) + places;
  return doubleAt(place < first ? first : place > last ? last : place);
}

/** How many times the smallest double it is: a whole number. */
function exact(value: number): bigint {
  float[0] = Math.abs(value);
  const pattern = bits[0] ?? 0n;
  const exponent = pattern >> 52n;
  const digits = pattern & (2n ** 52n - 1n);
  const size = exponent === 0n ? digits : (digits + 2n ** 52n) << (exponent - 1n);
  return value < 0 ? -size : size;
}

const known = new Map<number, readonly [bigint, bigint]>();

/** The ends of what a double may stand for; kept, since few values are many a pair. */
function endsOf(value: number): readonly [from: bigint, to: bigint] {
  const ends = known.get(value) ?? [exact(shifted(value, -4n)), exact(shifted(value, 4n))];
  known.set(value, ends);
  return ends;
}

/**
 * sgn(later − earlier − delta) as the documents say it: not 0 only if it is that for all numbers up to four doubles away from each of the three. With
 * delta 0 they stand for themselves. A point that is not above another one falls short of any delta above 0, and the same with all signs changed.
 */
export function signBeyond(earlier: number, later: number, delta: number): number {
  const difference = later - earlier - delta;
  const size = Math.abs(earlier) + Math.abs(later) + Math.abs(delta);
  if (delta === 0 || Math.abs(difference) > 1e-12 * size + 1e-300) return Math.sign(difference);
  if (delta > 0 ? later <= earlier : later >= earlier) return -Math.sign(delta);
  const [first, second, limit] = [endsOf(earlier), endsOf(later), endsOf(delta)];
  if (second[0] > first[1] + limit[1]) return 1;
  return second[1] < first[0] + limit[0] ? -1 : 0;
}
