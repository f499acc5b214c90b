import { truePositives } from './true-positives.ts';

/** How well reported places agree with the marks of annotators. Each number is from 0 to 1. */
export interface Agreement {
  /** Harmonic mean of precision and recall. */
  readonly f1: number;
  /** Share of the reported places that match a mark of any annotator. */
  readonly precision: number;
  /** Share of an annotator's marks that are found: the mean over the annotators. */
  readonly recall: number;
}

/**
 * Agreement within a margin.
 *
 * Index 0 belongs to every set. So an annotator without marks agrees with a report without change points.
 * Source: van den Burg & Williams (2020).
 *
 * @param annotators - the marks of each annotator: 0-based index of the first point after a change; at least one annotator
 * @param reported - places of the same kind
 * @param margin - how many points a place may be off
 * @example agreement([[100], []], [103], 5).recall // => 1
 */
export function agreement(
  annotators: readonly (readonly number[])[],
  reported: readonly number[],
  margin: number,
): Agreement {
  const places = new Set([0, ...reported]);
  const precision = truePositives([0, ...annotators.flat()], places, margin).size / places.size;
  const recalls = annotators.map((marked) => {
    const truth = new Set([0, ...marked]);
    return truePositives(truth, places, margin).size / truth.size;
  });
  // Sorted, so that the order of the annotators does not change the rounding of the sum: equal scores must compare as equal.
  recalls.sort((a, b) => a - b);
  const recall = recalls.reduce((sum, one) => sum + one, 0) / recalls.length;
  return { f1: (2 * precision * recall) / (precision + recall), precision, recall };
}
