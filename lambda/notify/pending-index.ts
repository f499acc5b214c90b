import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';

/** The series with a pending change point. */
export interface PendingIndex {
  /** @returns at most so many of them; the index lags a little behind the table */
  series(most: number): Promise<readonly string[]>;
}

/**
 * The index of the change-points table that holds a HEAD only while it has `pendingSince`.
 *
 * So a scan of it reads only pending HEADs, however large the table grows.
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
