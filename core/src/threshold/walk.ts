import { type Offset, sureOf } from './offset.ts';

/**
 * Adds to sums, for each of some values, how many of others lie below it by more than an offset, plus how many by the offset or more.
 *
 * One walk along both. Most values are met by none, or by such as are surely tied with them. The bounds of the offset are worked out for the rest alone.
 *
 * @param values - in ascending order: equal ones are looked at once
 * @param places - of the sums: that of each value is at its index
 * @param factor - of what is added
 * @returns how much is added, without the factor
 */
export function addCounts(
  list: Float64Array,
  start: number,
  end: number,
  values: Float64Array,
  from: number,
  to: number,
  offset: Offset,
  sums: Float64Array,
  places: Uint32Array,
  factor: number,
): number {
  const by = offset.value;
  let less = start;
  let atMost = start;
  let total = 0;
  let last = Number.NaN;
  for (let index = from; index < to; index++) {
    const value = values[index] as number;
    if (less < end && value !== last) {
      last = value;
      const middle = value - by;
      const reach = offset.reach(value);
      less = firstAtLeast(list, less, end, middle - reach);
      atMost = Math.max(less, atMost);
      if (less < end && !((list[less] as number) > middle + reach)) {
        const sure = sureOf(reach);
        atMost = firstAbove(list, atMost, end, middle + sure);
        const isSure =
          (list[less] as number) >= middle - sure &&
          (atMost === end || (list[atMost] as number) > middle + reach);
        if (!isSure) {
          less = firstAtLeast(list, less, end, offset.below(value));
          atMost = firstAbove(list, Math.max(less, atMost), end, offset.above(value));
        }
      }
    }
    const count = less + atMost - 2 * start;
    const place = places[index] as number;
    sums[place] = (sums[place] as number) + factor * count;
    total += count;
  }
  return total;
}

/** The first of ascending values, from a place on, that is at least a bound; `end` if there is none. */
export function firstAtLeast(values: Float64Array, start: number, end: number, bound: number): number {
  let place = start;
  while (place < end && (values[place] as number) < bound) place++;
  return place;
}

/** The same for more than a bound. */
export function firstAbove(values: Float64Array, start: number, end: number, bound: number): number {
  let place = start;
  while (place < end && (values[place] as number) <= bound) place++;
  return place;
}
