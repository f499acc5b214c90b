import type { DetectorOptions } from '@aed/core';
import type { LastChunk } from '../regime/chunk.ts';
import type { DecidedChangePoint } from './stored-change-point.ts';

/** By it an instance that remembers a regime checks whether its copy is still valid. */
export interface Edition {
  /** Changes whenever an event comes late or is corrected: a copy under another id may lack that. */
  readonly id: string;
  /** Points that resets have dropped so far. It tells where the regime starts in a copy that still has more points. */
  readonly start: number;
  /** Digest of the points that were tested under this id: a copy of the same points has the same digest. */
  readonly digest: string;
}

/** The sort key of a HEAD. All change points sort before it. */
export const headSortKey = 'HEAD';

/** The version of a HEAD that is not stored. No stored one is below it, since each write raises the version. */
export const notStored = 0;

/** The state of a series. */
export interface Head {
  readonly seriesId: string;
  /** Every write raises it. A write that is based on another version than the stored one is refused. */
  readonly version: number;
  /** The id of the write that made this HEAD; absent in the first. After a HEAD is deleted, a new one may have its version, but not its id. */
  readonly writeId?: string;
  /** The regime starts with the event after this key. If absent, it starts with the first event of the series. */
  readonly regimeAfter?: string;
  /** What the regimes before left to the current one: doubles, as bytes. Absent if nothing. */
  readonly memory?: Uint8Array | undefined;
  /** A test has ended at every event up to this key, and no test ends there again. */
  readonly testedThrough?: string;
  /** A change point that is decided and may not be stored yet. */
  readonly pending?: DecidedChangePoint | undefined;
  /** ISO time of the decision. Present exactly while `pending` is, so that the index finds the HEAD. */
  readonly pendingSince?: string | undefined;
  /** Absent from HEADs that were stored before there were editions. */
  readonly edition?: Edition;
  /** The chain of chunks that may stand for the events of the regime; absent if there is none. */
  readonly chunks?: LastChunk | undefined;
  /**
   * Ids of waves that are tested, whose records the detector had not got yet when they were. When such a record comes, it is no news. A lost id costs a
   * read.
   */
  readonly ahead?: readonly string[] | undefined;
  /** Options of this series where they differ from the service's. */
  readonly options?: DetectorOptions;
}

/** Another writer moved the HEAD since it was read. */
export class HeadMovedError extends Error {
  override readonly name = 'HeadMovedError';
  /** The HEAD that is stored instead; absent if there is none. */
  readonly stored: Head | undefined;

  constructor(message: string, stored: Head | undefined) {
    super(message);
    this.stored = stored;
  }
}
