import { rankScores } from './rank-scores.ts';

/** Scores of neighbours, centred, whose products say how much they resemble each other. */
export interface ScoredStretch {
  readonly scores: Int16Array;
  /** What a score is divided by: the stretches of different lengths are pooled. */
  readonly unit: number;
}

/** The ranks of a stretch among themselves. */
export function scoredStretch(values: Float64Array): ScoredStretch {
  return { scores: rankScores(values), unit: 2 * values.length };
}

/** The sum of the products of scores so many points apart. */
export function lagSum({ scores, unit }: ScoredStretch, lag: number): number {
  let product = 0;
  for (let index = lag; index < scores.length; index++)
    product += Math.imul(scores[index] as number, scores[index - lag] as number);
  return product / (unit * unit);
}

/** How many products that are. */
export function lagPairs({ scores }: ScoredStretch, lag: number): number {
  return Math.max(0, scores.length - lag);
}

/** The mean product of scores so many points apart, pooled over stretches: no pair reaches from one into another. */
export function lagMean(stretches: readonly ScoredStretch[], lag: number): number {
  let sum = 0;
  let pairs = 0;
  for (const stretch of stretches) {
    sum += lagSum(stretch, lag);
    pairs += lagPairs(stretch, lag);
  }
  return sum / pairs;
}
