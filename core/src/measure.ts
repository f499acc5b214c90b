import type { ChangePoint, Direction } from './change-point.ts';
import { medianOfSorted } from './median.ts';
import { hodgesLehmann, superiority } from './shift.ts';
import { trendOf } from './trend.ts';

/** What is measured of a change: its size and both of its sides. */
export type Measurement = Pick<ChangePoint, 'magnitude' | 'superiority' | 'before' | 'after' | 'trend'>;

/**
 * Measures the change of a regime at a split.
 *
 * The magnitude ignores `window` points on each side next to the change, fewer where a side is short. If that leaves less
 * than the practical threshold in the direction found, nothing is ignored; then the magnitude reaches the threshold,
 * since at this split more pairs lie beyond it than short of it.
 * Cost: O(n log n) time, O(n) memory.
 *
 * @param regime - oldest first; not modified
 * @param split - points before the change
 */
export function measure(
  regime: Float64Array,
  split: number,
  direction: Direction,
  { practicalThreshold, window }: { readonly practicalThreshold: number; readonly window: number },
): Measurement {
  const sorted = (start: number, end?: number) => regime.slice(start, end).sort();
  const before = sorted(0, split);
  const after = sorted(split);
  const core = hodgesLehmann(
    sorted(0, Math.max(1, split - window)),
    sorted(Math.min(regime.length - 1, split + window)),
  );
  const reachesThreshold = direction === 'up' ? core >= practicalThreshold : core <= -practicalThreshold;
  return {
    magnitude: reachesThreshold ? core : hodgesLehmann(before, after),
    superiority: superiority(before, after),
    before: { count: before.length, median: medianOfSorted(before) },
    after: { count: after.length, median: medianOfSorted(after) },
    trend: trendOf(regime.subarray(0, split)),
  };
}
