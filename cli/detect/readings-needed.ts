import { AedDetector, type ResolvedOptions } from '@aed/core';

/**
 * The fewest readings in which a change can be significant: those of a series that only rises, where every split separates all values.
 *
 * With the scan, equal readings can make it a few less, if there is no practical threshold. Readings that seem to depend on their neighbours, as
 * those of a rise do, only make it more.
 */
export function readingsNeeded(options: ResolvedOptions): number {
  const detector = new AedDetector({
    ...options,
    practicalThreshold: 0,
    dependence: 'independent',
    maxRegimeLength: Number.POSITIVE_INFINITY,
  });
  let reading = 0;
  while (detector.push(reading) === undefined) reading++;
  return detector.length;
}
