import type { Offset } from './offset.ts';

/**
 * Where a rising value belongs among ascending ones, less an offset: one walk along both.
 *
 * Most values are met by none, which a rough comparison shows. Only near one are the bounds of the offset worked out.
 */
export class RisingPlaces {
  readonly #values: Float64Array;
  readonly #end: number;
  readonly #offset: Offset;
  /** The first place whose value does not lie below by more than the offset. */
  less: number;
  /** The first place, from there on, whose value is not tied with it. */
  atMost: number;

  /** @param start - the first of the ascending values, which end before `end` */
  constructor(values: Float64Array, start: number, end: number, offset: Offset) {
    this.#values = values;
    this.#end = end;
    this.#offset = offset;
    this.less = start;
    this.atMost = start;
  }

  /** @param value - not less than the one before */
  moveTo(value: number): void {
    const values = this.#values;
    const end = this.#end;
    const offset = this.#offset;
    const middle = value - offset.value;
    const reach = offset.reach(value);
    const low = middle - reach;
    let less = this.less;
    while (less < end && (values[less] as number) < low) less++;
    this.less = less;
    // Also where an infinite sum makes it no number.
    if (less < end && !((values[less] as number) > middle + reach)) this.#moveNear(value);
    else this.atMost = less;
  }

  #moveNear(value: number): void {
    const values = this.#values;
    const end = this.#end;
    const below = this.#offset.below(value);
    const above = this.#offset.above(value);
    let less = this.less;
    while (less < end && (values[less] as number) < below) less++;
    let atMost = Math.max(less, this.atMost);
    while (atMost < end && (values[atMost] as number) <= above) atMost++;
    this.less = less;
    this.atMost = atMost;
  }
}
