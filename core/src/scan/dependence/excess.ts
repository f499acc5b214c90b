import { at } from '../../float-list.ts';
import { type Inflation, type LagCorrelation, noInflation, raisedAt, raisedInflation } from './inflation.ts';
import { blockLags, closeShareOf, type LagSums, pooledPoints } from './lag-sums.ts';
import { biasOf, unbiased } from './unbiased.ts';

/** Points of a block. */
export const blockLength = 128;
/** Of more points, an inflation is that of many. */
const most = 4 * blockLength;
/** How much of the pairs that are closer than δ counts for a change, and from how many points on. */
const mostSlack = 0.25;
const slackPoints = 512;
/** The largest F of an autoregression that blocks can show: a quarter of their length. */
const mostOfPowers = blockLength / 4;

/**
 * The inflation of U⁺ and U⁻ from what the points of a block do to each other, given a threshold.
 *
 * Inside a block, scores lose the correlation that their mean takes away: (1 + ρ) / (1 − ρ) by its length, given back here. The variance of the scores is below ¹⁄₁₂, that of a rank, where δ
 * is above what neighbours differ by: the inflation is as much smaller.
 */
export function inflationOfSums(sums: LagSums): Inflation {
  const { products, pairs, counts } = sums;
  const points = pooledPoints(sums);
  const variance = at(products, 0) / at(pairs, 0);
  const slack = mostSlack * Math.min(1, points / slackPoints) * closeShareOf(sums);
  if (!(variance > 0)) return { ...noInflation, slack };
  const correlationAt = (index: number) => at(products, index) / at(pairs, index) / variance;
  const first = correlationAt(1);
  const length = points / at(counts, 1);
  const correlation = unbiased(first, length, 8);
  const bias = biasOf(correlation, length);
  const error = Math.sqrt(Math.max(0, 1 - correlation ** 2) / points);
  const strongest = (mostOfPowers - 1) / (mostOfPowers + 1);
  const prudent = Math.min(strongest, Math.max(0, correlation + error));
  const found: LagCorrelation[] = [];
  for (const [index, lag] of blockLags.entries()) {
    if (at(pairs, index + 1) < at(pairs, 0) / 4) break;
    const raised = bias + (1 - bias) * correlationAt(index + 1);
    if (raised - bias < 1 / Math.sqrt(points)) break;
    found.push({ lag, correlation: Math.min(1, raised) });
  }
  const share = Math.min(1, (12 * variance) / (1 - bias));
  const raised = { correlation: prudent, correlations: found, share, most };
  const limit = Math.max(raisedAt(raised, most), (share * (1 + prudent)) / (1 - prudent));
  return raisedInflation(raised, { limit, passing: 1, slack });
}

/** The inflation between two, a share of the second one, with the slack of the first one. */
export function mixedInflation(first: Inflation, second: Inflation, share: number): Inflation {
  const mix = (a: number, b: number) => (1 - share) * a + share * b;
  return {
    of: (points) => mix(first.of(points), second.of(points)),
    limit: mix(first.limit, second.limit),
    passing: 1,
    slack: first.slack,
  };
}
