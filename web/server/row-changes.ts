import type { Acknowledgement } from '../../lambda/acknowledgement.ts';
import type { SeriesChangePoint } from '../../lambda/change-point.ts';
import { compareEventKeys } from '../../lambda/event.ts';
import { typeset } from '../../lambda/figures.ts';
import { moveTexts } from '../../lambda/move-texts.ts';
import type { LastChange } from '../wire.ts';
import { pageLimits } from './page-limits.ts';

/** A change point, and what has become of it. */
export interface BoardChange
  extends Pick<LastChange, 'eventKey' | 'heardAt' | 'direction' | 'size' | 'untold' | 'muted' | 'retracted'> {
  readonly seriesId: string;
  /** Event key of the first reading of the new level. */
  readonly since: string;
  /** Whether somebody acknowledged it, or there is nothing to acknowledge any more. */
  readonly isSettled: boolean;
}

/** The change points of one series, as far as its row shows them. */
export interface RowChanges {
  /** @returns whether that is news */
  add(change: BoardChange): boolean;
  /** Takes all up to one for acknowledged. @returns whether that is news */
  acknowledgeThrough(eventKey: string): boolean;
  readonly last: LastChange | undefined;
  /** Event key of the first reading since the last change. */
  readonly since: string | undefined;
  /** How many nobody has acknowledged, of the newest few hundred. */
  readonly unacknowledged: number;
  /** Event key of the oldest of these. */
  readonly oldestUnacknowledged: string | undefined;
}

/** @param heardAt - arrival of its notification, in epoch milliseconds; of its decision, if it is untold */
export function boardChangeOf(
  found: SeriesChangePoint & Partial<Acknowledgement>,
  heardAt: number,
  isUntold = false,
): BoardChange {
  const { seriesId, eventKey, changedEventKey: since, direction, muted, acknowledgedAt, retractedAt } = found;
  return {
    seriesId,
    eventKey,
    since,
    heardAt,
    direction,
    size: moveTexts(found, typeset).size,
    ...(isUntold && { untold: true }),
    ...(muted && { muted }),
    ...(retractedAt !== undefined && { retracted: true }),
    isSettled: acknowledgedAt !== undefined || retractedAt !== undefined,
  };
}

export function rowChanges(): RowChanges {
  let last: BoardChange | undefined;
  const open = new Set<string>();

  /** @returns whether that is news */
  function note({ eventKey, isSettled }: BoardChange): boolean {
    if (isSettled) return open.delete(eventKey);
    if (open.has(eventKey)) return false;
    open.add(eventKey);
    const [oldest] = open;
    if (open.size > pageLimits.historyChangePoints && oldest !== undefined) open.delete(oldest);
    return true;
  }

  return {
    add(change) {
      const isNews = note(change);
      const order = last === undefined ? 1 : compareEventKeys(change.eventKey, last.eventKey);
      // What is told does not become untold, and what is retracted stays so.
      const isTold = last?.untold === true && change.untold === undefined;
      const isRetracted = last?.retracted === undefined && change.retracted === true;
      const becomes = order === 0 && (isTold || isRetracted);
      if (order > 0 || becomes) last = change;
      return isNews || order > 0 || becomes;
    },
    acknowledgeThrough(eventKey) {
      const noted = [...open].filter((one) => compareEventKeys(one, eventKey) <= 0);
      for (const one of noted) open.delete(one);
      return noted.length > 0;
    },
    get last() {
      if (last === undefined) return undefined;
      const { seriesId: _id, since: _since, isSettled: _settled, ...shown } = last;
      return shown;
    },
    get since() {
      return last?.since;
    },
    get unacknowledged() {
      return open.size;
    },
    get oldestUnacknowledged() {
      const [oldest] = [...open].sort(compareEventKeys);
      return oldest;
    },
  };
}
