import { type DetectorOptions, type ResolvedOptions, resolveOptions } from './options.ts';
import { statisticAt } from './p-value.ts';
import type { Statistic } from './regime-tests.ts';
import { normalScore } from './scan/normal-score.ts';
import { scanThreshold } from './scan/scan-threshold.ts';
import { splitsOf } from './scan/split-ages.ts';

/** Whether a shift that separates all values can be significant in so many points. */
const canAlarm: Readonly<Record<Statistic, (points: number, options: ResolvedOptions) => boolean>> = {
  mpp: (points, { alpha }) => Math.floor(points / 2) * Math.ceil(points / 2) > statisticAt(alpha, points),
  scan: (points, { falseAlarmEvery, minimumLength }) =>
    splitsOf(points).some((t) => {
      const m = Math.min(t, points - t);
      if (m < minimumLength) return false;
      const z = Math.sqrt((3 * t * (points - t)) / (points + 1));
      return normalScore(z, m) > scanThreshold(falseAlarmEvery, minimumLength);
    }),
};

/**
 * The fewest points of a regime in which a change can be significant: no shorter one can have a change point.
 *
 * With the scan this holds where no two values are equal, or with a practical threshold; with equal values it can be a few points fewer.
 *
 * @throws RangeError for an option out of bounds or that does not exist
 * @example fewestPoints({ alpha: 0.01 }) // => 16
 */
export function fewestPoints(options?: DetectorOptions): number {
  const resolved = resolveOptions(options);
  let points = resolved.startup;
  while (!canAlarm[resolved.statistic](points, resolved)) points++;
  return points;
}
