import { at } from './float-list.ts';

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

/** A range of so few values is sorted. */
const leastParted = 32;

/**
 * The value with `rank` others before it in ascending order: what a sort would put there, without sorting the rest.
 *
 * Source: Hoare (1961), with a median of three as the pivot. Cost: O(n); at most O(n log n), since a search that shrinks too slowly ends with a sort.
 *
 * @param values - without NaN; put into another order
 * @param rank - 0 to `length − 1`
 */
export function select(values: Float64Array, rank: number): number {
  let low = 0;
  let high = values.length - 1;
  for (let rounds = 2 * Math.log2(values.length); high - low >= leastParted && rounds > 0; rounds--) {
    const pivot = middleOf(at(values, low), at(values, (low + high) >> 1), at(values, high));
    let left = low;
    let right = high;
    while (left <= right) {
      while (at(values, left) < pivot) left++;
      while (at(values, right) > pivot) right--;
      if (left > right) break;
      const value = at(values, left);
      values[left++] = at(values, right);
      values[right--] = value;
    }
    if (rank <= right) high = right;
    else if (rank >= left) low = left;
    else return pivot;
  }
  values.subarray(low, high + 1).sort();
  return at(values, rank);
}

function middleOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
