import type { Level } from '../change-point.ts';
import { finite, medianOfSorted } from '../median.ts';

/** What is known of one side of a change. @param sorted - its points in ascending order, at least one */
export function levelOf(sorted: Float64Array): Level {
  return { count: sorted.length, median: medianOfSorted(sorted), mean: meanOf(sorted) };
}

/** The mean, also where the sum is beyond the doubles. */
function meanOf(values: Float64Array): number {
  const sum = values.reduce((sum, value) => sum + value, 0);
  if (Number.isFinite(sum)) return sum / values.length;
  // The shares are rounded: those of the largest double can add up to more than it.
  return finite(values.reduce((sum, value) => sum + value / values.length, 0));
}
