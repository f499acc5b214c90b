import { timeOfEventKey } from '../event.ts';
import type { DetectedSeries } from './look-parts.ts';

/** What the detector did with a batch. Fields of regimes are absent if no event of the batch was new. */
export interface DetectorCounts {
  readonly tested: number;
  readonly again: number;
  readonly late: number;
  readonly changePoints: number;
  /** Regimes read whole from the table. */
  readonly coldReads: number;
  /** Regimes remembered from an earlier batch, of which only new events were read. */
  readonly warmReads: number;
  /** Points of the longest regime. */
  readonly regimeLength?: number;
  /** Time since the newest event: how late a change point would be known. 0 for an event ahead of the clock. */
  readonly newestEventAgeMs?: number;
}

export function detectorCounts(series: readonly DetectedSeries[], now: Date): DetectorCounts {
  const sum = (count: (one: DetectedSeries) => number) =>
    series.reduce((total, one) => total + count(one), 0);
  const lengths = series.flatMap(({ regimeLength }) => regimeLength ?? []);
  const times = series.flatMap(({ newest }) =>
    newest === undefined ? [] : Date.parse(timeOfEventKey(newest)),
  );
  return {
    tested: sum(({ tested }) => tested),
    again: sum(({ again }) => again),
    late: sum(({ late }) => late),
    changePoints: sum(({ changePoints }) => changePoints),
    coldReads: sum(({ read }) => Number(read === 'cold')),
    warmReads: sum(({ read }) => Number(read === 'warm')),
    ...(lengths.length > 0 && { regimeLength: Math.max(...lengths) }),
    ...(times.length > 0 && { newestEventAgeMs: Math.max(0, now.getTime() - Math.max(...times)) }),
  };
}
