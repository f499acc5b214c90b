import { type ResolvedOptions, statisticAt } from '@aed/core';

/** The fewest readings of a regime among which a change can be significant: a shift in their very middle, all of them apart. */
export function readingsNeeded({ alpha, startup }: ResolvedOptions): number {
  let points = startup;
  while (Math.floor(points / 2) * Math.ceil(points / 2) <= statisticAt(alpha, points)) points++;
  return points;
}
