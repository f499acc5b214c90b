import type { DetectorOptions } from '@aed/core';
import { pValue } from '../../core/src/p-value.ts';

/** The fewest readings of a regime among which a change can be significant: a shift in their very middle, all of them apart. */
export function readingsNeeded({ alpha, startup }: Required<DetectorOptions>): number {
  let points = startup;
  while (pValue(Math.floor(points / 2) * Math.ceil(points / 2), points) >= alpha) points++;
  return points;
}
