import { mean } from './median.ts';
import { leastDouble } from './ordinal.ts';

/**
 * The Hodges–Lehmann estimate of a shift: the median of all differences after − before.
 *
 * The differences are never listed: a bisection over the doubles finds the one of the wanted rank, and both sides being
 * sorted, one walk along them counts the differences up to a pivot. A difference beyond the doubles counts as the largest
 * double of its sign.
 * Source: Hodges & Lehmann (1963). Cost: at most 66 walks of O(m + n), no memory.
 *
 * @param before - in ascending order, not empty
 * @param after - in ascending order, not empty
 */
export function hodgesLehmann(before: ArrayLike<number>, after: ArrayLike<number>): number {
  const pairs = before.length * after.length;
  const lower = nthDifference(before, after, Math.ceil(pairs / 2) - 1);
  if (pairs % 2 === 1 || countUpTo(before, after, lower) > pairs / 2) return finite(lower);
  return mean(finite(lower), finite(leastAbove(before, after, lower)));
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

/** The least difference after − before above the bound; one must be. */
function leastAbove(before: ArrayLike<number>, after: ArrayLike<number>, bound: number): number {
  let least = Number.POSITIVE_INFINITY;
  let first = 0;
  for (let index = 0; index < after.length; index++) {
    const value = after[index] as number;
    while (first < before.length && value - (before[first] as number) > bound) first++;
    if (first > 0) least = Math.min(least, value - (before[first - 1] as number));
  }
  return least;
}

function finite(value: number): number {
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));
}
