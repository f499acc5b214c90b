import { at } from '../float-list.ts';
import { countBelow, countUpTo } from '../search.ts';
import type { Offset } from '../threshold/offset.ts';

/** For each value, how many lie below it by more than an offset, and how many by the offset or more. */
export interface TieCounts {
  readonly offset: Offset;
  readonly less: Int32Array;
  readonly atMost: Int32Array;
}

/** Different values in ascending order, and which of them are tied with each less an offset: worked out for values, not for points. */
export class TiedValues {
  length = 0;
  readonly values: Float64Array;
  /** For each offset. */
  readonly ties: readonly TieCounts[];

  /** @param most - how many values there may ever be */
  constructor(most: number, offsets: readonly Offset[]) {
    // Behind the last one comes none that is a point.
    this.values = new Float64Array(most + 1).fill(Infinity);
    this.ties = offsets.map((offset) => ({
      offset,
      less: new Int32Array(most),
      atMost: new Int32Array(most),
    }));
  }

  /** The place of a value, which is added if it is another one: `count` must follow. −1, if it were one more than there may be. */
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
