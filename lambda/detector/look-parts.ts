import { waitBeforeRetry } from '../backoff.ts';
import type { StoreParts } from '../notify/store-pending.ts';
import { processingLimits } from '../processing-limits.ts';
import type { RegimeLimits } from '../regime/regime-limits.ts';
import type { SeriesRules } from '../rules/rule-set.ts';
import type { RuleSource } from '../rules/rules-cache.ts';
import type { Surroundings } from '../surroundings.ts';
import type { EventReader } from '../tables/events-table.ts';
import type { HeadMovedError } from '../tables/head.ts';
import type { RegimeChunks } from '../tables/regime-chunks.ts';
import type { RememberedRegimes } from './remembered-regimes.ts';

export interface DetectorParts extends StoreParts, Pick<Surroundings, 'clock' | 'backoff' | 'newId'> {
  readonly events: EventReader;
  readonly chunks: RegimeChunks;
  readonly rules: RuleSource;
  readonly remembered: RememberedRegimes;
  readonly regimeLimits: RegimeLimits;
}

/** The same for a look at one series, with the rules as they stood when it began. */
export interface LookParts extends DetectorParts {
  readonly seriesRules: SeriesRules;
}

/** The outcome of one look at a series. */
export interface DetectedSeries {
  /** Events of the waves that took part in the tests, or will take part in the next one. */
  readonly tested: number;
  /** Of these, events at which a test had ended before: they came out of order, with another value, or once more. */
  readonly again: number;
  /**
   * Events of the waves that were written after their regime had ended, or written again after a reset. They are stored and
   * counted, and change nothing. Of a wave on both sides of the regime's start, its oldest event alone counts as late.
   */
  readonly late: number;
  /** Change points that this look decided. */
  readonly changePoints: number;
  /** Whether the whole regime was read, or only what is new since the remembered one. Absent if no event was new. */
  readonly read?: 'cold' | 'warm';
  /** Points of the regime after the look; absent if no event was new. */
  readonly regimeLength?: number;
  /** Event key of the newest event; absent if no event was new. */
  readonly newest?: string;
  /** What is wrong with the series' own options. The series is then tested with those of the service. */
  readonly optionsError?: RangeError;
}

/** What is kept when a look starts over. */
export interface LookProgress {
  changePoints: number;
  /** How often other writers have moved the HEAD. */
  conflicts: number;
  /** Whether what is cached of the regime was found not to be what the events table holds. */
  isStale: boolean;
}

/** Waits after the HEAD was moved by another writer, unless that is the first time. @throws the error after too many times */
export async function afterConflict(
  error: HeadMovedError,
  progress: LookProgress,
  { backoff }: DetectorParts,
): Promise<void> {
  if (progress.conflicts === processingLimits.headConflicts) throw error;
  if (progress.conflicts > 0) await waitBeforeRetry(backoff, progress.conflicts - 1);
  progress.conflicts++;
}
