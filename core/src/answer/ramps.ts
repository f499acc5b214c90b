import { at } from '../float-list.ts';
import { leastShare, leastSide } from './two-levels.ts';

/**
 * Least squares of a regime about a level that begins to climb or fall: the sum of squares for each place where it may begin.
 *
 * At index t, the level holds through the point at t, and rises by the same amount at each later point; at index 0 the whole regime is a straight line.
 * From the right, the sums grow by one point at a time. Cost: O(n).
 *
 * @param values - at least two
 * @returns places up to those with three later points
 */
export function rampSquares(values: Float64Array): Float64Array {
  const { length } = values;
  let total = 0;
  let whole = 0;
  for (let index = 0; index < length; index++) {
    total += at(values, index);
    whole += at(values, index) ** 2;
  }
  const floor = Math.max(leastShare * whole, Number.MIN_VALUE);
  const spread = whole - (total * total) / length;
  const places = Math.max(1, length - leastSide);
  const squares = new Float64Array(places);
  // Of the heights 1, 2 … of the later points: their sum, that of their squares, and that of their products with the values.
  let [heights, heightSquares, products, sum] = [0, 0, 0, 0];
  for (let t = length - 2; t >= 0; t--) {
    const later = length - 1 - t;
    sum += at(values, t + 1);
    products += sum;
    heightSquares += 2 * heights + later;
    heights += later;
    if (t >= places) continue;
    const covariance = products - (heights * total) / length;
    const variance = heightSquares - (heights * heights) / length;
    squares[t] = Math.max(floor, spread - (covariance * covariance) / variance);
  }
  return squares;
}
