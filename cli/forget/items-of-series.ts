import { type DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { realBackoff } from '../../lambda/backoff.ts';
import { plain } from '../../lambda/figures.ts';
import { processingLimits } from '../../lambda/processing-limits.ts';
import { batchWrite } from '../../lambda/tables/batch-write.ts';
import { groupsOf } from '../../lambda/tables/groups-of.ts';
import { FailedError } from '../context.ts';
import type { Forgettable, LeftOver } from './forgettable.ts';

/** Where items of a series are: in one partition of a table. */
export interface ItemRange {
  readonly tableName: string;
  readonly partitionKey: string;
  readonly sortKey: string;
  /** What the partition key is. */
  readonly partition: string;
  /** Which items of it, by their sort keys. */
  readonly has: (key: string) => boolean;
}

/** Items that are read, and deleted in several calls at once, before the next ones are. */
const itemsOfPage = 8 * processingLimits.writeBatchItems;

/** Items of a series in a table, by whole keys: so another series is never met, whatever the names are. */
export function itemsOfSeries(
  name: string,
  client: DynamoDBDocumentClient,
  { tableName, partitionKey, sortKey, partition, has }: ItemRange,
  signal: AbortSignal,
): Forgettable {
  /** The keys of the items, in pages. */
  async function* keys(pageSize?: number): AsyncGenerator<readonly Record<string, string>[]> {
    const pages = paginateQuery(
      { client, ...(pageSize !== undefined && { pageSize }) },
      {
        TableName: tableName,
        ConsistentRead: true,
        KeyConditionExpression: '#partition = :partition',
        ExpressionAttributeValues: { ':partition': partition },
        ProjectionExpression: '#partition, #sort',
        ExpressionAttributeNames: { '#partition': partitionKey, '#sort': sortKey },
      },
      { abortSignal: signal },
    );
    for await (const page of pages) {
      signal.throwIfAborted();
      yield (page.Items ?? []).filter((key) => has(key[sortKey]));
    }
  }

  return {
    name,

    async count() {
      let count = 0;
      for await (const page of keys()) count += page.length;
      return count;
    },

    async delete(onDeleted) {
      for await (const page of keys(itemsOfPage)) {
        const requests = page.map((Key) => ({ DeleteRequest: { Key } }));
        await Promise.all(
          groupsOf(requests, processingLimits.writeBatchItems).map(async (call) => {
            const left = await batchWrite(client, tableName, call, realBackoff, signal);
            onDeleted(call.length - left.length);
            if (left.length > 0)
              throw new FailedError(
                `${tableName} did not delete ${plain.counted(left.length, 'item')}, after all retries; run the command again, and it goes on`,
              );
          }),
        );
      }
      return [];
    },
  };
}

/** Several such places under one name. */
export function inSeveralPlaces(name: string, places: readonly Forgettable[]): Forgettable {
  return {
    name,
    async count() {
      let count = 0;
      for (const place of places) count += await place.count();
      return count;
    },
    async delete(onDeleted) {
      const left: LeftOver[] = [];
      for (const place of places) left.push(...(await place.delete(onDeleted)));
      return left;
    },
  };
}
