import { at } from '../../float-list.ts';
import { type Inflation, type LagCorrelation, noInflation, raisedAt, raisedInflation } from './inflation.ts';
import { blockLags, blockLength, closeShareOf, type LagSums, pooledPoints } from './lag-sums.ts';
import { biasOf, unbiased } from './unbiased.ts';

/** For more points than these an inflation is its limit. */
const most = 4 * blockLength;
/** So much of the pairs that are closer than δ counts in favour of a change. */
const mostSlack = 0.25;
/** With fewer points, less of them counts. */
const slackPoints = 512;
/** The largest F of an autoregression that blocks can show: a quarter of their length. */
const mostOfPowers = blockLength / 4;

/**
 * The inflation of U⁺ and U⁻ with a threshold, from how much the scores of neighbours resemble each other within blocks.
 *
 * The mean of a block is taken off its scores, which lowers their correlation by about (1 + ρ) / (1 − ρ) divided by the length. That is given back here. Where neighbours differ by
 * less than δ, scores vary less than ranks, whose variance is ¹⁄₁₂. The inflation is smaller in proportion.
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

/** Mixes two inflations: a share of the second one, the rest and the slack of the first one. */
export function mixedInflation(first: Inflation, second: Inflation, share: number): Inflation {
  const mix = (a: number, b: number) => (1 - share) * a + share * b;
  return {
    of: (points) => mix(first.of(points), second.of(points)),
    limit: mix(first.limit, second.limit),
    passing: 1,
    slack: first.slack,
  };
}
