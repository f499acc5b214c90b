import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '../../lambda/document-client.ts';
import { readableChangePoints } from '../../lambda/notify/readable-change-points.ts';
import { headSortKey } from '../../lambda/tables/head.ts';
import { type PendingItem, pendingIndex } from '../../lambda/tables/pending-index.ts';
import {
  type ChangePointName,
  changePointKey,
  knownChangePointOf,
} from '../../lambda/tables/stored-change-point.ts';
import { changePointsTableSchema } from '../../lib/table-schemas.ts';
import type { FollowedChange } from '../wire.ts';
import { pageLimits } from './page-limits.ts';
import type { PageTables } from './page-tables.ts';

/** Called with a change point, and when it was decided or published, in epoch milliseconds. */
export type OnFollowed = (found: FollowedChange, at: number) => void;

/**
 * Looks at what waits to be told.
 *
 * The index holds only that, so a look costs the same however large the table is. A change that waits no longer is read once more,
 * since its notification may have been heard before this page was there.
 *
 * @returns a function that looks once; it throws what failed first, after all others were read
 */
export function untoldChanges(
  { dynamoDb, changePointsTable }: PageTables,
  onFollowed: OnFollowed,
  now: () => number = Date.now,
): () => Promise<void> {
  const client = documentClient(dynamoDb);
  const index = pendingIndex(client, changePointsTable, changePointsTableSchema.pendingIndex.name);
  /** What waited and was read, by its key. */
  const waiting = new Map<string, PendingItem>();

  async function read({ seriesId, sortKey, pendingSince }: PendingItem): Promise<void> {
    const Key = { seriesId, sortKey };
    const { Item } = await client.send(
      new GetCommand({ TableName: changePointsTable, Key, ConsistentRead: true }),
    );
    const stored = sortKey === headSortKey ? asStored(Item?.pending) : Item;
    for (const found of readableChangePoints(stored === undefined ? [] : [stored]))
      onFollowed(knownChangePointOf(found), Date.parse(found.publishedAt ?? pendingSince));
  }

  return async () => {
    const items = await index.items(pageLimits.untold);
    const late = items.filter(({ pendingSince }) => now() - Date.parse(pendingSince) > pageLimits.tellingMs);
    const next = new Map(late.map((item) => [`${item.seriesId}\n${item.sortKey}`, item]));
    const news = [...next].filter(([key]) => !waiting.has(key));
    const gone = [...waiting].filter(([key]) => !next.has(key));
    const failures: unknown[] = [];
    for (const [key, item] of [...news, ...gone]) {
      try {
        await read(item);
        if (next.has(key)) waiting.set(key, item);
        else waiting.delete(key);
      } catch (error) {
        failures.push(error);
      }
    }
    // The others were read; this one is by the next look.
    if (failures.length > 0) throw failures[0];
  };
}

/** What a HEAD holds as pending, as its item will be; `undefined` of what can be none. */
function asStored(pending: unknown): Record<string, unknown> | undefined {
  const name: Partial<ChangePointName> = Object(pending);
  if (typeof name.eventKey !== 'string') return undefined;
  return { ...name, ...changePointKey(name as ChangePointName) };
}
