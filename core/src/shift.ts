import { finite, medianByRank } from './median.ts';
import { leastDouble } from './ordinal.ts';

/**
 * The Hodges–Lehmann estimate of a shift: the median of all differences after − before.
 *
 * The differences are never listed: a bisection over the doubles finds the one of the wanted rank, and both sides being
 * sorted, one walk along them counts the differences up to a pivot. A difference beyond the doubles counts as the largest
 * double of its sign.
 * Source: Hodges & Lehmann (1963). Cost: at most 128 walks of O(m + n), no memory.
 *
 * @param before - in ascending order, not empty
 * @param after - in ascending order, not empty
 */
export function hodgesLehmann(before: ArrayLike<number>, after: ArrayLike<number>): number {
  return medianByRank(before.length * after.length, (rank) => finite(nthDifference(before, after, rank)));
}

/**
 * P(after > before) + ½ P(equal) over all pairs of the two sides: 1 if every later point is higher, ½ if neither side is.
 *
 * Also called the probability of superiority, or the area under the ROC curve. Cost: two walks of O(m + n).
 *
 * @param before - in ascending order, not empty
 * @param after - in ascending order, not empty
 */
export function superiority(before: ArrayLike<number>, after: ArrayLike<number>): number {
  const halves = 2 * before.length * after.length;
  // A difference below 0 is at most the negative double next to it: differences do not vanish by rounding.
  return (halves - countUpTo(before, after, 0) - countUpTo(before, after, -Number.MIN_VALUE)) / halves;
}

/** The difference with `rank` others before it in ascending order: the least double that more than `rank` do not exceed. */
function nthDifference(before: ArrayLike<number>, after: ArrayLike<number>, rank: number): number {
  return leastDouble(
    (after[0] as number) - (before[before.length - 1] as number),
    (after[after.length - 1] as number) - (before[0] as number),
    (bound) => countUpTo(before, after, bound) > rank,
  );
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
