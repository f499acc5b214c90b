import { naiveU } from '../naive.ts';

/** A point and its place in the season. */
export interface SeasonalPoint {
  readonly value: number;
  readonly phase: number;
}

/** The values of each phase, and how many of them lie before a split of all points. */
export function byPhase(points: readonly SeasonalPoint[], t: number) {
  return [...new Set(points.map(({ phase }) => phase))].map((phase) => ({
    values: points.filter((point) => point.phase === phase).map(({ value }) => value),
    before: points.slice(0, t).filter((point) => point.phase === phase).length,
  }));
}

/** Σ sgn(x_j − x_i − δ) over i ≤ t < j of the same phase. */
export function seasonalU(points: readonly SeasonalPoint[], t: number, delta: number): number {
  return byPhase(points, t).reduce((sum, { values, before }) => sum + naiveU(values, before, delta), 0);
}

/**
 * Σ t_f·a_f·(n_f + 1)/3 · c_f over phases, where c_f = 1 − Σ (c³ − c) / (n_f³ − n_f) over the levels of the phase, with c points each; with a threshold
 * c_f = 1.
 */
export function seasonalVariance(points: readonly SeasonalPoint[], t: number, delta: number): number {
  return byPhase(points, t).reduce((sum, { values, before }) => {
    const n = values.length;
    const levels = [...new Set(values)].map((level) => values.filter((value) => value === level).length);
    const ties = levels.reduce((cubes, count) => cubes + count ** 3 - count, 0);
    const factor = delta > 0 || n < 2 ? 1 : 1 - ties / (n ** 3 - n);
    return sum + (before * (n - before) * (n + 1) * factor) / 3;
  }, 0);
}
