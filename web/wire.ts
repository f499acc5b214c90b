import type { DetectorOptions } from '@aed/core';
import type { SeriesChangePoint } from '../lambda/change-point.ts';

/** A notification, as it came out of the topic. */
export interface Notice {
  /** Epoch milliseconds at which it was heard. */
  readonly heardAt: number;
  readonly found: SeriesChangePoint;
}

/** The last change of a series, as far as a list shows it. */
export interface LastChange {
  readonly heardAt: number;
  readonly direction: 'up' | 'down';
  readonly magnitude: number;
}

/** One series in the list of all. */
export interface SeriesState {
  /** Names the series on this connection; shorter than its id. */
  readonly index: number;
  readonly seriesId: string;
  /** The newest reading. */
  readonly value: number;
  /** Its time, epoch milliseconds. */
  readonly time: number;
  /** Median of the newest readings of the current level. */
  readonly level: number;
  /** The newest values, oldest first. */
  readonly points: readonly number[];
  readonly lastChange?: LastChange;
}

/** What is new in one series. Its `points` follow those known, or take their place where it says so. */
export interface SeriesUpdate extends Omit<SeriesState, 'seriesId'> {
  readonly whole?: true;
}

/** What passed each step of the way since the start. */
export interface PathCounts {
  /** Records that producers put. */
  readonly put: number;
  /** Events stored; a repeat of one is none. */
  readonly recorded: number;
  readonly quarantined: number;
  /** Of these, how many for each reason. */
  readonly reasons: Readonly<Record<string, number>>;
  readonly tested: number;
  /** Of these, events older than their regime. */
  readonly late: number;
  readonly found: number;
  readonly notified: number;
  /** How old the oldest reading is that is on its way, from put to tested; of the last ones if none is; then 0. */
  readonly lagMs: number;
  /** Invocations that ended in an error. */
  readonly errors: number;
}

/** All of it: the first message of a connection, and again after one that was too slow to take every update. */
export interface Snapshot {
  readonly title: string;
  readonly unit: string;
  /** The service's; a series may have its own. */
  readonly options: Required<DetectorOptions>;
  readonly series: readonly SeriesState[];
  /** Series beyond those that a page shows. */
  readonly unshown: number;
  /** The newest, oldest first. */
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

/** Time in epoch milliseconds, and value. */
export type Point = readonly [time: number, value: number];

/** A series as the tables hold it: its newest readings, in the order of their keys. */
export interface History {
  readonly seriesId: string;
  readonly options: Required<DetectorOptions>;
  readonly points: readonly Point[];
  /** Those with their detection among the readings, oldest first. */
  readonly changePoints: readonly SeriesChangePoint[];
  /** Whether the first of the readings begins a regime, so that the detector's work can be done again from there. */
  readonly startsRegime: boolean;
  /** Index of the first reading since the service's last reset; past the last one if none has come since. */
  readonly regimeStart: number;
}

/** Names of the messages. */
export const messages = {
  /** Of the overview: Snapshot, Update. */
  snapshot: 'snapshot',
  update: 'update',
  /** Of a series: History, then Points; or why there is none, as a text. */
  history: 'history',
  points: 'points',
  failed: 'failed',
} as const;
