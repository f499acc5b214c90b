import { errorOfSum } from './doubles/error-of-sum.ts';
import { leastDouble } from './doubles/ordinal.ts';
import { at } from './float-list.ts';
import { sortCountingInversions } from './inversions.ts';
import { finite, medianByRank, select } from './median.ts';

/** Up to this many points the slopes are listed, beyond it takes less time not to. */
const mostListed = 512;

/** The slope of a given rank in ascending order. */
type NthSlope = (rank: number) => number;

/**
 * Sen's slope: the median of the slopes (x_j − x_i) / (j − i) of all pairs; 0 for fewer than two points.
 *
 * The slopes of a short series are listed, and the one of the wanted rank is selected. Those of a long one are not: a bisection over the doubles finds the one of the
 * wanted rank, rounded up, since the slopes above b are the pairs that stand in descending order in b·i − x_i.
 * A slope beyond the doubles counts as the largest double of its sign.
 * Source: Sen (1968). Cost: O(n²) time and memory up to 512 points, beyond at most 128 sorts of O(n log n) time
 * and O(n) memory.
 *
 * @param series - finite; not modified
 */
export function senSlope(series: Float64Array, listUpTo = mostListed): number {
  const { length } = series;
  if (length < 2) return 0;
  const unit = series.some((value) => Math.abs(value) > 2 ** 900) ? 2 ** 200 : 1;
  const small = series.map((value) => value / unit);
  const nth = length <= listUpTo ? nthOfList(small) : nthByBisection(small);
  return finite(medianByRank((length * (length - 1)) / 2, nth) * unit);
}

function nthOfList(series: Float64Array): NthSlope {
  const { length } = series;
  const slopes = new Float64Array((length * (length - 1)) / 2);
  let count = 0;
  for (let later = 1; later < length; later++) {
    for (let earlier = 0; earlier < later; earlier++) {
      slopes[count++] = (at(series, later) - at(series, earlier)) / (later - earlier);
    }
  }
  return (rank) => select(slopes, rank);
}

function nthByBisection(series: Float64Array): NthSlope {
  // No slope is steeper than the steepest one between neighbours.
  const steps = series
    .subarray(1)
    .map((value, index) => value - at(series, index))
    .sort();
  const [least, most] = [at(steps, 0), at(steps, steps.length - 1)];
  const pairs = (series.length * (series.length - 1)) / 2;
  return (rank) => leastDouble(least, most, (bound) => countAbove(series, bound) < pairs - rank);
}

/**
 * How many slopes are above the bound: the pairs i < j with bound·j − x_j < bound·i − x_i.
 *
 * In twice the precision of a double, since a series is often much farther from 0 than its slope: with at most 27 bits in
 * each half of the bound, each half times an index is exact.
 * Source: Dekker (1971) for the halves.
 */
function countAbove(series: Float64Array, bound: number): number {
  const spread = bound * (2 ** 27 + 1);
  const firstHalf = spread - (spread - bound);
  const secondHalf = bound - firstHalf;
  const high = new Float64Array(series.length);
  const low = new Float64Array(series.length);
  for (let index = 0; index < series.length; index++) {
    const level = firstHalf * index;
    const drop = -at(series, index);
    const near = level + drop;
    const rest = errorOfSum(level, drop, near) + secondHalf * index;
    const sum = near + rest;
    high[index] = sum;
    low[index] = errorOfSum(near, rest, sum);
  }
  return sortCountingInversions(high, low);
}
