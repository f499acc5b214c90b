import { at } from '../float-list.ts';
import { phaseMeans } from '../seasons/phase-means.ts';
import type { Winsorised } from './winsorised.ts';

/** Least squares of a regime with a step at each split. */
export interface TwoLevels {
  /** The first split that is looked at, and the last. */
  readonly first: number;
  readonly last: number;
  /** The sum of squares at each split, by the points before it; nothing outside `first` … `last`. */
  readonly squares: Float64Array;
  /** For how many points the step counts: t·a / T of t points before it and a after it; with a season the sum of that over its phases. */
  readonly weights: Float64Array;
  /** The points, less one for each mean that is taken off. */
  readonly freedom: number;
  /** The split with the least, and its sum of squares. */
  readonly best: number;
  readonly least: number;
  /** The means at the best split. */
  readonly before: number;
  readonly after: number;
}

/** Both sides have at least so many points, or as many as the shorter side that was found. */
export const leastSide = 3;
/** A sum of squares below this share of the whole is a rounding error. */
export const leastShare = 1e-12;
/** One point and another are a weight of ½. A lower one is a rounding error: no phase has points on both sides. */
export const leastWeight = 0.25;

/**
 * The sums of squares of all splits: of the whole, less what a step explains.
 *
 * With a season each phase has a mean of its own, and the step is the same in all of them. So points are compared with those of their phase alone, and nothing of the season need be
 * known. Cost: O(n).
 *
 * @param phases - of the points, if they have a season
 */
export function twoLevels(regime: Winsorised, phases?: Float64Array): TwoLevels {
  const { values, split } = regime;
  const { length } = values;
  const first = fewestOfSide(regime);
  const last = length - first;
  const { ofPoints, counts, means } = phaseMeans(values, phases);
  let [whole, total] = [0, 0];
  for (let index = 0; index < length; index++) {
    whole += (at(values, index) - at(means, at(ofPoints, index))) ** 2;
    total += at(values, index);
  }
  const floor = Math.max(leastShare * whole, Number.MIN_VALUE);
  const [squares, weights] = [new Float64Array(length), new Float64Array(length)];
  const earlier = new Float64Array(counts.length);
  let [best, least, bestSum] = [split, Infinity, 0];
  let [sum, excess, weight] = [0, 0, 0];
  for (let t = 1; t <= last; t++) {
    const phase = at(ofPoints, t - 1);
    sum += at(values, t - 1);
    excess += at(values, t - 1) - at(means, phase);
    weight += (at(counts, phase) - 2 * at(earlier, phase) - 1) / at(counts, phase);
    earlier[phase] = at(earlier, phase) + 1;
    if (t < first) continue;
    const square = Math.max(floor, whole - (weight < leastWeight ? 0 : excess ** 2 / weight));
    squares[t] = square;
    weights[t] = weight;
    if (square < least) [best, least, bestSum] = [t, square, sum];
  }
  const [before, after] = [bestSum / best, (total - bestSum) / (length - best)];
  return {
    first,
    last,
    squares,
    weights,
    freedom: Math.max(0, length - counts.length - 1),
    best,
    least,
    before,
    after,
  };
}

/** The fewest points of a side of any place that is looked at. */
export function fewestOfSide({ values, split }: Winsorised): number {
  return Math.min(leastSide, split, values.length - split);
}
