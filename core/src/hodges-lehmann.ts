import { mean } from './median.ts';
import { fromOrdinal, toOrdinal } from './ordinal.ts';

/**
 * The Hodges–Lehmann estimate of a shift: the median of all differences after − before.
 *
 * The differences are never listed: a bisection over the doubles finds the one of the wanted rank, and both sides being
 * sorted, one walk along them counts the differences up to a pivot. A difference beyond the doubles counts as the largest
 * double of its sign.
 * Source: Hodges & Lehmann (1963). Cost: at most 64 walks of O(m + n), no memory.
 *
 * @param before - in ascending order, not empty
 * @param after - in ascending order, not empty
 */
export function hodgesLehmann(before: ArrayLike<number>, after: ArrayLike<number>): number {
  const pairs = before.length * after.length;
  const upper = nthDifference(before, after, Math.floor(pairs / 2));
  if (pairs % 2 === 1) return upper;
  return mean(nthDifference(before, after, pairs / 2 - 1), upper);
}

/** The difference with `rank` others before it in ascending order: the least double that more than `rank` do not exceed. */
function nthDifference(before: ArrayLike<number>, after: ArrayLike<number>, rank: number): number {
  let low = toOrdinal((after[0] as number) - (before[before.length - 1] as number));
  let high = toOrdinal((after[after.length - 1] as number) - (before[0] as number));
  while (low < high) {
    const middle = (low + high) >> 1n;
    if (countUpTo(before, after, fromOrdinal(middle)) > rank) high = middle;
    else low = middle + 1n;
  }
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, fromOrdinal(low)));
}

/** How many differences after − before are at most the bound. */
function countUpTo(before: ArrayLike<number>, after: ArrayLike<number>, bound: number): number {
  let count = 0;
  // Of the earlier points, those from here on are high enough; the higher the later point, the fewer.
  let first = 0;
  for (let index = 0; index < after.length; index++) {
    const value = after[index] as number;
    while (first < before.length && value - (before[first] as number) > bound) first++;
    count += before.length - first;
  }
  return count;
}
