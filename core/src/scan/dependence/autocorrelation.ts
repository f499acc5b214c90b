import { rankScores } from './rank-scores.ts';

/** Scores of neighbours, centred, whose products say how much they resemble each other. */
export interface ScoredStretch {
  readonly scores: Int16Array;
  /** What a score is divided by: the stretches of different lengths are pooled. */
  readonly unit: number;
}

/** The ranks of a stretch among themselves. @param scores - where they are written */
export function scoredStretch(values: Float64Array, scores?: Int16Array): ScoredStretch {
  return { scores: rankScores(values, scores), unit: 2 * values.length };
}

/** The sum of the products of scores so many points apart, and how many these are. No pair reaches from one stretch into another. */
export function lagTotal(stretches: readonly ScoredStretch[], lag: number): { sum: number; pairs: number } {
  let sum = 0;
  let pairs = 0;
  for (const { scores, unit } of stretches) {
    let product = 0;
    for (let index = lag; index < scores.length; index++)
      product += Math.imul(scores[index] as number, scores[index - lag] as number);
    sum += product / (unit * unit);
    pairs += Math.max(0, scores.length - lag);
  }
  return { sum, pairs };
}

/** The mean product of scores so many points apart, pooled over stretches. */
export function lagMean(stretches: readonly ScoredStretch[], lag: number): number {
  const { sum, pairs } = lagTotal(stretches, lag);
  return sum / pairs;
}
