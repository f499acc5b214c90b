import { documentClient } from '../../lambda/document-client.ts';
import { compareEventKeys } from '../../lambda/event.ts';
import { readableChangePoints } from '../../lambda/notify/readable-change-points.ts';
import {
  afterChangePoints,
  beforeChangePoints,
  changePointKey,
  knownChangePointOf,
} from '../../lambda/tables/stored-change-point.ts';
import { type NewestItems, readNewest } from './newest-items.ts';
import { pageLimits } from './page-limits.ts';
import type { PageTables } from './page-tables.ts';
import type { OnFollowed } from './untold-changes.ts';

type Item = Readonly<Record<string, unknown>>;

/**
 * Looks at the newest change points of a series, and at older ones back to the oldest that may have become something else.
 *
 * @param oldestOpen - event key of the oldest that nobody has acknowledged, as far as the page knows
 * @returns a function that looks once; `written` is the event key of the oldest that this page has just written
 */
export function changeLooks(
  { dynamoDb, changePointsTable }: PageTables,
  onFollowed: OnFollowed,
  oldestOpen: (seriesId: string) => string | undefined,
): (seriesId: string, written?: string) => Promise<void> {
  const client = documentClient(dynamoDb);
  const read = (
    which: Pick<NewestItems, 'seriesId' | 'most' | 'from' | 'after' | 'before' | 'isConsistent'>,
  ) => readNewest<Item>(client, { table: changePointsTable, sortKey: 'sortKey', ...which });

  return async (seriesId, written) => {
    const [oldest] = [written, oldestOpen(seriesId)]
      .filter((key) => key !== undefined)
      .sort(compareEventKeys);
    // Whoever has just written wants to see that: it must not lag behind.
    const which = { seriesId, isConsistent: written !== undefined };
    const most = pageLimits.lookedChangePoints;
    const newest = await read({ ...which, most, after: beforeChangePoints, before: afterChangePoints });
    follow(newest, onFollowed);
    if (oldest === undefined || newest.length < most) return;
    const [from, before] = [
      changePointKey({ seriesId, eventKey: oldest }).sortKey,
      String(newest[0]?.sortKey),
    ];
    if (compareEventKeys(from, before) < 0)
      follow(await read({ ...which, most: pageLimits.historyChangePoints, from, before }), onFollowed);
  };
}

function follow(items: readonly Item[], onFollowed: OnFollowed): void {
  for (const stored of readableChangePoints(items)) {
    // What is not published yet is told of elsewhere, once it is late.
    if (stored.publishedAt === undefined && stored.acknowledgedAt === undefined) continue;
    onFollowed(knownChangePointOf(stored), Date.parse(stored.publishedAt ?? stored.detectedAt));
  }
}
