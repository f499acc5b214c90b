/** Scores of neighbours, centred, whose products say how much they resemble each other. */
export interface ScoredStretch {
  readonly scores: Int16Array;
  /** What a score is divided by: the stretches of different lengths are pooled. */
  readonly unit: number;
}

/** The mean product of scores so many points apart, pooled over stretches: no pair reaches from one into another. */
export function lagMean(stretches: readonly ScoredStretch[], lag: number): number {
  let sum = 0;
  let pairs = 0;
  for (const { scores, unit } of stretches) {
    let product = 0;
    for (let index = lag; index < scores.length; index++)
      product += Math.imul(scores[index] as number, scores[index - lag] as number);
    sum += product / (unit * unit);
    pairs += Math.max(0, scores.length - lag);
  }
  return sum / pairs;
}
