import { HeadMovedError } from '../tables/head.ts';
import type { Wave } from '../tables/wave.ts';
import { look } from './look.ts';
import { afterConflict, type DetectedSeries, type DetectorParts, type LookProgress } from './look-parts.ts';
import { StaleRegimeError } from './stretch.ts';

/**
 * Tests a series up to the newest event that arrived, and what is closed beyond. One test ends at each event, when the event is first seen.
 *
 * All decisions are made in the HEAD. One conditional write of it moves the start of the regime and holds the change point
 * that was found. Of two detectors at work on a series, one decides and the other goes on from there, or starts over. A decided
 * change point is then stored; publishing it is not waited for. If the HEAD that is read has a pending change point, another detector is
 * storing it, or a crash left it behind: it is stored first.
 *
 * The events table alone says what a regime is. What an instance remembers of it and the chunks beside the HEAD are caches.
 * Lost, stale or damaged they cost time, and the answer is the same.
 *
 * @param waves - waves of the series that the table's stream brought
 * @throws what a store throws; HeadMovedError if other writers keep moving the HEAD
 */
export async function detectSeries(
  seriesId: string,
  waves: readonly Wave[],
  parts: DetectorParts,
): Promise<DetectedSeries> {
  const progress: LookProgress = { changePoints: 0, conflicts: 0, isStale: false };
  for (;;) {
    try {
      return await look(seriesId, waves, progress, parts);
    } catch (error) {
      if (error instanceof StaleRegimeError && !progress.isStale) progress.isStale = true;
      else if (error instanceof HeadMovedError) await afterConflict(error, progress, parts);
      else throw error;
    }
  }
}
