import type { ChangePoint, Direction } from './change-point.ts';
import { hodgesLehmann } from './hodges-lehmann.ts';
import { medianOfSorted } from './median.ts';
import { superiority } from './superiority.ts';
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
  const before = regime.slice(0, split).sort();
  const after = regime.slice(split).sort();
  const core = hodgesLehmann(
    regime.slice(0, Math.max(1, split - window)).sort(),
    regime.slice(Math.min(regime.length - 1, split + window)).sort(),
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
