import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { compareEventKeys } from '../event.ts';

/** The key of an item in the index. */
export interface PendingItem {
  readonly seriesId: string;
  /** That of a change point that is not published yet, or of a HEAD whose change point may not be stored yet. */
  readonly sortKey: string;
  /** ISO time. */
  readonly pendingSince: string;
}

/** What is pending, of all series. */
export interface PendingIndex {
  /** @returns at most so many, the oldest first, and those of a series in the order of their keys; the index lags a little behind the table */
  items(most: number): Promise<readonly PendingItem[]>;
}

/**
 * The index of the change-points table that holds items only while they have `pendingSince`.
 *
 * So a scan of it reads only what is pending, however large the table grows.
 */
export function pendingIndex(
  client: DynamoDBDocumentClient,
  tableName: string,
  indexName: string,
): PendingIndex {
  return {
    async items(most) {
      const found: PendingItem[] = [];
      for await (const page of paginateScan({ client }, { TableName: tableName, IndexName: indexName })) {
        found.push(...((page.Items ?? []) as PendingItem[]));
        if (found.length >= most) break;
      }
      return oldestFirst(found.slice(0, most));
    },
  };
}

/** Series by their oldest item. The change point of a HEAD is the newest of its series, and `HEAD` sorts after all change points. */
function oldestFirst(items: readonly PendingItem[]): readonly PendingItem[] {
  const since = new Map<string, string>();
  for (const { seriesId, pendingSince } of items) {
    const known = since.get(seriesId);
    if (known === undefined || pendingSince < known) since.set(seriesId, pendingSince);
  }
  const ages = items.map((item) => ({ item, age: `${since.get(item.seriesId)} ${item.seriesId}` }));
  return ages
    .sort((a, b) => compareEventKeys(a.age, b.age) || compareEventKeys(a.item.sortKey, b.item.sortKey))
    .map(({ item }) => item);
}
