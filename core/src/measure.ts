import { levelOf } from './answer/level.ts';
import type { ChangePoint, Direction } from './change-point.ts';
import { type Inflation, noInflation } from './scan/dependence/inflation.ts';
import { hodgesLehmann, shiftInterval, superiority } from './shift.ts';
import { trendOf } from './trend.ts';

/** What is measured of a change: its size and both of its sides. */
export type Measurement = Pick<
  ChangePoint,
  'magnitude' | 'magnitudeInterval' | 'superiority' | 'before' | 'after' | 'trend'
>;

/**
 * Measures the change of a regime at a split.
 *
 * The magnitude ignores `window` points on each side next to the change, fewer where a side is short. If that leaves less
 * than the practical threshold in the direction found, nothing is ignored; then the magnitude reaches the threshold,
 * since at this split more pairs lie beyond it than short of it.
 * Its interval is that of all points, and reaches to the magnitude where that lies beyond.
 * Cost: O(n log n) time, O(n) memory.
 *
 * @param regime - oldest first; not modified
 * @param split - points before the change
 * @param inflation - of the variance of a mean, by dependence between neighbours
 */
export function measure(
  regime: Float64Array,
  split: number,
  direction: Direction,
  { practicalThreshold, window }: { readonly practicalThreshold: number; readonly window: number },
  inflation: Inflation = noInflation,
): Measurement {
  const sorted = (start: number, end?: number) => regime.slice(start, end).sort();
  const before = sorted(0, split);
  const after = sorted(split);
  const core = hodgesLehmann(
    sorted(0, Math.max(1, split - window)),
    sorted(Math.min(regime.length - 1, split + window)),
  );
  const reachesThreshold = direction === 'up' ? core >= practicalThreshold : core <= -practicalThreshold;
  const magnitude = reachesThreshold ? core : hodgesLehmann(before, after);
  const [t, a] = [before.length, after.length];
  const { from, to } = shiftInterval(before, after, (t * inflation.of(a) + a * inflation.of(t)) / (t + a));
  return {
    magnitude,
    magnitudeInterval: { from: Math.min(from, magnitude), to: Math.max(to, magnitude) },
    superiority: superiority(before, after),
    before: levelOf(before),
    after: levelOf(after),
    trend: trendOf(regime.subarray(0, split)),
  };
}
