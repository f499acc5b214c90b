import { hasTime } from '../event.ts';
import { processingLimits } from '../processing-limits.ts';
import type { Surroundings } from '../surroundings.ts';
import type { ChangePointsTable } from '../tables/change-points-table.ts';
import type { Head } from '../tables/head.ts';
import {
  type ChangePointName,
  changePointKey,
  type DecidedChangePoint,
} from '../tables/stored-change-point.ts';

const { sortKeyBytes } = processingLimits;

export interface StoreParts extends Pick<Surroundings, 'clock'> {
  readonly changePoints: ChangePointsTable;
  /** Called with each change point that is stored and may have to be published. */
  readonly stored: (name: ChangePointName) => void;
}

/**
 * Stores the change point that a HEAD holds as pending. Everyone who goes on with such a HEAD does so first, since a crash may
 * have left it behind. A change point that is stored already stays as it is. One that somebody edited is stored if it has a key; if it lacks
 * `pendingSince`, it is pending from now on.
 *
 * @returns the HEAD without it. The stored HEAD keeps it until the next move, so that this takes no write of its own
 */
export async function storePending(head: Head, { changePoints, stored, clock }: StoreParts): Promise<Head> {
  const { seriesId, pending, pendingSince } = head;
  if (pending === undefined) return head;
  if (hasKey(pending)) {
    const found = { ...pending, seriesId };
    await changePoints.store(found, pendingSince || clock().toISOString());
    stored(found);
  }
  return withoutPending(head);
}

/** Whether it can be stored, whatever a HEAD has in its place. */
function hasKey(pending: unknown): pending is DecidedChangePoint {
  const { eventKey } = Object(pending) as Partial<Record<'eventKey', unknown>>;
  if (!hasTime(eventKey)) return false;
  return Buffer.byteLength(changePointKey({ seriesId: '', eventKey }).sortKey) <= sortKeyBytes;
}

/** A HEAD without the change point that it holds as pending, which must be stored. */
export function withoutPending({ pending: _pending, pendingSince: _since, ...rest }: Head): Head {
  return rest;
}
