import { levelOf } from './answer/level.ts';
import type { ChangePoint, Direction } from './change-point.ts';
import { at } from './float-list.ts';
import { type Inflation, noInflation } from './scan/dependence/inflation.ts';
import { pairsAcross, sidesOf } from './seasons/pairs-across.ts';
import { levelledSeason, withoutSeason } from './seasons/without-season.ts';
import { type Sides, shiftInterval, shiftOf, superiorityOf } from './shift.ts';
import { Offset } from './threshold/offset.ts';
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
 * since at this split more pairs lie beyond it than short of it. A magnitude that is tied with the threshold is the threshold.
 * With a season only points of the same phase are pairs, and the levels are those of the points without it.
 * Its interval is that of all points, and reaches to the magnitude where that lies beyond.
 * Cost: O(n log n) time, O(n) memory.
 *
 * @param regime - oldest first; not modified
 * @param split - points before the change
 * @param inflation - of the variance of a mean, by dependence between neighbours
 * @param phases - of the points, if they have a season
 */
export function measure(
  regime: Float64Array,
  split: number,
  direction: Direction,
  { practicalThreshold, window }: { readonly practicalThreshold: number; readonly window: number },
  inflation: Inflation = noInflation,
  phases?: Float64Array,
): Measurement {
  const sides = sidesOf(regime, split);
  const pairs = phases === undefined ? [sides] : pairsAcross(regime, split, phases);
  const apart = pairsAcross(regime, split, phases, window);
  const sign = direction === 'up' ? 1 : -1;
  const core = apart.length === 0 ? -Infinity : sign * shiftOf(apart);
  const reachesThreshold = new Offset(practicalThreshold).isReachedBy(core, largestOf(sides));
  const size = reachesThreshold ? core : sign * shiftOf(pairs);
  const magnitude = sign * Math.max(size, practicalThreshold) + 0;
  const [t, a] = [split, regime.length - split];
  const { from, to } = shiftInterval(pairs, (t * inflation.of(a) + a * inflation.of(t)) / (t + a));
  const before = regime.subarray(0, split);
  const levels = phases === undefined ? sides : sidesOf(levelledSeason(regime, phases, split), split);
  return {
    magnitude,
    magnitudeInterval: { from: Math.min(from, magnitude), to: Math.max(to, magnitude) },
    superiority: superiorityOf(pairs),
    before: levelOf(levels.before),
    after: levelOf(levels.after),
    trend: trendOf(phases === undefined ? before : withoutSeason(before, phases.subarray(0, split))),
  };
}

/** The largest size of a point. */
function largestOf({ before, after }: Sides): number {
  return Math.max(...[before, after].flatMap((side) => [-at(side, 0), at(side, side.length - 1)]));
}
