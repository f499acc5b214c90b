import { lagMean, type ScoredStretch, scoredStretch } from './autocorrelation.ts';
import { type Inflation, noInflation, raisedAt, raisedInflation } from './inflation.ts';
import { blockLength, type LagSums } from './lag-sums.ts';
import { inBlocks, RankPool } from './rank-pool.ts';
import { unbiased } from './unbiased.ts';

/** The share of the alarms of independent points that pass. The other 13 in 100 are refused, because the estimate of their dependence is too high. From simulations. */
const passing = 0.87;

/** The estimate for points that seem to be independent. */
export const noneEstimated: Inflation = { ...noInflation, passing };

/** The newest points of a regime that an estimate looks at. */
export const mostPoints = 8192;

/**
 * The inflation of a regime that changed after `split` points, estimated on its ranks.
 *
 * The ranks are those within the two sides, so that the change itself counts for nothing. Their correlation at lag 1 gives that of an
 * autoregression, with up to two standard errors added; correlations at longer lags within blocks, pooled with those of earlier regimes, raise it as long as they are significant. What has moved no
 * more than once, from one constant to another, says nothing of its neighbours: a side that holds the move would take it for dependence. Cost: O(n log n) of the newest 8,192 points.
 *
 * @param values - oldest first; not modified
 * @param split - points before the change; 0 if there is none
 * @param before - what earlier regimes left
 * @param longest - points of the longest block in which longer lags are looked at
 */
export function inflationOf(
  values: Float64Array,
  split: number,
  before?: LagSums,
  longest: number = blockLength,
): Inflation {
  const from = Math.max(0, values.length - mostPoints);
  const points = values.length - from;
  if (!movesTwice(values, from)) return noneEstimated;
  const both = [values.subarray(from, Math.max(from, split)), values.subarray(Math.max(from, split))];
  const sides = both.filter((side) => side.length > 0);
  // The ranks of the sides have been used when those of the blocks are written over them.
  const scores = new Int16Array(points);
  const correlation = autoregressionOf(scoredStretches(sides, scores), points);
  if (correlation === undefined) return noneEstimated;
  const blocks = sides.flatMap((side) => inBlocks(side, longest));
  return raisedByPool(correlation, new RankPool(scoredStretches(blocks, scores), before), points);
}

/** Stretches with the ranks of each, one behind the other in a list of scores. */
function scoredStretches(stretches: readonly Float64Array[], scores: Int16Array): ScoredStretch[] {
  let end = 0;
  return stretches.map((stretch) => {
    const start = end;
    end += stretch.length;
    return scoredStretch(stretch, scores.subarray(start, end));
  });
}

/** Whether two values differ from those before them. */
function movesTwice(values: Float64Array, from: number): boolean {
  let moves = 0;
  for (let index = from + 1; index < values.length; index++) {
    if (values[index] !== values[index - 1]) moves++;
    if (moves === 2) return true;
  }
  return false;
}

/** The correlation at lag 1 of stretches with so many points together, raised to be prudent; `undefined` if they say nothing of it. */
export function autoregressionOf(stretches: readonly ScoredStretch[], points: number): number | undefined {
  const variance = lagMean(stretches, 0);
  if (points < 4 || variance === 0) return undefined;
  const first = lagMean(stretches, 1) / variance;
  // Two means were taken off, one of either side.
  const correlation = Math.max(0, unbiased(first, points / 2, 5));
  const error = Math.sqrt(Math.max(0, 1 - correlation ** 2) / points);
  // Two standard errors are added, because too low an estimate lets false alarms through; but no more than the correlation itself, which may be chance.
  return Math.min(0.999, correlation + Math.min(correlation, 2 * error));
}

/** The inflation of an autoregression of so many points, raised by what its blocks and earlier regimes say of longer lags. */
export function raisedByPool(correlation: number, pool: RankPool, points: number): Inflation {
  const raised = { correlation, correlations: pool.correlations(), share: 1, most: points };
  const limit = raisedAt(raised, points);
  return limit === 1 ? noneEstimated : raisedInflation(raised, { limit, passing, slack: 0 });
}
