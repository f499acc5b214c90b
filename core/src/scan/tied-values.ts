import { at } from '../float-list.ts';
import type { Offset } from '../threshold/offset.ts';
import { countAt, countBelow, countUpTo } from './search.ts';

/** For each of some values, which of them are tied with value − offset. */
class Ties {
  readonly #offset: Offset;
  /** What they are not less than, and what they do not exceed. */
  readonly #least: Float64Array;
  readonly #most: Float64Array;
  /** How many values are less than the first one, and how many are at most the second one. */
  readonly less: Int32Array;
  readonly atMost: Int32Array;

  constructor(offset: Offset, most: number) {
    this.#offset = offset;
    this.#least = new Float64Array(most);
    this.#most = new Float64Array(most);
    this.less = new Int32Array(most);
    this.atMost = new Int32Array(most);
  }

  /** Takes a new value at its place among so many, which hold it already. */
  insert(values: Float64Array, length: number, place: number): void {
    const value = at(values, place);
    for (const list of [this.#least, this.#most, this.less, this.atMost])
      list.copyWithin(place + 1, place, length - 1);
    for (let index = 0; index < length; index++) {
      this.less[index] = countAt(this.less, index) + Number(value < at(this.#least, index));
      this.atMost[index] = countAt(this.atMost, index) + Number(value <= at(this.#most, index));
    }
    const [least, most] = [this.#offset.below(value), this.#offset.above(value)];
    this.#least[place] = least;
    this.#most[place] = most;
    this.less[place] = countBelow(values, 0, length, least);
    this.atMost[place] = countUpTo(values, 0, length, most);
  }
}

/** Different values in ascending order, and which of them are tied with each: worked out once for each value. */
export class TiedValues {
  #length = 0;
  readonly #values: Float64Array;
  /** For each offset. */
  readonly ties: readonly Ties[];

  /**
   * @param values - in ascending order, no two alike
   * @param most - how many there may be
   */
  constructor(values: Float64Array, most: number, offsets: readonly Offset[]) {
    this.#values = new Float64Array(most);
    this.ties = offsets.map((offset) => new Ties(offset, most));
    for (const value of values) this.insert(this.#length, value);
  }

  get length(): number {
    return this.#length;
  }

  /** How many are less than a value. */
  below(value: number): number {
    return countBelow(this.#values, 0, this.#length, value);
  }

  /** Whether the value is at a place. */
  isAt(place: number, value: number): boolean {
    return place < this.#length && at(this.#values, place) === value;
  }

  /** Whether the value at a place, or the end, is above a value. */
  isAbove(place: number, value: number): boolean {
    return place === this.#length || at(this.#values, place) > value;
  }

  /** Adds a value at its place; there must be room. */
  insert(place: number, value: number): void {
    const values = this.#values;
    values.copyWithin(place + 1, place, this.#length);
    values[place] = value;
    this.#length++;
    for (const ties of this.ties) ties.insert(values, this.#length, place);
  }
}
