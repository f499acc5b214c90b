import { at } from '../float-list.ts';
import type { Levels } from '../scan/levels.ts';
import type { Order } from '../scan/levels-both-ways.ts';
import { pointsOfGrid } from '../scan/value-grid.ts';
import { countAt, countBelow, countUpTo } from '../search.ts';
import { Offset } from '../threshold/offset.ts';
import { PhasePoints } from './phase-points.ts';
import { SeasonalLevels } from './seasonal-levels.ts';

/** Four kept splits an octave: enough for 2³¹ points. */
const mostBlocks = 136;

/**
 * The statistics of the kept splits of a regime with a season, exactly: only points of the same phase are compared.
 *
 * U⁺(t,T) = Σ sgn(x_j − x_i − δ) over pairs i ≤ t < j of one phase, so whatever the season's shape is, it falls out, and nothing is estimated.
 * Without a change, its variance is Σ t_f·a_f·(n_f + 1)/3 · c_f over phases f with n_f points, t_f of them before the split and a_f after; c_f corrects for
 * the ties of the phase. The splits are those of `KeptSplits`. A new point changes the part of its own phase alone.
 * Source: van Elteren (1960) for the sum over strata. Cost: O(log² T) a point on average, whatever the period is.
 */
export class SeasonalSplits {
  readonly #offset: Offset;
  /** −δ, if it is another one. */
  readonly #opposite: Offset | undefined;
  readonly #phases = new Map<number, PhasePoints>();
  /** T. */
  length = 0;
  /** Blocks, the last one of the newest point alone. The split after block b is the one at its end. */
  blocks = 0;
  /** Where each block starts, and where the last one ends. */
  readonly starts = new Int32Array(mostBlocks + 1);
  /** U⁺ of the split after each block but the last. */
  readonly rise = new Float64Array(mostBlocks);
  /** U⁻; the same list with δ = 0. */
  readonly fall: Float64Array;
  /** How many earlier points of its phase the newest one equals. */
  equal = 0;
  /** Three times the variance of the split after each block but the last; with a threshold that of points without ties. */
  readonly variances = new Float64Array(mostBlocks);
  /** How many pairs of points are compared at the split after each block but the last. */
  readonly pairs = new Float64Array(mostBlocks);

  /** Σ (n³ − n) over phases with n points, and Σ (c³ − c) over their levels with c points; both divided by 3. */
  #triples = 0;
  #tied = 0;
  /** Made when first asked for. */
  #levels: SeasonalLevels | undefined;

  constructor(threshold: number) {
    this.#offset = new Offset(threshold);
    this.#opposite = threshold === 0 ? undefined : new Offset(-threshold);
    this.fall = threshold === 0 ? this.rise : new Float64Array(mostBlocks);
  }

  /**
   * Adds x_T.
   *
   * @param phase - its place in the season
   */
  push(value: number, phase: number): void {
    const points = this.#pointsOf(phase);
    points.join(this.length);
    this.equal = this.#count(points, value, this.#offset, this.rise);
    if (this.#opposite !== undefined) this.#count(points, value, this.#opposite, this.fall);
    const { length, weight } = points;
    points.push(value, this.length, this.#opposite === undefined ? this.equal : 0);
    this.#addVariances(points, length, weight);
    this.#triples += length * (length + 1);
    this.#tied += this.equal * (this.equal + 1);
    this.length++;
    if (pointsOfGrid(this.length) === this.length) this.#levels = undefined;
    else this.#levels?.add(value, phase);
    this.#endBlock();
    this.#expire();
  }

  /** 1 − Σ (c³ − c) / Σ (n³ − n): how much ties within the phases lessen variances. Only for δ = 0. */
  get factor(): number {
    return this.#triples === 0 ? 0 : 1 - this.#tied / this.#triples;
  }

  /** How the points lie within their phases, by a grid of the first 64, 128, 256 … points, or of all while there are fewer. Only for δ = 0. */
  levelsIn(order: Order): Levels {
    this.#levels ??= this.#madeLevels();
    return this.#levels.in(order);
  }

  /** The first 2^k points are whole blocks, as the split 2^k is kept until there are more than 2^(k+1). */
  #madeLevels(): SeasonalLevels {
    const points = pointsOfGrid(this.length);
    const first = [...this.#phases.values()].flatMap(({ values, ends, firsts }) => {
      const blocks = firsts.filter((index) => index < points).length;
      return [...values.subarray(0, ends[blocks - 1] ?? 0)];
    });
    const levels = new SeasonalLevels(Float64Array.from(first));
    for (const [phase, { values, length }] of this.#phases)
      for (const value of values.subarray(0, length)) levels.add(value, phase);
    return levels;
  }

  #pointsOf(phase: number): PhasePoints {
    const known = this.#phases.get(phase);
    if (known !== undefined) return known;
    const points = new PhasePoints();
    this.#phases.set(phase, points);
    return points;
  }

