import type { ChangePoint, Direction, Level, ResolvedOptions } from '@aed/core';
import { answerOf } from '../../core/src/answer/answer.ts';
import { normalTails } from '../../core/src/normal-tail.ts';
import { type Inflation, noInflation } from '../../core/src/scan/dependence/inflation.ts';
import { startDependence } from '../../core/src/scan/dependence/start-dependence.ts';

/** What is measured of a change, as slow and as plain as can be. */

export function naiveMedian(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  const [a = Number.NaN, b = a] = middle;
  return Number.isFinite(a + b) ? (a + b) / 2 : a / 2 + b / 2;
}

/** The median of all differences after − before, each at most the largest double in size. */
export function naiveShift(before: readonly number[], after: readonly number[]): number {
  const saturated = (value: number) => Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));
  return naiveMedian(after.flatMap((later) => before.map((earlier) => saturated(later - earlier))));
}

export function naiveSuperiority(before: readonly number[], after: readonly number[]): number {
  const wins = after.flatMap((later) =>
    before.map((earlier) => (later > earlier ? 2 : later < earlier ? 0 : 1)),
  );
  return wins.reduce((sum: number, win) => sum + win, 0) / (2 * wins.length);
}

function naiveMagnitude(
  before: readonly number[],
  after: readonly number[],
  direction: Direction,
  { window, practicalThreshold }: ResolvedOptions,
): number {
  const far = naiveShift(
    before.slice(0, Math.max(1, before.length - window)),
    after.slice(Math.min(window, after.length - 1)),
  );
  const reaches = direction === 'up' ? far >= practicalThreshold : far <= -practicalThreshold;
  return reaches ? far : naiveShift(before, after);
}

/** Of all differences in ascending order the two that are as far from the ends as 2.4 deviations of the rank sum leave. */
export function naiveShiftInterval(
  before: readonly number[],
  after: readonly number[],
  inflation: number,
): ChangePoint['magnitudeInterval'] {
  const differences = after.flatMap((later) => before.map((earlier) => later - earlier));
  const pairs = differences.toSorted((a, b) => a - b);
  const variance = (before.length * after.length * (before.length + after.length + 1) * inflation) / 12;
  const outside = Math.floor(pairs.length / 2 - 2.4 * Math.sqrt(variance));
  const rank = Math.min(Math.max(0, outside), Math.ceil(pairs.length / 2) - 1);
  const saturated = (value = Number.NaN) => Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));
  return { from: saturated(pairs[rank]), to: saturated(pairs.at(-1 - rank)) };
}

/** Where the change is and what kind it has. Both are those of the package, which has plain ones of its own to agree with. */
export function naivePlace(
  regime: readonly number[],
  evident: number,
  direction: Direction,
  options: ResolvedOptions,
) {
  const { practicalThreshold, statistic } = options;
  const values = Float64Array.from(regime);
  const inflation = startDependence(options, undefined)?.inflation(values, evident) ?? noInflation;
  const { place, kind } = answerOf(values, evident, direction, inflation.limit);
  const { mode, interval } = place;
  const beyond = direction === 'up' ? practicalThreshold : -practicalThreshold;
  const differences = regime.slice(mode).flatMap((later) => regime.slice(0, mode).map((x) => later - x));
  const above = differences.filter((difference) => difference > beyond).length;
  const below = differences.filter((difference) => difference < beyond).length;
  const isMoved = direction === 'up' ? above > below : below > above;
  const split = statistic === 'scan' && isMoved ? mode : evident;
  return {
    split,
    interval: { from: Math.min(split, interval.from), to: Math.max(split, interval.to) },
    kind,
    inflation,
  };
}

/** Where the change is, and all that is measured there. */
export function naiveDescription(
  regime: readonly number[],
  evident: number,
  direction: Direction,
  options: ResolvedOptions,
) {
  const { split, interval, kind, inflation } = naivePlace(regime, evident, direction, options);
  const [before, after] = [regime.slice(0, split), regime.slice(split)];
  const magnitude = naiveMagnitude(before, after, direction, options);
  const range = naiveShiftInterval(before, after, meanInflation(inflation, before.length, after.length));
  return {
    split,
    interval,
    kind,
    magnitude,
    magnitudeInterval: { from: Math.min(range.from, magnitude), to: Math.max(range.to, magnitude) },
    superiority: naiveSuperiority(before, after),
    before: naiveLevel(before),
    after: naiveLevel(after),
    trend: naiveTrend(before),
  };
}

/** What is known of one side of a change, or of a regime. */
export function naiveLevel(side: readonly number[]): Level {
  return { count: side.length, median: naiveMedian(side), mean: naiveMean(side) };
}

function meanInflation(inflation: Inflation, before: number, after: number): number {
  return (before * inflation.of(after) + after * inflation.of(before)) / (before + after);
}

/** The mean, summed from the least value on; also where the sum is beyond the doubles. */
function naiveMean(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const sum = sorted.reduce((sum, value) => sum + value, 0);
  if (Number.isFinite(sum)) return sum / values.length;
  return sorted.reduce((sum, value) => sum + value / values.length, 0);
}

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
