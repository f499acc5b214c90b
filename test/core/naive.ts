import type { ChangePoint, Direction, ResolvedOptions } from '@aed/core';
import type { RegimeMemory } from '../../core/src/regime-test.ts';
import { naiveDescription } from './naive-measure.ts';
import type { NaiveTest } from './naive-test.ts';
import { signBeyond } from './plain-sign.ts';

/** The words of the documents as code, as slow and as plain as can be: what the package must agree with. */

/** Σ over i ≤ t < j of sgn(x_j − x_i − threshold). */
export function naiveU(series: readonly number[], t: number, threshold: number): number {
  let sum = 0;
  for (const later of series.slice(t)) {
    for (const earlier of series.slice(0, t)) {
      sum += signBeyond(earlier, later, threshold);
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

/** The N at which one false alarm in N points is likely at a p-value; the largest double for a p-value of 0. */
export function naiveEvery(pValue: number, points: number): number {
  return Math.min(Number.MAX_VALUE, (points + 40) / (pValue * (4.1 + 0.46 * (Math.LN2 - Math.log(pValue)))));
}

/** The alpha at which one false alarm in N points is likely: by bisection, since the rate grows with it. */
function naiveAlpha(falseAlarmEvery: number, points: number): number {
  let [low, high] = [1e-12, 1];
  if (naiveEvery(high, points) > falseAlarmEvery) return high;
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2;
    if (naiveEvery(middle, points) > falseAlarmEvery) low = middle;
    else high = middle;
  }
  return high;
}

export const naiveMpp: NaiveTest = {
  result({ values }, { practicalThreshold }) {
    const { statistic, direction } = naiveMaximum(values, practicalThreshold);
    const T = values.length;
    const pValue = Math.min(1, 2 * Math.exp((-6 * statistic ** 2) / (T ** 3 + T ** 2)));
    return { statistic, direction, pValue, falseAlarmEvery: naiveEvery(pValue, T) };
  },
  split: ({ values }, direction, { practicalThreshold }) => naiveSplit(values, direction, practicalThreshold),
  period: () => 1,
  level: ({ alpha, falseAlarmEvery }, points) =>
    falseAlarmEvery === 0 ? alpha : naiveAlpha(falseAlarmEvery, points),
  leastCarried: () => 1,
  memory: () => undefined,
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
  let memory: RegimeMemory | undefined;
  for (let detectedAt = 0; detectedAt < series.length; detectedAt++) {
    const values = series.slice(start, detectedAt + 1);
    const phases = values.map((_, index) => (start + index) % naive.period(options));
    const regime = { values, phases };
    const { statistic, pValue, falseAlarmEvery, direction } = naive.result(regime, options, memory);
    const T = values.length;
    if (T >= startup && direction !== undefined && pValue < naive.level(options, T)) {
      const evident = naive.split(regime, direction, options);
      const { split, interval, ...described } = naiveDescription(regime, evident, direction, options);
      found.push({
        changedAt: start + split,
        interval: { from: start + interval.from, to: start + interval.to },
        detectedAt,
        direction,
        pValue,
        falseAlarmEvery,
        statistic,
        ...described,
      });
      const isCarried = restart === 'change' && T - split >= naive.leastCarried(options);
      const next = isCarried ? start + split : detectedAt + 1;
      memory = naive.memory(regime, next - start, split, true, options, memory);
      start = next;
    } else if (T >= maxRegimeLength) {
      const next = detectedAt + 1 - Math.floor(T / 2);
      memory = naive.memory(regime, next - start, next - start, false, options, memory);
      start = next;
    }
  }
  return found;
}
