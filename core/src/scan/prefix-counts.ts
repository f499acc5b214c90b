import { at } from '../float-list.ts';
import { countAt } from '../search.ts';
import type { Offset } from '../threshold/offset.ts';
import { type TieCounts, TiedValues } from './tied-values.ts';

/** With more values than these a search is quicker. */
const mostValues = 255;
/** So many values may always be counted, even if that takes more than one count a point. */
const alwaysCounted = 32;
/** The blocks that a regime can gain until it has twice as many points. */
const moreBlocks = 5;

/**
 * The points of a regime with few different values, as counts, which say without a search what a new point adds.
 *
 * Each block has a column, which says for each value how many points up to the end of the block are less. Two counts of a column give the sum of the
 * signs between a new point and all points up to there. When a split expires, its column goes, and no other one changes.
 * Cost: O(values + blocks) a point; 4 bytes a value and block, which is at most 4 a point, or what 32 values take.
 */
export class PrefixCounts {
  readonly #values: TiedValues;
  /** The counts of a column: one more than there may be values. */
  readonly #height: number;
  readonly #counts: Int32Array;
  /** Where the column of each block starts; behind these, where the free columns do. */
  readonly #columns: Int32Array;
  #blocks = 0;

  private constructor(values: TiedValues, most: number, blocks: number) {
    this.#values = values;
    this.#height = most + 1;
    this.#columns = Int32Array.from({ length: blocks + moreBlocks }, (_, column) => column * this.#height);
    this.#counts = new Int32Array(this.#columns.length * this.#height);
  }

  /**
   * The counts of a regime, with room until it has twice as many points; `undefined` if it has too many values.
   *
   * Cost: O(T), and less where too many values are found early.
   *
   * @param points - in ascending order inside each block
   * @param starts - where each block starts, and where the last one ends
   */
  static of(
    points: Float64Array,
    starts: Int32Array,
    blocks: number,
    offsets: readonly Offset[],
  ): PrefixCounts | undefined {
    const length = countAt(starts, blocks);
    const most = Math.min(mostValues, Math.max(alwaysCounted, Math.floor(length / blocks)));
    const values = new TiedValues(most, offsets);
    for (let index = 0; index < length; index++)
      if (values.placeOf(at(points, index), most) < 0) return undefined;
    values.count();
    // Room for rare values that are still to come.
    const counts = new PrefixCounts(values, Math.min(most, 2 * values.length), blocks);
    for (let block = 0; block < blocks; block++)
      counts.#addBlock(points.subarray(countAt(starts, block), countAt(starts, block + 1)));
    return counts;
  }

  /**
   * Adds Σ_{i≤t} sgn(x − x_i ∓ δ) of a new point to the statistics of the split t after each block, and counts it, a block of its own.
   *
   * @returns how many points are tied with x − δ; `undefined`, and nothing is done, if its value is one too many
   */
  push(value: number, starts: Int32Array, rise: Float64Array, fall: Float64Array): number | undefined {
    const values = this.#values;
    const counts = this.#counts;
    const { length } = values;
    const place = values.placeOf(value, this.#height - 1);
    if (place < 0) return undefined;
    if (values.length > length) {
      values.count();
      for (const column of this.#columns)
        counts.copyWithin(column + place + 1, column + place, column + length + 1);
    }
    const [ties, opposite] = values.ties as readonly [TieCounts, TieCounts?];
    const equal = this.#addSigns(ties, place, starts, rise);
    if (opposite !== undefined) this.#addSigns(opposite, place, starts, fall);
    const last = countAt(this.#columns, this.#blocks - 1);
    const next = countAt(this.#columns, this.#blocks);
    for (let index = 0; index <= values.length; index++)
      counts[next + index] = countAt(counts, last + index) + Number(index > place);
    this.#blocks++;
    return equal;
  }

  /** Joins a block with the next one. */
  join(block: number): void {
    const columns = this.#columns;
    const free = countAt(columns, block);
    columns.copyWithin(block, block + 1, this.#blocks);
    this.#blocks--;
    columns[this.#blocks] = free;
  }

  #addSigns(
    { less, atMost }: TieCounts,
    place: number,
    starts: Int32Array,
    statistics: Float64Array,
  ): number {
    const counts = this.#counts;
    const columns = this.#columns;
    const below = countAt(less, place);
    const notAbove = countAt(atMost, place);
    let equal = 0;
    for (let block = 0; block < this.#blocks; block++) {
      const first = countAt(counts, countAt(columns, block) + below);
      const last = countAt(counts, countAt(columns, block) + notAbove);
      statistics[block] = (statistics[block] as number) + first + last - countAt(starts, block + 1);
      equal = last - first;
    }
    return equal;
  }

  #addBlock(block: Float64Array): void {
    const next = countAt(this.#columns, this.#blocks);
    const last = this.#blocks === 0 ? next : countAt(this.#columns, this.#blocks - 1);
    const { values, length } = this.#values;
    let count = 0;
    for (let index = 0; index <= length; index++) {
      while (count < block.length && at(values, index) > at(block, count)) count++;
      this.#counts[next + index] = countAt(this.#counts, last + index) + count;
    }
    this.#blocks++;
  }
}
