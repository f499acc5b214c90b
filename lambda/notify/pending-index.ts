import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';

/** Which series have something pending. */
export interface PendingIndex {
  /** @returns so many of them, at most; one that became pending, or was settled, just now may be wrong */
  series(most: number): Promise<readonly string[]>;
}

/**
 * The index of the change-points table that holds a HEAD only while it has `pendingSince`.
 *
 * So the scan of it reads what is pending, and of the table, which keeps growing, nothing.
 */
export function pendingIndex(
  client: DynamoDBDocumentClient,
  tableName: string,
  indexName: string,
): PendingIndex {
  return {
    async series(most) {
      const found: string[] = [];
      for await (const page of paginateScan({ client }, { TableName: tableName, IndexName: indexName })) {
        found.push(...(page.Items ?? []).map(({ seriesId }) => seriesId as string));
        if (found.length >= most) break;
      }
      return found.slice(0, most);
    },
  };
}
