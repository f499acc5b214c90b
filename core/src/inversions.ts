import { at } from './float-list.ts';

/**
 * How many pairs of a list of unevaluated sums high + low stand in descending order, ties not counted.
 *
 * The sums are sorted on the way, by merging: each time an element overtakes those left of it, they are counted.
 * Cost: O(n log n) time, O(n) memory; exact up to 2⁵³ pairs.
 *
 * @param high - sorted on return, together with `low`
 * @param low - each less than half of the last digit of its `high`, so that sums compare as their parts do
 */
export function sortCountingInversions(high: Float64Array, low: Float64Array): number {
  const { length } = high;
  const mergedHigh = new Float64Array(length);
  const mergedLow = new Float64Array(length);
  let inversions = 0;
  for (let width = 1; width < length; width *= 2) {
    for (let start = 0; start + width < length; start += 2 * width) {
      const middle = start + width;
      const end = Math.min(middle + width, length);
      let left = start;
      let right = middle;
      for (let to = start; to < end; to++) {
        const takesRight =
          left === middle ||
          (right < end &&
            (at(high, right) < at(high, left) ||
              (high[right] === high[left] && at(low, right) < at(low, left))));
        const from = takesRight ? right++ : left++;
        if (takesRight) inversions += middle - left;
        mergedHigh[to] = at(high, from);
        mergedLow[to] = at(low, from);
      }
      high.set(mergedHigh.subarray(start, end), start);
      low.set(mergedLow.subarray(start, end), start);
    }
  }
  return inversions;
}
