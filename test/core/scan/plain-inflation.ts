import {
  autoregressionOf,
  mostPoints,
  noneEstimated,
  raisedByPool,
} from '../../../core/src/scan/dependence/estimate.ts';
import type { Inflation } from '../../../core/src/scan/dependence/inflation.ts';
import type { LagSums } from '../../../core/src/scan/dependence/lag-sums.ts';
import { RankPool } from '../../../core/src/scan/dependence/rank-pool.ts';
import { signBeyond } from '../plain-sign.ts';

/** Of each value how many are less, minus how many are more. */
export function plainRankScores(values: readonly number[]): number[] {
  return values.map((value) => signSum(values, value, 0));
}

/** Σ over others of sgn(value − other − offset). A loop, since this is most of what the plain scan does. */
export function signSum(others: readonly number[], value: number, offset: number): number {
  let sum = 0;
  for (const other of others) sum += signBeyond(other, value, offset);
  return sum;
}

/** The inflation by the scores of the definition. */
export function plainInflationOf(
  values: readonly number[],
  split: number,
  before?: LagSums,
  longest = 128,
): Inflation {
  const from = Math.max(0, values.length - mostPoints);
  const moves = values.filter((value, index) => index > from && value !== values[index - 1]);
  if (moves.length < 2) return noneEstimated;
  const sides = [values.slice(from, Math.max(from, split)), values.slice(Math.max(from, split))];
  const stretchesOf = (parts: readonly (readonly number[])[]) =>
    parts
      .filter((part) => part.length > 0)
      .map((part) => ({ scores: Int16Array.from(plainRankScores(part)), unit: 2 * part.length }));
  const points = values.length - from;
  const correlation = autoregressionOf(stretchesOf(sides), points);
  if (correlation === undefined) return noneEstimated;
  const blocks = sides.flatMap((side) => plainBlocks(side, longest));
  return raisedByPool(correlation, new RankPool(stretchesOf(blocks), before), points);
}

/** The values in as few blocks of at most so many as can be, whose lengths differ by at most one. */
export function plainBlocks(values: readonly number[], longest: number): number[][] {
  const count = Math.ceil(values.length / longest);
  return Array.from({ length: count }, (_, block) =>
    values.filter((_, index) => blockAt(index, values.length, count) === block),
  );
}

/** The block that begins at or before an index, where the blocks begin at the multiples of length / count, rounded. */
function blockAt(index: number, length: number, count: number): number {
  let block = 0;
  while (block + 1 < count && Math.round(((block + 1) * length) / count) <= index) block++;
  return block;
}

/** F(a) = 1 + 2·Σ_{k<a} (1 − k/a)·ρ_k. */
export function plainInflation(points: number, correlationAt: (lag: number) => number): number {
  let sum = 0;
  for (let lag = 1; lag < points; lag++) sum += (1 - lag / points) * correlationAt(lag);
  return 1 + 2 * sum;
}
