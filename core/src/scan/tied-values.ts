import { at } from '../float-list.ts';
import { countBelow, countUpTo } from '../search.ts';
import type { Offset } from '../threshold/offset.ts';

/** For each value, how many lie below it by more than an offset, and how many by the offset or more. */
export interface TieCounts {
  readonly offset: Offset;
  readonly less: Int32Array;
  readonly atMost: Int32Array;
}

/** Different values in ascending order, and for each one which values are tied with it less an offset. This is worked out for values, not for points. */
export class TiedValues {
  length = 0;
  readonly values: Float64Array;
  /** For each offset. */
  readonly ties: readonly TieCounts[];

  /** @param most - how many values there may ever be */
  constructor(most: number, offsets: readonly Offset[]) {
    // Infinity fills the places without a value: no point has it.
    this.values = new Float64Array(most + 1).fill(Infinity);
    this.ties = offsets.map((offset) => ({
      offset,
      less: new Int32Array(most),
      atMost: new Int32Array(most),
    }));
  }

  /** The place of a value. A new value is added, and `count` must follow; −1 if there is no room for it. */
  placeOf(value: number, most: number): number {
    const { values, length } = this;
    const place = countBelow(values, 0, length, value);
    if (values[place] === value) return place;
    if (length === most) return -1;
    values.copyWithin(place + 1, place);
    values[place] = value;
    this.length++;
    return place;
  }

  /** Counts the ties of all values. */
  count(): void {
    const { values, length } = this;
    for (const { offset, less, atMost } of this.ties)
      for (let place = 0; place < length; place++) {
        less[place] = countBelow(values, 0, length, offset.below(at(values, place)));
        atMost[place] = countUpTo(values, 0, length, offset.above(at(values, place)));
      }
  }
}
