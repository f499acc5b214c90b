import type { Direction } from './change-point.ts';
import { at, FloatList } from './float-list.ts';
import { type Maximum, maximum, mostEvidentSplit } from './maximum.ts';
import { Offset } from './threshold/offset.ts';

/**
 * The statistics of every split of a growing regime x₁…x_T, by the recursion that defines this package:
 *
 *   U⁺(t,T) = U⁺(t,T−1) + Σ_{i≤t} sgn(x_T − x_i − δ)      evidence for a rise by more than δ after t
 *   U⁻(t,T) = U⁻(t,T−1) + Σ_{i≤t} sgn(x_T − x_i + δ)      evidence, when negative, for a fall by more than δ
 *
 * Which differences are beyond ±δ, and which are tied with it, says `Offset`: no sign is lost, not even where a difference overflows.
 * With δ = 0 both are the U of Pettitt (1979). Cost: 8 to 12 bytes a point for each list; counts are exact up to 2⁵³.
 */
export class SplitStatistics {
  /** U⁺(t,T) at index t − 1. */
  readonly rise = new FloatList();
  /** U⁻(t,T) at index t − 1; the same list where δ = 0 makes them one. */
  readonly fall: FloatList;
  readonly #offset: Offset;
  /** −δ. */
  readonly #opposite: Offset;

  constructor(threshold: number) {
    this.#offset = new Offset(threshold);
    this.#opposite = new Offset(-threshold);
    this.fall = threshold === 0 ? this.rise : new FloatList();
  }

  /** Takes a step of the recursion for each point from `first` on: O(T) for one. Those before are in the statistics. */
  add(values: Float64Array, first: number): void {
    addSteps(this.rise, values, first, this.#offset);
    if (this.fall !== this.rise) addSteps(this.fall, values, first, this.#opposite);
  }

  /** K, and the first time and the direction that reach it. */
  maximum(): Maximum {
    return maximum(this.rise.view(), this.fall.view());
  }

  /** The most evident split in one direction, whose statistic must be positive. */
  split(direction: Direction): number {
    return mostEvidentSplit((direction === 'up' ? this.rise : this.fall).view(), direction);
  }
}

/** Comparisons are added as numbers: a branch would often be predicted wrongly. */
function addSteps(statistics: FloatList, values: Float64Array, first: number, offset: Offset): void {
  const from = statistics.length;
  statistics.length = Math.max(0, values.length - 1);
  const sums = statistics.view().fill(0, from);
  for (let point = first; point < values.length; point++) {
    const below = offset.below(at(values, point));
    const above = offset.above(at(values, point));
    let sum = 0;
    for (let index = 0; index < point; index++) {
      const earlier = values[index] as number;
      sum += Number(earlier < below) - Number(earlier > above);
      sums[index] = (sums[index] as number) + sum;
    }
  }
}
