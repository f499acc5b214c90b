import type { Direction } from '@aed/core';
import { signBeyond } from '../plain-sign.ts';
import type { PlainRegime } from './plain-regime.ts';

/** Adds the pairs of a new point with earlier ones of its phase to U⁺ and U⁻ of each split before it. */
export function addPairs(
  { options, values, phases, rise, fall }: PlainRegime,
  value: number,
  phase: number,
): void {
  const { practicalThreshold } = options;
  rise.push(0);
  fall.push(0);
  let [up, down] = [0, 0];
  values.forEach((earlier, index) => {
    if (phases[index] === phase) {
      up += signBeyond(earlier, value, practicalThreshold);
      down += signBeyond(earlier, value, -practicalThreshold);
    }
    rise[index] = (rise[index] ?? 0) + up;
    fall[index] = (fall[index] ?? 0) + down;
  });
}

/** How many pairs of one phase each split t has across it, at index t − 1. */
export function seasonalPairs(phases: readonly number[]): number[] {
  const counts = new Map<number, { before: number; after: number }>();
  for (const phase of phases) counts.set(phase, { before: 0, after: (counts.get(phase)?.after ?? 0) + 1 });
  let pairs = 0;
  return phases.map((phase) => {
    const own = counts.get(phase) ?? { before: 0, after: 0 };
    pairs -= own.before * own.after;
    own.before++;
    own.after--;
    pairs += own.before * own.after;
    return pairs;
  });
}

/** Σ sgn(x_j − x_i − δ) over i ≤ t < j of the same phase. */
export function seasonalU(
  values: readonly number[],
  phases: readonly number[],
  t: number,
  delta: number,
): number {
  let sum = 0;
  for (let j = t; j < values.length; j++) {
    for (let i = 0; i < t; i++) {
      if (phases[i] === phases[j]) sum += signBeyond(values[i] ?? 0, values[j] ?? 0, delta);
    }
  }
  return sum;
}

/**
 * Three times the variance of U of each split t, at index t − 1: Σ t_f·a_f·(n_f + 1) · c_f over phases.
 *
 * c_f = 1 − Σ (c³ − c) / (n_f³ − n_f) over the levels of the phase, with c points each; with a threshold c_f = 1.
 */
export function seasonalVariances(
  values: readonly number[],
  phases: readonly number[],
  delta: number,
): number[] {
  const strata = new Map([...new Set(phases)].map((phase) => [phase, { before: 0, n: 0, weight: 0 }]));
  for (const [phase, stratum] of strata) {
    const ofPhase = values.filter((_, index) => phases[index] === phase);
    const n = ofPhase.length;
    const ties = delta > 0 || n < 2 ? 0 : tiesOf(ofPhase) / (n * (n - 1));
    // The package rounds what ties take off, for exact sums.
    strata.set(phase, { ...stratum, n, weight: n + 1 - Math.round(2 ** 20 * ties) / 2 ** 20 });
  }
  return phases.map((phase) => {
    const own = strata.get(phase);
    if (own !== undefined) own.before++;
    return [...strata.values()].reduce(
      (sum, { before, n, weight }) => sum + before * (n - before) * weight,
      0,
    );
  });
}

function tiesOf(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum + count ** 3 - count, 0);
}

/** The smallest t with the largest U² / Σ t_f·a_f·(n_f + 1) where the evidence is positive, compared as exact fractions. */
export function seasonalSplit(
  values: readonly number[],
  phases: readonly number[],
  direction: Direction,
  delta: number,
): number {
  // With a threshold ties take nothing off.
  const variances = seasonalVariances(values, phases, Number.POSITIVE_INFINITY);
  let best = { square: 0n, variance: 1n, t: 0 };
  for (let t = 1; t < values.length; t++) {
    const evidence =
      direction === 'up' ? seasonalU(values, phases, t, delta) : -seasonalU(values, phases, t, -delta);
    const square = BigInt(Math.max(0, evidence)) ** 2n;
    const variance = BigInt(variances[t - 1] ?? 0);
    if (square * best.variance > best.square * variance) best = { square, variance, t };
  }
  return best.t;
}
