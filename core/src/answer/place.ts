import type { Interval } from '../change-point.ts';
import { at } from '../float-list.ts';
import { temperingOf } from './tempering.ts';
import { leastWeight, type TwoLevels } from './two-levels.ts';
import type { Winsorised } from './winsorised.ts';

/** Where a regime changed, as points before the change. */
export interface LikelyPlace {
  /** The most likely. */
  readonly mode: number;
  /** The range around it that holds the change with a probability as near to the level as whole points allow. */
  readonly interval: Interval;
}

/** Such intervals hold 94 to 98 of 100 changes of one or two standard deviations. Measured by `bench/statistics/scan-intervals.ts`. */
const usualLevel = 0.95;
/** A place whose log-likelihood, not tempered, is less than the best by more than this is left out. */
const mostLoss = 6;
/** A place that loses more than this may be in the interval, but is not the most likely: where the data say little, the prior alone would lead to the newest points. */
const mostLossOfMode = 4;

/**
 * The posterior of the place under two unknown means with normal noise, the likelihood tempered by what the noise is like.
 *
 * ∝ SSE(t)^(−η·(T − 2) / 2F) · (t·a)^−½ · a^−½ for t points before the change and a after it. The middle factor is of the unknown means. The last one is the
 * prior: at an alarm, a change is more likely to be recent. F is the inflation of dependence, η the tempering, which may not bring in places
 * that the likelihood itself all but excludes. With a season, T − 2 is less by one for each further phase, and t·a is in proportion to how much of a step the phases show.
 * Cost: O(n).
 *
 * @param inflation - by how much dependence between neighbours inflates the variance of a mean; 1 without
 */
export function placeOf(regime: Winsorised, levels: TwoLevels, inflation: number): LikelyPlace {
  const { squares, weights: counting, freedom, first, last, best, least } = levels;
  const { length } = regime.values;
  const { earlier, later } = temperingOf(regime, levels);
  const weights = new Float64Array(length).fill(-Infinity);
  const losses = new Float64Array(length);
  for (let t = first; t <= last; t++) {
    const loss = (freedom / (2 * inflation)) * Math.log(at(squares, t) / least);
    losses[t] = loss;
    if (loss > mostLoss || at(counting, t) < leastWeight) continue;
    weights[t] = -loss * (t < best ? earlier : later) - Math.log(at(counting, t) * (length - t)) / 2;
  }
  return placeByLosses(weights, losses);
}

/**
 * The place by its log weights, where the data do not make the most likely one too unlikely.
 *
 * @param logWeights - by the points before the change; −∞ excludes. Modified
 * @param losses - by how much the log-likelihood of each is less than the best
 */
export function placeByLosses(logWeights: Float64Array, losses: Float64Array): LikelyPlace {
  return placeByWeights(logWeights, usualLevel, (t) => at(losses, t) <= mostLossOfMode);
}

/** Log weights that differ by less are equal but for rounding. */
const leastDifference = 1e-9;

/**
 * The heaviest of the places that may be the mode, the first of several, and the interval around it whose probability is nearest to a level.
 *
 * After a large change few places are likely. The shortest interval of at least that probability then holds nearly 100 %.
 *
 * @param logWeights - by the points before the change; −∞ excludes. Modified
 * @param level - the probability
 * @param canBeMode - of a place
 */
export function placeByWeights(
  logWeights: Float64Array,
  level: number,
  canBeMode: (place: number) => boolean = () => true,
): LikelyPlace {
  // Where nothing can be compared, any place is as good.
  if (logWeights.every((weight) => weight === -Infinity)) logWeights.fill(0, 1);
  let mode = 0;
  for (let t = 1; t < logWeights.length; t++) {
    if (at(logWeights, t) > at(logWeights, mode) + leastDifference && canBeMode(t)) mode = t;
  }
  const best = logWeights.reduce((most, weight) => Math.max(most, weight));
  const weights = logWeights.map((weight) => Math.exp(weight - best));
  const needed = level * weights.reduce((sum, weight) => sum + weight, 0);
  const { held, ...enough } = shortestRange(weights, mode, needed);
  const lighterEnd = Math.min(
    ...[enough.from, enough.to].map((end) => (end === mode ? Infinity : at(weights, end))),
  );
  // Without that end, it would be no nearer to the level.
  if (lighterEnd >= 2 * (held - needed)) return { mode, interval: enough };
  const { from, to } = shortestRange(weights, mode, held - lighterEnd - leastDifference);
  return { mode, interval: { from, to } };
}

/** The shortest range around a place that holds so much weight, and what it holds; of several, the first. */
function shortestRange(weights: Float64Array, mode: number, needed: number): Interval & { held: number } {
  let shortest = { from: 0, to: weights.length - 1, held: needed };
  let held = 0;
  let end = 0;
  for (let from = 0; from <= mode; from++) {
    while (end < weights.length && (held < needed || end <= mode)) held += at(weights, end++);
    if (held < needed) break;
    if (end - 1 - from < shortest.to - shortest.from) shortest = { from, to: end - 1, held };
    held -= at(weights, from);
  }
  return shortest;
}
