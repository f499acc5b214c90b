import { grown } from '../float-list.ts';
import { mergeSorted } from '../scan/merge-sorted.ts';

/** A weight is a whole number of so many parts. */
const roundedTo = 2 ** 20;

/**
 * The points of one phase, in the blocks between kept splits of the whole regime; each block in ascending order.
 *
 * Two neighbours become one block once no kept split lies between them. Of the splits between a point at index i and the next one of the phase
 * at index j, the one that more powers of 2 divide than any other is kept longest, so when that will be is known as soon as the second point is there.
 * Cost: O(log² n) a point on average, about 10 bytes a point and 700 a phase.
 */
export class PhasePoints {
  values: Float64Array = new Float64Array(2);
  /** How many points it has. */
  length = 0;
  /** Where each block ends in the list of values. */
  readonly ends: number[] = [];
  /** The index in the regime of each block's first point. */
  readonly firsts: number[] = [];
  /** The length of the regime at which each block joins the one before. */
  readonly #joins: number[] = [];
  #last = -1;
  /** Σ over levels of (c³ − c), where c points are equal. */
  ties = 0;

  /** n + 1 of n points, less what ties take off: the variance of a split is in proportion to it. Rounded, so that sums of it are exact in any order. */
  get weight(): number {
    const n = this.length;
    return n < 2 ? n + 1 : n + 1 - Math.round((roundedTo * this.ties) / (n * (n - 1))) / roundedTo;
  }

  /**
   * Adds the newest point of the regime.
   *
   * @param index - of the point in the regime
   * @param equal - how many points of the phase it equals
   */
  push(value: number, index: number, equal: number): void {
    this.values = grown(this.values, this.length + 1);
    this.values[this.length] = value;
    this.length++;
    this.ties += 3 * equal * (equal + 1);
    this.ends.push(this.length);
    this.firsts.push(index);
    this.#joins.push(lastKept(this.#last, index));
    this.#last = index;
  }

  /** Joins blocks between which no split of a regime of so many points is kept. */
  join(points: number): void {
    const { ends, firsts } = this;
    let blocks = 0;
    for (let block = 0; block < ends.length; block++) {
      if (block > 0 && (this.#joins[block] as number) <= points) {
        const start = blocks > 1 ? (ends[blocks - 2] as number) : 0;
        const middle = ends[blocks - 1] as number;
        mergeSorted(this.values, start, middle, ends[block] as number);
        ends[blocks - 1] = ends[block] as number;
        continue;
      }
      ends[blocks] = ends[block] as number;
      firsts[blocks] = firsts[block] as number;
      this.#joins[blocks] = this.#joins[block] as number;
      blocks++;
    }
    ends.length = blocks;
    firsts.length = blocks;
    this.#joins.length = blocks;
  }
}

/** The length of the regime at which the last split after index `i`, and not after index `j`, is no longer kept. */
function lastKept(i: number, j: number): number {
  if (i < 0) return Infinity;
  const power = 31 - Math.clz32(i ^ j);
  return ((j >> power) << power) + 8 * 2 ** power;
}
