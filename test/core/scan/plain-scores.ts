import type { Direction } from '@aed/core';
import type { Inflation } from '../../../core/src/scan/dependence/inflation.ts';
import { rateShare } from '../../../core/src/scan/dependence/rate-share.ts';
import { type Levels, levelsOf } from '../../../core/src/scan/levels.ts';
import { normalScore } from '../../../core/src/scan/normal-score.ts';
import { scanThreshold } from '../../../core/src/scan/scan-threshold.ts';
import { tiedScore } from '../../../core/src/scan/tied-score.ts';
import { tiedShare } from '../../../core/src/scan/tied-share.ts';
import { isPlainLeap } from './plain-leaps.ts';
import type { PlainRegime } from './plain-regime.ts';
import { seasonalPairs, seasonalVariances } from './plain-season.ts';
import { cellCounts, seasonalLevels, seasonalTieFactor, tieFactor } from './plain-ties.ts';

/** The largest score of a regime. */
export interface Scored {
  readonly score: number;
  readonly split: number;
  readonly direction: Direction | undefined;
  readonly threshold: number;
  /** For which share of the asked points between false alarms the threshold is. */
  readonly share: number;
  /** Whether leaps alone were looked at. */
  readonly isLeap: boolean;
}

/** The splits t of T points that are kept: those that 2^ℓ divides, ℓ = max(0, ⌊log₂((T − t) / 4)⌋). */
export function keptSplits(T: number): number[] {
  const all = Array.from({ length: Math.max(0, T - 1) }, (_, index) => index + 1);
  return all.filter((t) => t % 2 ** Math.max(0, Math.floor(Math.log2((T - t) / 4))) === 0);
}

/** A kept split with enough points on both sides. */
interface Candidate {
  readonly t: number;
  readonly up: number;
  readonly evidence: number;
  /** How many pairs of points are compared. */
  readonly pairs: number;
  /** What the variance is in proportion to. */
  readonly weight: number;
}

function candidatesOf({ options, values, phases, rise, fall }: PlainRegime): Candidate[] {
  const T = values.length;
  const counts = seasonalPairs(phases);
  const variances =
    options.period > 1 ? seasonalVariances(values, phases, options.practicalThreshold) : counts;
  return keptSplits(T)
    .filter((t) => Math.min(t, T - t) >= options.minimumLength)
    .map((t) => {
      const up = rise[t - 1] ?? 0;
      const evidence = Math.max(up, -(fall[t - 1] ?? 0));
      return { t, up, evidence, pairs: counts[t - 1] ?? 0, weight: variances[t - 1] ?? 0 };
    });
}

export function mostEvident(regime: PlainRegime): number {
  let best = { t: 0, square: 0 };
  for (const { t, evidence, weight } of candidatesOf(regime)) {
    const square = evidence > 0 ? evidence ** 2 / weight : 0;
    if (square > best.square) best = { t, square };
  }
  return best.t;
}

export function largestScore(regime: PlainRegime, F: Inflation, isLeap = false): Scored {
  const { practicalThreshold, minimumLength, falseAlarmEvery } = regime.options;
  const T = regime.values.length;
  const hasSeason = regime.options.period > 1;
  const ties = hasSeason ? seasonalTieFactor(regime.values, regime.phases) : tieFactor(regime.values);
  const factor = practicalThreshold > 0 ? 1 : ties;
  const scale = hasSeason ? 3 : 3 / ((T + 1) * factor);
  const isTied = factor < 0.985 && factor >= 1e-9;
  const shareOf = (tied: number) => {
    const least = Math.max(tied, 20 / falseAlarmEvery);
    return least * rateShare(F, least * falseAlarmEvery);
  };
  const thresholdOf = (share: number) => scanThreshold(share * falseAlarmEvery, minimumLength);
  const root = 2 ** (Math.round(32 * Math.log2(factor)) / 64);
  const share = shareOf(isTied ? Math.max(tiedShareOf(regime, thresholdOf(shareOf(root))), root / 4) : 1);
  const threshold = thresholdOf(share);
  const leastThreshold = thresholdOf(shareOf(root / 4));
  let best: Scored = { score: 0, split: 0, direction: undefined, threshold, share, isLeap };
  if (hasSeason && T < 2 * regime.options.period) return best;
  for (const candidate of candidatesOf(regime)) {
    const { t, up, evidence, weight } = candidate;
    if (evidence <= 0 || factor < 1e-9) continue;
    const variance = (t * F.of(T - t) + (T - t) * F.of(t)) / T;
    const m = Math.min(t, T - t) / F.of(Math.min(t, T - t));
    const z2 =
      factor >= 0.985
        ? (evidence * evidence * scale) / weight / variance
        : (evidence * evidence * scale) / (weight * variance);
    const untied = F.limit > 1 && z2 < 4 ? Math.sqrt(z2) : normalScore(Math.sqrt(z2), m);
    const isCandidate = hasSeason
      ? untied > leastThreshold
      : z2 * (m < 6 ? 2 : 1.6) ** 2 > leastThreshold ** 2;
    const tied = () => {
      const levels = levelsOfRegime(regime, up > 0 === T - t <= t);
      const share = m / T;
      const sum = hasSeason
        ? Math.sqrt(z2 * share * (1 - share) * levels.squares)
        : (Math.sqrt((m * (T - m)) / (t * (T - t) * variance)) * evidence) / (2 * T);
      return tiedScore(levels, sum, m);
    };
    const score =
      practicalThreshold > 0 && regime.options.dependence === 'auto'
        ? bothScores(regime, isLeap ? undefined : F, candidate, scale, variance, threshold)
        : factor >= 0.985
          ? untied
          : isCandidate
            ? tied()
            : 0;
    if (score > best.score) best = { ...best, score, split: t, direction: up > 0 ? 'up' : 'down' };
  }
  return best;
}

/** The smaller score of the two tests that a change must pass with a practical threshold; of the first one alone, if it is a leap. */
function bothScores(
  regime: PlainRegime,
  F: Inflation | undefined,
  { t, up, evidence, pairs, weight }: Candidate,
  scale: number,
  variance: number,
  threshold: number,
): number {
  const { falseAlarmEvery, minimumLength } = regime.options;
  const T = regime.values.length;
  const m = Math.min(t, T - t);
  const z2 = (evidence * evidence * scale) / weight;
  const first = normalScore(Math.sqrt(z2), m) * (threshold / scanThreshold(falseAlarmEvery, minimumLength));
  if (isPlainLeap(regime, t, up > 0 ? 'up' : 'down')) return first;
  if (F === undefined) return 0;
  if (variance <= 1) return first;
  const inflated =
    z2 / variance < 4 ? Math.sqrt(z2 / variance) : normalScore(Math.sqrt(z2 / variance), m / F.of(m));
  const shifted = (evidence + F.slack * pairs) * Math.sqrt(scale / (weight * variance));
  return Math.min(first, Math.max(inflated, shifted));
}

function tiedShareOf(regime: PlainRegime, threshold: number): number {
  const [ascending, descending] = [levelsOfRegime(regime, true), levelsOfRegime(regime, false)];
  return tiedShare(ascending, descending, threshold, regime.options.minimumLength);
}

function levelsOfRegime({ options, values, phases }: PlainRegime, isAscending: boolean): Levels {
  if (options.period > 1) return seasonalLevels(values, phases, isAscending ? 1 : -1);
  const cells = cellCounts(values);
  return levelsOf(Float64Array.from(isAscending ? cells : cells.reverse()));
}
