import { at } from '../float-list.ts';
import type { Winsorised } from './winsorised.ts';

/** Least squares of a regime about two means: one before and one after each split. */
export interface TwoLevels {
  /** The first split that is looked at, and the last. */
  readonly first: number;
  readonly last: number;
  /** The sum of squares at each split, by the points before it; nothing outside `first` … `last`. */
  readonly squares: Float64Array;
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

/** The sums of squares of all splits: of the whole, less what each pair of means explains. O(n). */
export function twoLevels({ values, split }: Winsorised): TwoLevels {
  const { length } = values;
  const first = Math.min(leastSide, split, length - split);
  const last = length - first;
  let total = 0;
  let whole = 0;
  for (let index = 0; index < length; index++) {
    const value = at(values, index);
    total += value;
    whole += value * value;
  }
  const floor = Math.max(leastShare * whole, Number.MIN_VALUE);
  const squares = new Float64Array(length);
  let [best, least, bestSum] = [split, Infinity, 0];
  let sum = 0;
  for (let t = 1; t <= last; t++) {
    sum += at(values, t - 1);
    if (t < first) continue;
    const rest = total - sum;
    const square = Math.max(floor, whole - (sum * sum) / t - (rest * rest) / (length - t));
    squares[t] = square;
    if (square < least) [best, least, bestSum] = [t, square, sum];
  }
  const [before, after] = [bestSum / best, (total - bestSum) / (length - best)];
  return { first, last, squares, best, least, before, after };
}
