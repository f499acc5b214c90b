import type { ChangePoint } from '@aed/core';
import { normalTails } from '../../core/src/normal-tail.ts';
import { naiveMedian } from './naive-median.ts';

/** The trend of a level, as slow and as plain as can be. */

/** Σ over i < j of sgn(x_j − x_i). */
export function naiveKendallS(series: readonly number[]): number {
  return series.reduce(
    (sum, later, j) =>
      sum + series.slice(0, j).reduce((part, earlier) => part + Math.sign(later - earlier), 0),
    0,
  );
}

/** The test for trend of up to 256 points; its normal tail is that of the package. */
export function naiveTrend(level: readonly number[]): ChangePoint['trend'] {
  if (level.length < 3) return undefined;
  const n = level.length;
  const S = naiveKendallS(level);
  const ties = [...new Set(level)].map((value) => level.filter((other) => other === value).length);
  const times = (count: number) => count * (count - 1) * (2 * count + 5);
  const variance = (times(n) - ties.reduce((sum, count) => sum + times(count), 0)) / 18;
  const z = S === 0 ? 0 : (Math.abs(S) - 1) / Math.sqrt(variance);
  return { slope: naiveSlope(level), pValue: normalTails(z) };
}

/** The median of (x_j − x_i) / (j − i) over i < j. */
export function naiveSlope(series: readonly number[]): number {
  return naiveMedian(
    series.flatMap((later, j) => series.slice(0, j).map((earlier, i) => (later - earlier) / (j - i))),
  );
}
