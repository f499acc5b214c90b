import type { Direction, Interval } from './change-point.ts';
import { leastDouble, previousDouble } from './doubles/ordinal.ts';
import { at } from './float-list.ts';
import { finite, medianByRank } from './median.ts';
import { Offset } from './threshold/offset.ts';
import { Walk } from './threshold/walk.ts';

/** The points before and after a change that are compared with each other: both in ascending order, neither empty. */
export interface Sides {
  readonly before: Float64Array;
  readonly after: Float64Array;
}

/**
 * The Hodges–Lehmann estimate of a shift: the median of all differences after − before, over one or several pairs of sides, such as those
 * of each phase of a season.
 *
 * The differences are never listed: a bisection over the doubles finds the one of the wanted rank, and both sides being
 * sorted, one walk along them counts the differences up to a pivot. A difference beyond the doubles counts as the largest
 * double of its sign.
 * Source: Hodges & Lehmann (1963). Cost: at most 128 walks of O(m + n), no memory.
 *
 * @param pairs - at least one
 */
export function shiftOf(pairs: readonly Sides[]): number {
  return medianByRank(differencesOf(pairs), (rank) => finite(nthDifference(pairs, rank)));
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
 * @param pairs - sides that are compared, at least one pair
 * @param inflation - of the variance of the rank sum, by dependence between neighbours; 1 without
 */
export function shiftInterval(pairs: readonly Sides[], inflation: number): Interval {
  const differences = differencesOf(pairs);
  const variance = pairs.reduce(
    (sum, { before, after }) => sum + before.length * after.length * (before.length + after.length + 1),
    0,
  );
  const deviation = Math.sqrt((variance * inflation) / 12);
  const inside = Math.floor(differences / 2 - halfWidth * deviation);
  const rank = Math.max(0, Math.min(inside, Math.floor((differences - 1) / 2)));
  return {
    from: finite(nthDifference(pairs, rank)),
    to: finite(nthDifference(pairs, differences - 1 - rank)),
  };
}

/** Whether more differences of some pairs of sides lie beyond a threshold, in a direction, than short of it. Not, without a pair. */
export function isShifted(pairs: readonly Sides[], direction: Direction, threshold: number): boolean {
  const sum = signsBeyond(pairs, new Offset(direction === 'up' ? threshold : -threshold));
  return direction === 'up' ? sum > 0 : sum < 0;
}

/**
 * P(after > before) + ½ P(equal) over all differences of some pairs of sides: 1 if every later point is higher, ½ if neither side is.
 *
 * Also called the probability of superiority, or the area under the ROC curve. Cost: two walks of O(m + n).
 *
 * @param pairs - at least one
 */
export function superiorityOf(pairs: readonly Sides[]): number {
  const halves = 2 * differencesOf(pairs);
  // A difference below 0 is at most the negative double next to it: differences do not vanish by rounding.
  return (halves - countUpTo(pairs, 0) - countUpTo(pairs, previousDouble(0))) / halves;
}

/** How many differences are beyond an offset, less how many fall short of it. */
function signsBeyond(pairs: readonly Sides[], offset: Offset): number {
  let sum = 0;
  for (const { before, after } of pairs) {
    const walk = new Walk(before, 0, before.length, offset);
    for (const value of after) sum += walk.to(value) - before.length;
  }
  return sum;
}

function differencesOf(pairs: readonly Sides[]): number {
  return pairs.reduce((sum, { before, after }) => sum + before.length * after.length, 0);
}

/** The difference with `rank` others before it in ascending order: the least double that more than `rank` do not exceed. */
function nthDifference(pairs: readonly Sides[], rank: number): number {
  let [least, most] = [Infinity, -Infinity];
  for (const { before, after } of pairs) {
    least = Math.min(least, at(after, 0) - at(before, before.length - 1));
    most = Math.max(most, at(after, after.length - 1) - at(before, 0));
  }
  return leastDouble(least, most, (bound) => countUpTo(pairs, bound) > rank);
}

/** How many differences after − before are at most the bound. */
function countUpTo(pairs: readonly Sides[], bound: number): number {
  let count = 0;
  for (const { before, after } of pairs) {
    // Of the earlier points, those from here on are high enough; the higher the later point, the fewer.
    let first = 0;
    for (let index = 0; index < after.length; index++) {
      first = firstWithin(before, first, at(after, index), bound);
      count += before.length - first;
    }
  }
  return count;
}

/**
 * The first of the earlier points, from `from` on, that a later value does not exceed by more than the bound; their number if there is none.
 *
 * In steps that double, then in halves: of two sides as long as each other the next point is near, of a long and a short one it is far.
 */
function firstWithin(before: Float64Array, from: number, value: number, bound: number): number {
  let low = from;
  let step = 1;
  for (; low + step <= before.length && value - at(before, low + step - 1) > bound; step *= 2) low += step;
  let length = Math.min(low + step - 1, before.length) - low;
  while (length > 1) {
    const half = length >> 1;
    if (value - at(before, low + half - 1) > bound) low += half;
    length -= half;
  }
  return length === 1 && value - at(before, low) > bound ? low + 1 : low;
}
