import type { AnnotatedSeries, MarkedChanges } from './annotated.ts';
import { covering } from './definitions/covering.ts';
import { type Agreement, agreement } from './definitions/f1.ts';
import { truePositives } from './definitions/true-positives.ts';
import { type WindowCounts, windowCounts } from './definitions/windows.ts';
import type { Reported } from './reported.ts';

/** How well change points of one series agree with what was marked. */
export type SeriesScore = ChangeScore | WindowScore;

interface Counted {
  /** Change points reported. */
  readonly reported: number;
  /** Points from each marked change that was found until it was known. */
  readonly delays: readonly number[];
}

export interface ChangeScore extends Agreement, Counted {
  readonly kind: 'changes';
  readonly covering: number;
}

export interface WindowScore extends WindowCounts, Counted {
  readonly kind: 'windows';
}

/** Where a change was is scored by `changedAt`; how late it was known, and in which window, by `detectedAt`. */
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

/** Over all annotators. A change that was placed and known a little early has a delay below 0. */
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
      // Index 0 is in every set, and nobody found it.
      .filter(([change]) => change > 0)
      .map(([change, place]) => (knownAt.get(place) as number) - change),
  );
}
