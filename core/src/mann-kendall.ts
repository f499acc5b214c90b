import { checkedSeries } from './check.ts';
import { sortCountingInversions } from './inversions.ts';
import { normalTails } from './normal-tail.ts';
import { senSlope } from './sen-slope.ts';

/** The answer of a test for trend. */
export interface TrendResult {
  /** S: pairs of points of which the later is higher, minus those of which it is lower. */
  readonly statistic: number;
  /** Variance of S without a trend, equal values taken into account. */
  readonly variance: number;
  /** S as a standard normal: moved by 1 towards 0, then divided by its standard deviation; 0 if S is 0. */
  readonly z: number;
  /** P of a |z| at least as large without a trend, by the normal approximation. */
  readonly pValue: number;
  /** Sen's slope: the median of the slopes of all pairs, in the unit of the data a point; 0 for fewer than two points. */
  readonly slope: number;
}

/**
 * The Mann–Kendall test for a monotone trend, with Sen's slope as its size: does the series drift, and how fast?
 *
 * It takes the points as independent: where neighbours resemble each other, p is too small.
 * Source: Mann (1945); Kendall (1975), variance with ties; Sen (1968).
 * Cost: O(n log n) time for the test; the slope takes O(n²) time and memory up to 512 points, beyond at most 128 sorts.
 *
 * @param series - oldest first, finite, in the caller's unit; not modified
 * @throws RangeError if a value is not finite
 * @example mannKendallTest([1, 2, 2, 4, 5]) // => { statistic: 9, variance: 15.666…, z: 2.021…, pValue: 0.043…, slope: 1 }
 */
export function mannKendallTest(series: ArrayLike<number>): TrendResult {
  const values = checkedSeries(series);
  const points = values.length;
  const sorted = values.slice();
  const descending = sortCountingInversions(sorted, new Float64Array(points));
  let tied = 0;
  let eighteenfold = timesOf(points);
  for (let start = 0, end = 0; start < points; start = end) {
    while (end < points && sorted[end] === sorted[start]) end++;
    const equal = end - start;
    tied += (equal * equal - equal) / 2;
    eighteenfold -= timesOf(equal);
  }
  const statistic = (points * points - points) / 2 - tied - 2 * descending;
  const variance = eighteenfold / 18;
  const z = statistic === 0 ? 0 : (statistic - Math.sign(statistic)) / Math.sqrt(variance);
  return { statistic, variance, z, pValue: normalTails(Math.abs(z)), slope: senSlope(values) };
}

function timesOf(count: number): number {
  return (count * count - count) * (2 * count + 5);
}
