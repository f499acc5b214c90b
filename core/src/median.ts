import { at } from './float-list.ts';
import { select } from './select.ts';

/** The median of values in ascending order, at least one: with an even count the mean of the two in the middle. */
export function medianOfSorted(sorted: Float64Array): number {
  return medianByRank(sorted.length, (rank) => at(sorted, rank));
}

/** The median of values in any order, at least one. O(n). @param values - put into another order */
export function medianOf(values: Float64Array): number {
  return medianByRank(values.length, (rank) => select(values, rank));
}

/**
 * The median of so many numbers of which no list need exist.
 *
 * @param nth - the number with `rank` others before it in ascending order; asked for once or twice
 */
export function medianByRank(count: number, nth: (rank: number) => number): number {
  const middle = Math.floor(count / 2);
  const upper = nth(middle);
  return count % 2 === 1 ? upper : mean(nth(middle - 1), upper);
}

/** Their mean, also where their sum is beyond the doubles. Never outside the two. */
function mean(a: number, b: number): number {
  const sum = a + b;
  return Number.isFinite(sum) ? sum / 2 : a / 2 + b / 2;
}

/** What is beyond the doubles counts as the largest double of its sign. */
export function finite(value: number): number {
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));
}