  /** Adds Σ_{i≤t} sgn(value − x_i − offset) to the statistic of each split t, over points of the phase. @returns how many of them it equals */
  #count(
    { values, ends, firsts }: PhasePoints,
    value: number,
    offset: Offset,
    statistics: Float64Array,
  ): number {
    const below = offset.below(value);
    const above = offset.above(value);
    let sum = 0;
    let equal = 0;
    let start = 0;
    let split = 0;
    for (let block = 0; block < ends.length; block++) {
      const first = firsts[block] as number;
      for (; countAt(this.starts, split + 1) <= first; split++)
        statistics[split] = at(statistics, split) + sum;
      const end = ends[block] as number;
      const less = countBelow(values, start, end, below);
      const place = start + less;
      const isTied = place < end && at(values, place) <= above;
      const alike = isTied ? countUpTo(values, place, end, above) : 0;
      sum += 2 * less + alike - (end - start);
      equal += alike;
      start = end;
    }
    for (; split < this.blocks; split++) statistics[split] = at(statistics, split) + sum;
    return equal;
  }

  /** Puts a phase's new part of each variance in place of the one that it had before its newest point, and counts the pairs of that. */
  #addVariances({ ends, firsts, weight }: PhasePoints, lengthBefore: number, weightBefore: number): void {
    const { variances, pairs, starts } = this;
    let split = 0;
    let before = 0;
    for (let block = 0; block < ends.length; block++) {
      const part = before * ((lengthBefore + 1 - before) * weight - (lengthBefore - before) * weightBefore);
      const first = firsts[block] as number;
      for (; split < this.blocks && countAt(starts, split + 1) <= first; split++) {
        variances[split] = at(variances, split) + part;
        pairs[split] = at(pairs, split) + before;
      }
      before = ends[block] as number;
    }
  }

  /** Ends the block of the newest point, with the statistics of the split there. */
  #endBlock(): void {
    this.rise[this.blocks] = 0;
    this.fall[this.blocks] = 0;
    this.variances[this.blocks] = 0;
    this.pairs[this.blocks] = 0;
    this.blocks++;
    this.starts[this.blocks] = this.length;
  }

  /** Drops the one split that expires at T: that of age 8·2^k, where 2^k is the largest power of 2 that divides T. */
  #expire(): void {
    const power = 31 - Math.clz32(this.length & -this.length);
    const block = this.blocks - (8 + 4 * power) - 1;
    if (block < 0) return;
    this.starts.copyWithin(block + 1, block + 2, this.blocks + 1);
    this.rise.copyWithin(block, block + 1, this.blocks);
    // With δ = 0 this is the same list, whose values have just been moved.
    if (this.#opposite !== undefined) this.fall.copyWithin(block, block + 1, this.blocks);
    this.variances.copyWithin(block, block + 1, this.blocks);
    this.pairs.copyWithin(block, block + 1, this.blocks);
    this.blocks--;
  }
}
