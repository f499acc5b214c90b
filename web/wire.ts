import type { ResolvedOptions } from '@aed/core';
import type { Acknowledgement } from '../lambda/acknowledgement.ts';
import type { SeriesChangePoint } from '../lambda/change-point.ts';

/** A change point, when it was published, and who took note of it. One without `publishedAt` is not published yet. */
export type FollowedChange = SeriesChangePoint &
  Partial<Acknowledgement> & {
    readonly publishedAt?: string;
  };

/** A notification, as the topic delivered it. */
export interface Notice {
  /** Its arrival, in epoch milliseconds. */
  readonly heardAt: number;
  readonly found: SeriesChangePoint;
}

/** The part of the last change of a series that the list shows. */
export interface LastChange {
  /** Event key of the reading at which it was known. */
  readonly eventKey: string;
  /** When the topic delivered it, in epoch milliseconds; when it was decided, if it waits to be told. */
  readonly heardAt: number;
  readonly direction: 'up' | 'down';
  /** Its size with its sign, as people read it. */
  readonly size: string;
  /** Set if it waits to be told. */
  readonly untold?: true;
  /** Set if people are not told of it. */
  readonly muted?: true;
  /** Set if its readings were deleted or corrected, so that nothing shows it any more. */
  readonly retracted?: true;
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
  /** Number of its change points that nobody has acknowledged. */
  readonly unacknowledged: number;
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

/** What the page may write. */
export interface Writes {
  /** Goes with each write, as proof that this page sent it. */
  readonly token: string;
  /** The name of the user of the server's machine; empty if it has none. */
  readonly user: string;
  /** Whether rules may be written: options, and mutes. */
  readonly rules: boolean;
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
  /** Absent where only the tables can be seen. */
  readonly counts?: PathCounts;
  /** Absent from a page that only shows. */
  readonly writes?: Writes;
}

/** What is new since the last message. */
export interface Update {
  readonly added: readonly SeriesState[];
  readonly series: readonly SeriesUpdate[];
  /** Indexes of series of which nothing is stored any more. */
  readonly gone: readonly number[];
  readonly unshown: number;
  readonly notices: readonly Notice[];
  readonly counts?: PathCounts;
}

/** That people are not told of the changes of a series. */
export interface Mute {
  /** ISO time. */
  readonly until: string;
  /** Who muted it. */
  readonly by: string;
  /** The pattern that mutes it; absent if it is muted by its name. */
  readonly pattern?: string;
}

/** A time in epoch milliseconds, and a value. */
export type Point = readonly [time: number, value: number];

/** The newest readings and change points of a series, as the tables hold them. Readings are in the order of their keys. */
export interface History {
  readonly seriesId: string;
  readonly options: ResolvedOptions;
  /** Set if the options are those of a change point, or the defaults: the service may have others by now. */
  readonly optionsAreGuessed?: true;
  /** The name or pattern of the rule that gives the options; absent if no rule does. */
  readonly rule?: string;
  /** Absent if people are told of its changes. */
  readonly mute?: Mute;
  readonly points: readonly Point[];
  /** The change points that were detected at one of the readings, oldest first. */
  readonly changePoints: readonly FollowedChange[];
  /** Whether the first reading begins a regime, so that the detector's tests can be repeated from there. */
  readonly startsRegime: boolean;
  /** Index of the first reading since the service's last reset; the number of readings if there is none since. */
  readonly regimeStart: number;
  /** Items that somebody edited, so that they are no readings and no change points any more: they are left out. */
  readonly damaged: DamagedItems;
}

/** Numbers of items. */
export interface DamagedItems {
  readonly readings: number;
  readonly changePoints: number;
}

/** Names of the messages. */
export const messages = {
  /** Of the overview: `Snapshot`, then `Update`. */
  snapshot: 'snapshot',
  update: 'update',
  /** Of a series: `History`, then `Point`s and `FollowedChange`s; or the reason why the tables could not be read, as a text. */
  history: 'history',
  points: 'points',
  changes: 'changes',
  failed: 'failed',
} as const;
