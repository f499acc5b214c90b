import {
  inflationOfStretches,
  mostPoints,
  noneEstimated,
} from '../../../core/src/scan/dependence/estimate.ts';
import type { Inflation } from '../../../core/src/scan/dependence/inflation.ts';
import type { LagSums } from '../../../core/src/scan/dependence/lag-sums.ts';
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
export function plainInflationOf(values: readonly number[], split: number, before?: LagSums): Inflation {
  const from = Math.max(0, values.length - mostPoints);
  const moves = values.filter((value, index) => index > from && value !== values[index - 1]);
  if (moves.length < 2) return noneEstimated;
  const sides = [values.slice(from, Math.max(from, split)), values.slice(Math.max(from, split))];
  const stretches = sides
    .filter((side) => side.length > 0)
    .map((side) => ({ scores: Int16Array.from(plainRankScores(side)), unit: 2 * side.length }));
  return inflationOfStretches(stretches, values.length - from, before);
}

/** F(a) = 1 + 2·Σ_{k<a} (1 − k/a)·ρ_k. */
export function plainInflation(points: number, correlationAt: (lag: number) => number): number {
  let sum = 0;
  for (let lag = 1; lag < points; lag++) sum += (1 - lag / points) * correlationAt(lag);
  return 1 + 2 * sum;
}
