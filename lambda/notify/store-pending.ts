import type { ChangePointsTable } from '../tables/change-points-table.ts';
import type { Head } from '../tables/head.ts';
import type { ChangePointName } from '../tables/stored-change-point.ts';

export interface StoreParts {
  readonly changePoints: ChangePointsTable;
  /** Called with each change point that is stored and may have to be published. */
  readonly stored: (name: ChangePointName) => void;
}

/**
 * Stores the change point that a HEAD holds as pending. Everyone who goes on with such a HEAD does so first, since a crash may
 * have left it behind. A change point that is stored already stays as it is.
 *
 * @returns the HEAD without it. The stored HEAD keeps it until the next move, which so costs no write of its own
 */
export async function storePending(head: Head, { changePoints, stored }: StoreParts): Promise<Head> {
  const { pending, pendingSince } = head;
  if (pending === undefined || pendingSince === undefined) return head;
  await changePoints.store(pending, pendingSince);
  stored(pending);
  return withoutPending(head);
}

/** A HEAD without the change point that it holds as pending, which must be stored. */
export function withoutPending({ pending: _pending, pendingSince: _since, ...rest }: Head): Head {
  return rest;
}
