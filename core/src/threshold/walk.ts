import { type Offset, sureOf } from './offset.ts';

/**
 * Where a rising value belongs among ascending ones, less an offset: one walk along both.
 *
 * Most values are met by none, or by such as are surely tied with them. The bounds of the offset are worked out for the rest alone.
 */
export class Walk {
  readonly #list: Float64Array;
  readonly #start: number;
  readonly #end: number;
  readonly #offset: Offset;
  /** The first place whose value does not lie below by more than the offset. */
  less: number;
  /** The first place, from there on, whose value is not tied with it. */
  atMost: number;

  constructor(list: Float64Array, start: number, end: number, offset: Offset) {
    this.#list = list;
    this.#start = start;
    this.#end = end;
    this.#offset = offset;
    this.less = start;
    this.atMost = start;
  }

  /**
   * @param value - not less than the one before
   * @returns how many lie below it by more than the offset, plus how many by the offset or more
   */
  to(value: number): number {
    const reach = this.#offset.reach(value);
    const list = this.#list;
    const end = this.#end;
    const middle = value - this.#offset.value;
    let less = firstAtLeast(list, this.less, end, middle - reach);
    let atMost = Math.max(less, this.atMost);
    if (less < end && !((list[less] as number) > middle + reach)) {
      const sure = sureOf(reach);
      atMost = firstAbove(list, atMost, end, middle + sure);
      const isSure =
        (list[less] as number) >= middle - sure &&
        (atMost === end || (list[atMost] as number) > middle + reach);
      if (!isSure) {
        less = firstAtLeast(list, less, end, this.#offset.below(value));
        atMost = firstAbove(list, Math.max(less, atMost), end, this.#offset.above(value));
      }
    }
    this.less = less;
    this.atMost = atMost;
    return less + atMost - 2 * this.#start;
  }
}

/**
 * Adds to sums what a walk says of each of some values.
 *
 * @param values - in ascending order: equal ones are looked at once
 * @param places - of the sums: that of each value is at its index
 * @param factor - of what is added
 * @param less - what it says is taken away
 * @returns how much is added, without the factor
 */
export function addCounts(
  walk: Walk,
  values: Float64Array,
  from: number,
  to: number,
  sums: Float64Array,
  places: Uint32Array,
  factor: number,
  less?: Walk,
): number {
  let total = 0;
  let last = Number.NaN;
  let count = 0;
  for (let index = from; index < to; index++) {
    const value = values[index] as number;
    if (value !== last) {
      last = value;
      count = walk.to(value) - (less ? less.to(value) : 0);
    }
    const place = places[index] as number;
    sums[place] = (sums[place] as number) + factor * count;
    total += count;
  }
  return total;
}

/** The first of ascending values, from a place on, that is at least a bound; `end` if there is none. */
function firstAtLeast(values: Float64Array, start: number, end: number, bound: number): number {
  let place = start;
  while (place < end && (values[place] as number) < bound) place++;
  return place;
}

/** The same for more than a bound. */
function firstAbove(values: Float64Array, start: number, end: number, bound: number): number {
  let place = start;
  while (place < end && (values[place] as number) <= bound) place++;
  return place;
}
