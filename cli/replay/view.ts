import type { ResolvedOptions } from '@aed/core';
import type { SeriesChangePoint } from '../../lambda/change-point.ts';
import type { Dataset } from '../datasets/dataset.ts';
import type { ChangeNumbers } from './reading-numbers.ts';

/** A change point, with the numbers of its readings in the source. */
export interface NumberedChangePoint extends ChangeNumbers {
  readonly found: SeriesChangePoint;
  /** When another statistic would have known of it, if one is compared. */
  readonly other?: OtherKnowledge;
}

/** What another statistic than the service's would have made of a change. */
export interface OtherKnowledge {
  readonly statistic: ResolvedOptions['statistic'];
  /** Number of the reading at which it would have known of the change; absent if it would not report that one. */
  readonly detectedAt?: number;
}

/** How many events have passed each step. */
export interface Progress {
  readonly put: number;
  readonly recorded: number;
  readonly tested: number;
}

/** The totals of a replay, counted in the tables and the bucket at its end. */
export interface ReplaySummary {
  readonly dataset: string;
  readonly series: number;
  /** Readings that the stream took. */
  readonly put: number;
  /** Events in the events table. */
  readonly recorded: number;
  /** Readings that repeat an event: same series, time and value. */
  readonly repeated: number;
  /** Readings in quarantine. */
  readonly setAside: number;
  /** The number of entries that each reason set aside. */
  readonly setAsideReasons: Readonly<Record<string, number>>;
  /** Events that the detector received. */
  readonly tested: number;
  /** Of these, events older than the regime, which change nothing. */
  readonly late: number;
  /** Change points in the change-points table. */
  readonly found: number;
  /** Of these, change points that are marked as published. */
  readonly published: number;
  /** Of these, change points that arrived through the topic. */
  readonly notified: number;
  readonly setUpSeconds: number;
  /** From the first reading put to the last event tested and the last notification received. */
  readonly seconds: number;
  readonly eventsPerSecond: number;
  readonly changePoints: readonly NumberedChangePoint[];
  /** The number of change points that another statistic would have reported, if one is compared. */
  readonly other?: { readonly statistic: ResolvedOptions['statistic']; readonly found: number };
  /** What a reader should know before believing the change points. */
  readonly note?: string;
}

/** Where a replay shows itself. */
export interface ReplayView {
  /** @param pageUrl - address of the page, if one is served */
  started(dataset: Dataset, setUpSeconds: number, pageUrl: string | undefined): void;
  progressed(progress: Progress): void;
  notified(changePoint: NumberedChangePoint): void;
  finished(summary: ReplaySummary, dataset: Dataset): void;
  /** Restores the terminal. It is called however the replay ends. */
  close(): void;
}
