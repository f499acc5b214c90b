import type { ResolvedOptions } from '@aed/core';
import type { SeriesChangePoint } from '../lambda/change-point.ts';

/** A notification, as the topic delivered it. */
export interface Notice {
  /** Its arrival, in epoch milliseconds. */
  readonly heardAt: number;
  readonly found: SeriesChangePoint;
}

/** The part of the last change of a series that the list shows. */
export interface LastChange {
  readonly heardAt: number;
  readonly direction: 'up' | 'down';
  /** Its size with its sign, as people read it. */
  readonly size: string;
}

/** One series in the list. */
export interface SeriesState {
  /** Stands for the series in later messages, since it is shorter than the id. */
  readonly index: number;
  readonly seriesId: string;
  /** The newest reading. */
  readonly value: number;
  /** Time of the newest reading, in epoch milliseconds. */
  readonly time: number;
  /** Median of the newest readings of the current level. */
  readonly level: number;
  /** The newest values, oldest first. */
  readonly points: readonly number[];
  readonly lastChange?: LastChange;
}

/** The news of one series. Its `points` are added to those before, or replace them if `whole` is set. */
export interface SeriesUpdate extends Omit<SeriesState, 'seriesId'> {
  readonly whole?: true;
}

/** What has passed each step since the page started. */
export interface PathCounts {
  /** Records that producers put. */
  readonly put: number;
  /** Events stored. A repeat does not count. */
  readonly recorded: number;
  readonly quarantined: number;
  /** The quarantined entries by reason. */
  readonly reasons: Readonly<Record<string, number>>;
  readonly tested: number;
  /** Tested events that were older than their regime. */
  readonly late: number;
  readonly found: number;
  readonly notified: number;
  /** Age of the oldest reading that is put but not tested. If there is none: the time of the last ones, and then 0. */
  readonly lagMs: number;
  /** Invocations that failed. */
  readonly errors: number;
}

/** The whole state: the first message of a connection, and the next one after a slow reader has missed an update. */
export interface Snapshot {
  readonly title: string;
  readonly unit: string;
  /** The service's options. A series may have its own. */
  readonly options: ResolvedOptions;
  readonly series: readonly SeriesState[];
  /** Number of series that the page does not show. */
  readonly unshown: number;
  /** The newest notifications, oldest first. */
  readonly notices: readonly Notice[];
  readonly counts: PathCounts;
}

/** What is new since the last message. */
export interface Update {
  readonly added: readonly SeriesState[];
  readonly series: readonly SeriesUpdate[];
  readonly unshown: number;
  readonly notices: readonly Notice[];
  readonly counts: PathCounts;
}

/** A time in epoch milliseconds, and a value. */
export type Point = readonly [time: number, value: number];

/** The newest readings and change points of a series, as the tables hold them. Readings are in the order of their keys. */
export interface History {
  readonly seriesId: string;
  readonly options: ResolvedOptions;
  readonly points: readonly Point[];
  /** The change points that were detected at one of the readings, oldest first. */
  readonly changePoints: readonly SeriesChangePoint[];
  /** Whether the first reading begins a regime, so that the detector's tests can be repeated from there. */
  readonly startsRegime: boolean;
  /** Index of the first reading since the service's last reset; the number of readings if there is none since. */
  readonly regimeStart: number;
}

/** Names of the messages. */
export const messages = {
  /** Of the overview: `Snapshot`, then `Update`. */
  snapshot: 'snapshot',
  update: 'update',
  /** Of a series: `History`, then `Point`s; or the reason why the tables could not be read, as a text. */
  history: 'history',
  points: 'points',
  failed: 'failed',
} as const;
