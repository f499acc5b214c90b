import type { AnnotatedSeries, MarkedChanges } from './annotated.ts';
import { covering } from './definitions/covering.ts';
import { type Agreement, agreement } from './definitions/f1.ts';
import { truePositives } from './definitions/true-positives.ts';
import { type WindowCounts, windowCounts } from './definitions/windows.ts';
import type { Reported } from './reported.ts';

/** How well the change points of one series agree with its annotations. */
export type SeriesScore = ChangeScore | WindowScore;

interface Counted {
  /** Number of reported change points. */
  readonly reported: number;
  /** For each marked change that was found: the number of points until its detection. */
  readonly delays: readonly number[];
}

export interface ChangeScore extends Agreement, Counted {
  readonly kind: 'changes';
  readonly covering: number;
}

export interface WindowScore extends WindowCounts, Counted {
  readonly kind: 'windows';
}

/** Scores the places by `changedAt`, and the delays and the windows by `detectedAt`. */
export function scoreSeries(
  { truth, values }: AnnotatedSeries,
  reported: readonly Reported[],
  margin: number,
): SeriesScore {
  if (truth.kind === 'windows')
    return { kind: 'windows', reported: reported.length, ...windowCounts(truth.windows, reported) };
  const annotators = truth.annotators.map(({ changes }) => changes);
  const places = reported.map(({ changedAt }) => changedAt);
  return {
    kind: 'changes',
    reported: reported.length,
    ...agreement(annotators, places, margin),
    covering: covering(annotators, places, values.length),
    delays: delaysOf(truth, reported, margin),
  };
}

/** The delays over all annotators. A delay is below 0 if the change was detected before its mark, which the margin allows. */
function delaysOf(
  { annotators }: MarkedChanges,
  reported: readonly Reported[],
  margin: number,
): readonly number[] {
  const knownAt = new Map<number, number>();
  for (const { changedAt, detectedAt } of reported)
    knownAt.set(changedAt, Math.min(detectedAt, knownAt.get(changedAt) ?? detectedAt));
  return annotators.flatMap(({ changes }) =>
    [...truePositives([0, ...changes], [0, ...knownAt.keys()], margin)]
      // Index 0 was only added to both sets: it is no change.
      .filter(([change]) => change > 0)
      .map(([change, place]) => (knownAt.get(place) as number) - change),
  );
}
