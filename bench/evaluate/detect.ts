import { type ChangePoint, type DetectorOptions, detectChangePoints } from '@aed/core';
import type { AnnotatedSeries } from './annotated.ts';

/** A change point with the first point of the regime in which it was found. */
export interface FoundChange extends ChangePoint {
  readonly from: number;
}

/**
 * The change points of an annotated series, by the indexes of its points.
 *
 * The detector accepts only numbers. So it does not see missing values, but the indexes in its answers count them.
 */
export function detect({ values }: AnnotatedSeries, options?: DetectorOptions): readonly FoundChange[] {
  const present = values.flatMap((value, index) => (Number.isNaN(value) ? [] : [index]));
  const at = (index: number): number => present[index] as number;
  const found = detectChangePoints(
    present.map((index) => values[index] as number),
    options,
  );
  return found.map((change) => ({
    ...change,
    from: at(change.changedAt - change.before.count),
    changedAt: at(change.changedAt),
    detectedAt: at(change.detectedAt),
  }));
}
