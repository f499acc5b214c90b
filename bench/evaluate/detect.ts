import { AedDetector, type ChangePoint, type DetectorOptions } from '@aed/core';
import type { AnnotatedSeries } from './annotated.ts';

/** A change point with the first point of the regime in which it was found. */
export interface FoundChange extends ChangePoint {
  readonly from: number;
}

/** The change points of an annotated series, by the indexes of its points, missing ones included. */
export function detect({ values }: AnnotatedSeries, options?: DetectorOptions): readonly FoundChange[] {
  const detector = new AedDetector(options);
  return values.flatMap((value) => {
    if (Number.isNaN(value)) {
      detector.pushMissing();
      return [];
    }
    const from = detector.regimeStart;
    const found = detector.push(value);
    return found === undefined ? [] : [{ ...found, from }];
  });
}
