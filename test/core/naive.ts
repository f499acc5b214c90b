import type { ChangePoint, Direction, ResolvedOptions, TestResult } from '@aed/core';
import { normalTails } from '../../core/src/normal-tail.ts';

/** The words of the documents as code, as slow and as plain as can be: what the package must agree with. */

/** Σ over i ≤ t < j of sgn(x_j − x_i − threshold). */
export function naiveU(series: readonly number[], t: number, threshold: number): number {
  let sum = 0;
  for (const later of series.slice(t)) {
    for (const earlier of series.slice(0, t)) {
      const difference = later - earlier;
      sum += difference > threshold ? 1 : difference < threshold ? -1 : 0;
    }
  }
  return sum;
}

/** The evidence of one direction for every t from 1 to T − 1, the first at index 0. */
export function naiveEvidence(series: readonly number[], direction: Direction, threshold: number): number[] {
  const times = series.slice(1).map((_, index) => index + 1);
  return times.map((t) =>
    direction === 'up' ? naiveU(series, t, threshold) : -naiveU(series, t, -threshold),
  );
}

export interface NaiveMaximum {
  readonly statistic: number;
  /** Every t that reaches the statistic; none if it is 0. */
  readonly times: readonly number[];
  readonly direction: Direction | undefined;
}

export function naiveMaximum(series: readonly number[], threshold: number): NaiveMaximum {
  const up = naiveEvidence(series, 'up', threshold);
  const down = naiveEvidence(series, 'down', threshold);
  const statistic = Math.max(0, ...up, ...down);
  if (statistic === 0) return { statistic, times: [], direction: undefined };
  const reached = up.map((value, index) => Math.max(value, down[index] ?? 0) === statistic);
  const times = reached.flatMap((isReached, index) => (isReached ? [index + 1] : []));
  return { statistic, times, direction: up[(times[0] ?? 0) - 1] === statistic ? 'up' : 'down' };
}

/** The smallest t that maximises U(t) / √(t(T−t)) where the evidence is positive, compared as exact fractions. */
export function naiveSplit(series: readonly number[], direction: Direction, threshold: number): number {
  let best = { square: 0n, pairs: 1n, t: 0 };
  naiveEvidence(series, direction, threshold).forEach((evidence, index) => {
    const t = index + 1;
    const square = BigInt(Math.max(0, evidence)) ** 2n;
    const pairs = BigInt(t * (series.length - t));
    if (square * best.pairs > best.square * pairs) best = { square, pairs, t };
  });
  return best.t;
}

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

/** A test of a regime by its definition. */
export interface NaiveTest {
  result(regime: readonly number[], options: ResolvedOptions): TestResult;
  /** Points before the most evident change in a direction. */
  split(regime: readonly number[], direction: Direction, options: ResolvedOptions): number;
  /** What the p-value of an alarm is below, in a regime of so many points. */
  level(options: ResolvedOptions, points: number): number;
  /** With fewer points of the new level, none is carried into the next regime. */
  readonly leastCarried: number;
}

/** The alpha at which one false alarm in N points is likely: by bisection, since the rate grows with it. */
function naiveAlpha(falseAlarmEvery: number, points: number): number {
  const every = (alpha: number) => (points + 40) / (alpha * (4.1 + 0.46 * Math.log(2 / alpha)));
  let [low, high] = [1e-12, 1];
  if (every(high) > falseAlarmEvery) return high;
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2;
    if (every(middle) > falseAlarmEvery) low = middle;
    else high = middle;
  }
  return high;
}

export const naiveMpp: NaiveTest = {
  result(regime, { practicalThreshold }) {
    const { statistic, direction } = naiveMaximum(regime, practicalThreshold);
    const T = regime.length;
    return {
      statistic,
      direction,
      pValue: Math.min(1, 2 * Math.exp((-6 * statistic ** 2) / (T ** 3 + T ** 2))),
    };
  },
  split: (regime, direction, { practicalThreshold }) => naiveSplit(regime, direction, practicalThreshold),
  level: ({ alpha, falseAlarmEvery }, points) =>
    falseAlarmEvery === 0 ? alpha : naiveAlpha(falseAlarmEvery, points),
  leastCarried: 1,
};

/** Detect, decide, measure, reset: every regime tested from its definition at every point. */
export function naiveDetect(
  series: readonly number[],
  options: ResolvedOptions,
  naive: NaiveTest = naiveMpp,
): ChangePoint[] {
  const { startup, restart, maxRegimeLength } = options;
  const found: ChangePoint[] = [];
  let start = 0;
  for (let detectedAt = 0; detectedAt < series.length; detectedAt++) {
    const regime = series.slice(start, detectedAt + 1);
    const { statistic, pValue, direction } = naive.result(regime, options);
    const T = regime.length;
    if (T >= startup && direction !== undefined && pValue < naive.level(options, T)) {
      const split = naive.split(regime, direction, options);
      const [before, after] = [regime.slice(0, split), regime.slice(split)];
      found.push({
        changedAt: start + split,
        detectedAt,
        direction,
        magnitude: naiveMagnitude(before, after, direction, options),
        pValue,
        statistic,
        superiority: naiveSuperiority(before, after),
        before: { count: before.length, median: naiveMedian(before) },
        after: { count: after.length, median: naiveMedian(after) },
        trend: naiveTrend(before),
      });
      const isCarried = restart === 'change' && after.length >= naive.leastCarried;
      start = isCarried ? start + split : detectedAt + 1;
    } else if (T >= maxRegimeLength) {
      start = detectedAt + 1 - Math.floor(T / 2);
    }
  }
  return found;
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
