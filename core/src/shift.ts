import type { Direction, Interval } from './change-point.ts';
import { at } from './float-list.ts';
import { finite, medianByRank } from './median.ts';
import { leastDouble, previousDouble } from './ordinal.ts';

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
export function hodgesLehmann(before: Float64Array, after: Float64Array): number {
  return medianByRank(before.length * after.length, (rank) => finite(nthDifference(before, after, rank)));
}

/** Half the width of the interval in standard deviations of the rank sum. For one sample it would be 1.96: points that raised an alarm are extreme ones. */
const halfWidth = 2.4;

/**
 * An interval of 95 % for a shift that an alarm has found, by inverting the rank-sum test: the shifts that would leave no evidence.
 *
 * Its ends are differences after − before, as many from the least one as from the largest. Two short sides have too few: then they are the least and the
 * largest, and hold the shift less often. Simulations of alarms gave the width.
 * Source: Moses (1953), Hollander, Wolfe & Chicken (2014), section 4.3. Cost: at most 128 walks of O(m + n), no memory.
 *
 * @param before - in ascending order, not empty
 * @param after - in ascending order, not empty
 * @param inflation - of the variance of the rank sum, by dependence between neighbours; 1 without
 */
export function shiftInterval(before: Float64Array, after: Float64Array, inflation: number): Interval {
  const pairs = before.length * after.length;
  const deviation = Math.sqrt((pairs * (before.length + after.length + 1) * inflation) / 12);
  const inside = Math.floor(pairs / 2 - halfWidth * deviation);
  const rank = Math.max(0, Math.min(inside, Math.floor((pairs - 1) / 2)));
  return {
    from: finite(nthDifference(before, after, rank)),
    to: finite(nthDifference(before, after, pairs - 1 - rank)),
  };
}

/**
 * Whether more pairs lie beyond a threshold, in a direction, than short of it.
 *
 * @param before - in ascending order, not empty
 * @param after - in ascending order, not empty
 */
export function isShifted(
  before: Float64Array,
  after: Float64Array,
  direction: Direction,
  threshold: number,
): boolean {
  const pairs = before.length * after.length;
  const bound = direction === 'up' ? threshold : -threshold;
  const atMost = countUpTo(before, after, bound);
  const less = countUpTo(before, after, previousDouble(bound));
  return direction === 'up' ? pairs - atMost > less : less > pairs - atMost;
}

/**
 * P(after > before) + ½ P(equal) over all pairs of the two sides: 1 if every later point is higher, ½ if neither side is.
 *
 * Also called the probability of superiority, or the area under the ROC curve. Cost: two walks of O(m + n).
 *
 * @param before - in ascending order, not empty
 * @param after - in ascending order, not empty
 */
export function superiority(before: Float64Array, after: Float64Array): number {
  const halves = 2 * before.length * after.length;
  // A difference below 0 is at most the negative double next to it: differences do not vanish by rounding.
  return (halves - countUpTo(before, after, 0) - countUpTo(before, after, previousDouble(0))) / halves;
}

/** The difference with `rank` others before it in ascending order: the least double that more than `rank` do not exceed. */
function nthDifference(before: Float64Array, after: Float64Array, rank: number): number {
  return leastDouble(
    at(after, 0) - at(before, before.length - 1),
    at(after, after.length - 1) - at(before, 0),
    (bound) => countUpTo(before, after, bound) > rank,
  );
}

/** How many differences after − before are at most the bound. */
function countUpTo(before: Float64Array, after: Float64Array, bound: number): number {
  let count = 0;
  // Of the earlier points, those from here on are high enough; the higher the later point, the fewer.
  let first = 0;
  for (let index = 0; index < after.length; index++) {
    const value = at(after, index);
    while (first < before.length && value - at(before, first) > bound) first++;
    count += before.length - first;
  }
  return count;
}
