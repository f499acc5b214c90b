import type { Acknowledgement } from '../acknowledgement.ts';
import { changePointPrefix, type Grounds, type SeriesChangePoint } from '../change-point.ts';

/** What names a change point. */
export type ChangePointName = Pick<SeriesChangePoint, 'seriesId' | 'eventKey'>;

/** What its item says of a change point beside the change point itself. */
export interface Publication extends Partial<SetAside> {
  /** ISO time of the decision, or of the retraction. Present exactly until that is marked as published, so that the index finds it. */
  readonly pendingSince?: string;
  /** The only one that may publish the change point until `claimedUntil`. */
  readonly claimedBy?: string;
  /** Epoch milliseconds. */
  readonly claimedUntil?: number;
  /** ISO time. */
  readonly publishedAt?: string;
  /** ISO time since which the topic refuses it as invalid. */
  readonly refusedSince?: string;
}

/** Why a change point is not told, and since when, as an ISO time. */
export interface SetAside {
  readonly setAsideAt: string;
  readonly setAsideFor: string;
}

/** A change point as it is decided. Its grounds are absent from what was stored before there were any. */
export type DecidedChangePoint = SeriesChangePoint & { readonly grounds?: Grounds };

/** A change point as the table has it. */
export type StoredChangePoint = DecidedChangePoint &
  Publication &
  Partial<Acknowledgement> & { readonly sortKey: string };

/** A change point, when it was published, and who took note of it. One without `publishedAt` is not published yet. */
export type KnownChangePoint = SeriesChangePoint &
  Pick<Publication, 'publishedAt'> &
  Partial<Acknowledgement>;

/** Sorts directly before the keys of all change points of a series. */
export const beforeChangePoints = changePointPrefix;

/** Sorts after them, and before the HEAD. Every event key begins with a digit. */
export const afterChangePoints = `${changePointPrefix}~`;

/** The key of a change point in the table. */
export function changePointKey({ seriesId, eventKey }: ChangePointName) {
  return { seriesId, sortKey: `${changePointPrefix}${eventKey}` };
}

/** The change point whose key this is; `undefined` for the key of a HEAD. */
export function changePointAt(seriesId: string, sortKey: string): ChangePointName | undefined {
  return sortKey.startsWith(changePointPrefix)
    ? { seriesId, eventKey: sortKey.slice(changePointPrefix.length) }
    : undefined;
}

/** The change point alone. */
export function changePointOf(stored: StoredChangePoint): SeriesChangePoint {
  const {
    publishedAt: _at,
    acknowledgedAt: _notedAt,
    acknowledgedBy: _notedBy,
    note: _note,
    ...found
  } = knownChangePointOf(stored);
  return found;
}

/** The change point without what the publisher notes down on its way. */
export function knownChangePointOf(stored: StoredChangePoint): KnownChangePoint {
  const {
    sortKey: _key,
    pendingSince: _since,
    claimedBy: _by,
    claimedUntil: _until,
    refusedSince: _refused,
    setAsideAt: _asideAt,
    setAsideFor: _asideFor,
    grounds: _grounds,
    ...known
  } = stored;
  return known;
}
