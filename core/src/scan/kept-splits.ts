import { grown } from '../float-list.ts';
import { countAt } from '../search.ts';
import { Offset } from '../threshold/offset.ts';
import { addSigns } from './add-signs.ts';
import { addBlockStatistics } from './block-statistics.ts';
import { type Levels, levelsOf } from './levels.ts';
import type { Order } from './levels-both-ways.ts';
import { mergeSorted } from './merge-sorted.ts';
import { PrefixCounts } from './prefix-counts.ts';
import { splitsOf } from './split-ages.ts';
import { pointsOfGrid, ValueGrid } from './value-grid.ts';

/** Values are counted from so many points on, if they are few. */
const firstCounted = 128;

/**
 * U⁺(t,T) and U⁻(t,T) of some splits t of a growing regime, exactly.
 *
 * A split of age a = T − t is kept while 2^ℓ divides t, with ℓ = max(0, ⌊log₂(a / 4)⌋): four of them an octave of age, so that one is
 * always within an eighth of the place where evidence is largest. A new point adds Σ_{i≤t} sgn(x_T − x_i ∓ δ) to the statistic of each split. The sum is
 * added up over the *blocks* between kept splits. A block is in ascending order, so that one search finds its part; while there are few values, none is
 * needed. Once there are enough splits, exactly one expires with each point, and the two blocks beside it, which are of one size, become one.
 * Cost: O(log² T) a point on average; 12 bytes a point at most, and 600. What `PrefixCounts` takes comes on top.
 */
export class KeptSplits {
  /** δ, and −δ unless both are 0. */
  readonly #offsets: readonly Offset[];
  /** T. */
  length = 0;
  /** Blocks, the last one of the newest point alone. The split after block b is the one at its end. */
  blocks = 0;
  /** Where each block starts, and where the last one ends. */
  starts: Int32Array = new Int32Array(32);
  /** U⁺ of the split after each block but the last. */
  rise: Float64Array = new Float64Array(32);
  /** U⁻; the same list with δ = 0. */
  fall: Float64Array;
  /** How many earlier points are tied with the newest one less δ: with δ = 0 those that it equals. */
  equal = 0;
  /** Without a season, a variance is t·(T−t)·(T+1)/3, which needs no list. */
  readonly variances = undefined;
  /** So is the number of pairs, t·(T−t). */
  readonly pairs = undefined;
  /** The points, block by block. The length to begin with is such that this list and that of points in order of time never grow at once: two copies would take the most memory. */
  #values: Float64Array = new Float64Array(20);
  /** The points as counts, while there are few values. */
  #counts: PrefixCounts | undefined;
  /** Made when first asked for. */
  #grid: ValueGrid | undefined;

  constructor(threshold: number) {
    this.#offsets = (threshold === 0 ? [0] : [threshold, -threshold]).map((value) => new Offset(value));
    this.fall = threshold === 0 ? this.rise : new Float64Array(32);
  }

  /**
   * Takes the points of a whole regime at once, before any other. That takes a tenth of the time that pushing them would.
   *
   * @returns the points in ascending order
   */
  take(regime: Float64Array): Float64Array {
    this.length = regime.length;
    this.#values = grown(regime, regime.length + 1);
    for (const t of splitsOf(regime.length)) this.#endBlock(t);
    this.#endBlock(this.length);
    for (let block = 0; block < this.blocks; block++)
      this.#values.subarray(countAt(this.starts, block), countAt(this.starts, block + 1)).sort();
    const lists = [this.rise, this.fall] as const;
    const statistics = this.#offsets.map((offset, index) => ({ offset, sums: lists[index] as Float64Array }));
    if (this.length >= firstCounted) this.#count();
    return addBlockStatistics(this.#values, this.starts, this.blocks, statistics);
  }

  /** How many points lie in each cell of the grid. It is made of the first 64, 128, 256 … points, or of all while there are fewer. Only for δ = 0. */
  get levels(): Float64Array {
    this.#grid ??= this.#madeGrid();
    return this.#grid.counts;
  }

  levelsIn(order: Order): Levels {
    return levelsOf(order === 'ascending' ? this.levels : this.levels.slice().reverse());
  }

  /** Adds x_T. */
  push(value: number): void {
    // The place behind the last point is read, too, whatever is there.
    this.#values = grown(this.#values, this.length + 1);
    this.#addSigns(value);
    this.#values[this.length] = value;
    this.length++;
    this.#endBlock(this.length);
    this.#expire();
    this.#addToGrid(value);
    if (this.length >= firstCounted && (this.length & (this.length - 1)) === 0) this.#count();
  }

  /** Adds what a new point does, before it is one of the points. */
  #addSigns(value: number): void {
    const { starts, blocks, rise, fall } = this;
    const equal = this.#counts?.push(value, starts, rise, fall);
    if (equal !== undefined) this.equal = equal;
    else {
      this.#counts = undefined;
      // Where one point has many ties, the next one is likely to have as many.
      const expectsMany = this.equal > blocks;
      const [offset, opposite] = this.#offsets as readonly [Offset, Offset?];
      this.equal = addSigns(this.#values, starts, blocks, value, offset, rise, expectsMany);
      if (opposite !== undefined) addSigns(this.#values, starts, blocks, value, opposite, fall, expectsMany);
    }
  }

  #count(): void {
    this.#counts = PrefixCounts.of(this.#values, this.starts, this.blocks, this.#offsets);
  }

  /** Ends a block. No pair of points lies on both sides of the split there yet. */
  #endBlock(end: number): void {
    const { blocks } = this;
    if (blocks + 1 === this.starts.length) this.#makeRoom();
    this.rise[blocks] = 0;
    this.fall[blocks] = 0;
    this.starts[blocks + 1] = end;
    this.blocks = blocks + 1;
  }

  #makeRoom(): void {
    const length = this.starts.length + 1;
    this.starts = grown(this.starts, length);
    const isOne = this.fall === this.rise;
    this.rise = grown(this.rise, length);
    this.fall = isOne ? this.rise : grown(this.fall, length);
  }

  /** Drops the one split that expires at T: that of age 8·2^k, where 2^k is the largest power of 2 that divides T. */
  #expire(): void {
    const power = 31 - Math.clz32(this.length & -this.length);
    const block = this.blocks - (8 + 4 * power) - 1;
    if (block < 0) return;
    const { starts, rise, fall } = this;
    mergeSorted(this.#values, countAt(starts, block), countAt(starts, block + 1), countAt(starts, block + 2));
    this.#counts?.join(block);
    this.blocks--;
    for (let index = block; index < this.blocks; index++) {
      starts[index + 1] = countAt(starts, index + 2);
      rise[index] = rise[index + 1] as number;
      // With δ = 0 this is the same list, whose next value has just been moved.
      if (fall !== rise) fall[index] = fall[index + 1] as number;
    }
  }

  /** The first 2^k points are whole blocks, as the split 2^k is kept until there are more than 2^(k+1). */
  #madeGrid(): ValueGrid {
    const points = pointsOfGrid(this.length);
    const grid = new ValueGrid(this.#values.subarray(0, points));
    for (const value of this.#values.subarray(points, this.length)) grid.add(value);
    return grid;
  }

  #addToGrid(value: number): void {
    if (pointsOfGrid(this.length) === this.length) this.#grid = undefined;
    else this.#grid?.add(value);
  }
}
