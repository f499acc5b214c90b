import type { ChangePoint, Direction, Level, ResolvedOptions } from '@aed/core';
import { answerOf } from '../../core/src/answer/answer.ts';
import { inflationAt, seasonOf } from '../../core/src/answer/describe-change.ts';
import type { Inflation } from '../../core/src/scan/dependence/inflation.ts';
import { naiveMedian } from './naive-median.ts';
import type { NaiveRegime } from './naive-test.ts';
import { naiveTrend } from './naive-trend.ts';
import { signBeyond } from './plain-sign.ts';

/** What is measured of a change, as slow and as plain as can be. */

/** An earlier and a later value that are compared. */
type Pair = readonly [number, number];

const allPairs = (before: readonly number[], after: readonly number[]): Pair[] =>
  after.flatMap((later) => before.map((earlier): Pair => [earlier, later]));

/** The pairs of one phase across a split, without so many points on each side of it. */
function pairsAcross({ values, phases }: NaiveRegime, split: number, window = 0): Pair[] {
  const end = Math.max(1, split - window);
  const start = Math.min(values.length - 1, split + window);
  return values.flatMap((later, j) =>
    values.flatMap((earlier, i): Pair[] =>
      i < end && j >= start && phases[i] === phases[j] ? [[earlier, later]] : [],
    ),
  );
}

const saturated = (value = Number.NaN) => Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));

/** The median of all differences after − before, each at most the largest double in size. */
export function naiveShift(before: readonly number[], after: readonly number[]): number {
  return shiftOfPairs(allPairs(before, after));
}

function shiftOfPairs(pairs: readonly Pair[]): number {
  return naiveMedian(pairs.map(([earlier, later]) => saturated(later - earlier)));
}

export function naiveSuperiority(before: readonly number[], after: readonly number[]): number {
  return superiorityOfPairs(allPairs(before, after));
}

function superiorityOfPairs(pairs: readonly Pair[]): number {
  const wins = pairs.map(([earlier, later]) => (later > earlier ? 2 : later < earlier ? 0 : 1));
  return wins.reduce((sum: number, win) => sum + win, 0) / (2 * wins.length);
}

function naiveMagnitude(
  regime: NaiveRegime,
  split: number,
  direction: Direction,
  { window, practicalThreshold }: ResolvedOptions,
): number {
  const sign = direction === 'up' ? 1 : -1;
  const far = sign * shiftOfPairs(pairsAcross(regime, split, window));
  const largest = Math.max(...regime.values.map(Math.abs));
  const reaches =
    practicalThreshold === 0
      ? far >= 0
      : far > 0 && signBeyond(-largest, far - largest, practicalThreshold) >= 0;
  const size = reaches ? far : sign * shiftOfPairs(pairsAcross(regime, split));
  return sign * Math.max(size, practicalThreshold) + 0;
}

/** Of all differences in ascending order the two that are as far from the ends as 2.4 deviations of the rank sum leave. */
export function naiveShiftInterval(
  before: readonly number[],
  after: readonly number[],
  inflation: number,
): ChangePoint['magnitudeInterval'] {
  const values = [...before, ...after];
  return intervalAcross({ values, phases: values.map(() => 0) }, before.length, inflation);
}

function intervalAcross(
  { values, phases }: NaiveRegime,
  split: number,
  inflation: number,
): ChangePoint['magnitudeInterval'] {
  const differences = pairsAcross({ values, phases }, split).map(([earlier, later]) => later - earlier);
  const pairs = differences.toSorted((a, b) => a - b);
  const variances = [...new Set(phases)].map((phase) => {
    const alike = phases.flatMap((other, index) => (other === phase ? [index] : []));
    const before = alike.filter((index) => index < split).length;
    return before * (alike.length - before) * (alike.length + 1);
  });
  const variance = (variances.reduce((sum, one) => sum + one, 0) * inflation) / 12;
  const outside = Math.floor(pairs.length / 2 - 2.4 * Math.sqrt(variance));
  const rank = Math.min(Math.max(0, outside), Math.ceil(pairs.length / 2) - 1);
  return { from: saturated(pairs[rank]), to: saturated(pairs.at(-1 - rank)) };
}

/** Values less the median of their phase, from which a change has been taken off. */
export function naiveRest({ values, phases }: NaiveRegime, split = values.length): number[] {
  const level = naiveCalm({ values, phases }, split);
  return values.map((value, index) =>
    saturated(value - naiveMedian(level.filter((_, other) => phases[other] === phases[index]))),
  );
}

/** The same around the median of all values from which the change has been taken off. */
function naiveLevelled(regime: NaiveRegime, split: number): number[] {
  const median = naiveMedian(naiveCalm(regime, split));
  return naiveRest(regime, split).map((value) => saturated(value + median));
}

/** Values from which a change has been taken off. */
function naiveCalm({ values, phases }: NaiveRegime, split: number): number[] {
  const pairs = pairsAcross({ values, phases }, split);
  const shift = split === values.length || pairs.length === 0 ? 0 : shiftOfPairs(pairs);
  return values.map((value, index) => (index < split ? value : saturated(value - shift)));
}

const hasSeason = ({ statistic, period }: ResolvedOptions) => statistic === 'scan' && period > 1;

/** Where the change is and what kind it has. Both are those of the package, which has plain ones of its own to agree with. */
export function naivePlace(
  regime: NaiveRegime,
  evident: number,
  direction: Direction,
  options: ResolvedOptions,
) {
  const { practicalThreshold, statistic } = options;
  const level = Float64Array.from(hasSeason(options) ? naiveRest(regime, evident) : regime.values);
  const inflation = inflationAt(level, evident, options);
  const [values, phases] = [Float64Array.from(regime.values), Float64Array.from(regime.phases)];
  const season = seasonOf(values, hasSeason(options) ? phases : undefined, options.period);
  const { place, kind } = answerOf(level, evident, direction, inflation.limit, season);
  const { mode, interval } = place;
  const beyond = direction === 'up' ? practicalThreshold : -practicalThreshold;
  const signs = pairsAcross(regime, mode).map(([earlier, later]) => signBeyond(earlier, later, beyond));
  const sum = signs.reduce((total, sign) => total + sign, 0);
  const isMoved = direction === 'up' ? sum > 0 : sum < 0;
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
  regime: NaiveRegime,
  evident: number,
  direction: Direction,
  options: ResolvedOptions,
) {
  const { split, interval, kind, inflation } = naivePlace(regime, evident, direction, options);
  const [before, after] = [regime.values.slice(0, split), regime.values.slice(split)];
  const level = hasSeason(options) ? naiveLevelled(regime, split) : regime.values;
  const magnitude = naiveMagnitude(regime, split, direction, options);
  const range = intervalAcross(regime, split, meanInflation(inflation, before.length, after.length));
  const calm = { values: before, phases: regime.phases.slice(0, split) };
  return {
    split,
    interval,
    kind,
    magnitude,
    magnitudeInterval: { from: Math.min(range.from, magnitude), to: Math.max(range.to, magnitude) },
    superiority: superiorityOfPairs(pairsAcross(regime, split)),
    before: naiveLevel(level.slice(0, split)),
    after: naiveLevel(level.slice(split)),
    trend: naiveTrend(hasSeason(options) ? naiveRest(calm) : before),
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
