import { type ResolvedOptions, statisticAt } from '@aed/core';

/** The fewest readings in which a change can be significant: those of a shift in the middle that separates all values. */
export function readingsNeeded({ alpha, startup }: ResolvedOptions): number {
  let points = startup;
  while (Math.floor(points / 2) * Math.ceil(points / 2) <= statisticAt(alpha, points)) points++;
  return points;
}
