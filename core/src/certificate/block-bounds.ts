import { at } from '../float-list.ts';

/**
 * Upper bounds of U⁺ or of −U⁻: one for each block of splits, and one for the tail after the last block.
 *
 * certificate.ts tells why they hold. Cost: O(blocks) a point.
 */
export class BlockBounds {
  /** 1 for U⁺, −1 for −U⁻. */
  readonly #sign: 1 | -1;
  /** Where each block ends, as a count of points before the split. */
  #ends: readonly number[] = [];
  /** The last is that of the tail. */
  #bounds = new Float64Array(1);
  /**
   * How much a point at an edge raises each bound at most: a row for each edge, a column for each bound. The tail's own points are
   * not counted in it.
   */
  #table = new Float64Array(2);

  constructor(sign: 1 | -1) {
    this.#sign = sign;
  }

  /**
   * Counts a new point in.
   *
   * @param edge - the row of the table that bounds what the point adds
   * @param tail - points of the tail before this one
   * @returns the largest bound
   */
  raise(edge: number, tail: number): number {
    const bounds = this.#bounds;
    const table = this.#table;
    const width = bounds.length;
    const row = edge * width;
    bounds[width - 1] = Math.max(0, bounds[width - 1] as number) + tail;
    let most = 0;
    for (let block = 0; block < width; block++) {
      const bound = (bounds[block] as number) + (table[row + block] as number);
      bounds[block] = bound;
      if (bound > most) most = bound;
    }
    return most;
  }

  /** Sets each bound to the largest statistic of its splits. U⁺(t,T) or U⁻(t,T) is at index t − 1. */
  startFrom(statistics: Float64Array): void {
    for (let block = 0, index = 0; block < this.#bounds.length; block++) {
      const end = this.#ends[block] ?? statistics.length;
      let most = -Infinity;
      for (; index < end; index++) most = Math.max(most, this.#sign * (statistics[index] as number));
      this.#bounds[block] = most;
    }
  }

  /** Fills the table for new blocks. A row of `counts` has the doubled counts of a block's points below an edge. */
  rebuild(counts: Float64Array, ends: readonly number[]): void {
    const width = ends.length + 1;
    this.#ends = ends;
    this.#bounds = new Float64Array(width);
    this.#table = new Float64Array(counts.length);
    for (let row = 0; row < counts.length; row += width) {
      let sum = 0;
      let start = 0;
      for (let block = 0; block < ends.length; block++) {
        const end = ends[block] as number;
        const count = at(counts, row + block);
        const adding = this.#sign > 0 ? count : 2 * (end - start) - count;
        this.#table[row + block] = sum + adding / 2;
        sum += adding - (end - start);
        start = end;
      }
      this.#table[row + width - 1] = sum;
    }
  }
}
