import { truePositives } from './true-positives.ts';

/** How well reported places agree with those that annotators marked; each from 0 to 1. */
export interface Agreement {
  /** Harmonic mean of the next two. */
  readonly f1: number;
  /** Share of the reported places that find what any annotator marked. */
  readonly precision: number;
  /** Share of what an annotator marked that is found: the mean over the annotators. */
  readonly recall: number;
}

/**
 * Agreement within a margin.
 *
 * Index 0 belongs to every set, so that an annotator who marked nothing and a report of nothing agree.
 * Source: van den Burg & Williams (2020).
 *
 * @param annotators - what each of them marked: 0-based index of the first point after a change; at least one annotator
 * @param reported - places of the same kind
 * @param margin - points by which a place may be off
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
  const recall = recalls.reduce((sum, one) => sum + one, 0) / recalls.length;
  return { f1: (2 * precision * recall) / (precision + recall), precision, recall };
}
