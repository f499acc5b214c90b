import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Backoff } from '../backoff.ts';
import type { Chunk } from '../regime/chunk.ts';
import { batchWrite } from './batch-write.ts';
import { type Head, headSortKey } from './head.ts';
import { quickCalls } from './quick-calls.ts';

/** The items of a series that begin with HEAD. */
export interface HeadItems {
  /** The HEAD as it is stored; absent if there is none. */
  readonly head: Partial<Head> | undefined;
  /** Chunks, as somebody stored them. Only a HEAD tells which are valid. */
  readonly chunks: readonly Chunk[];
}

/** The chunks of regimes, in the change-points table beside the HEADs: `HEAD#<slot>`. */
export interface RegimeChunks {
  /** Reads a HEAD and all chunks of its series in one query. */
  read(seriesId: string): Promise<HeadItems>;
  /** Stores chunks, and deletes those in other slots. @returns whether all was done */
  write(seriesId: string, chunks: readonly Chunk[], deleted: readonly number[]): Promise<boolean>;
}

const prefix = `${headSortKey}#`;
const slotDigits = 5;
/** A chunk in a later slot would not sort after the others. */
export const mostSlots = 10 ** slotDigits;
const sortKeyOf = (slot: number) => `${prefix}${String(slot).padStart(slotDigits, '0')}`;

/** The slot in a sort key; `undefined` if it is not that of a chunk. */
function slotOf(sortKey: string): number | undefined {
  const slot = Number(sortKey.slice(prefix.length));
  return sortKey === sortKeyOf(slot) ? slot : undefined;
}

/** Whether an item of the change-points table is a chunk, whatever is in it. */
export function isChunkKey(sortKey: string): boolean {
  return sortKey.startsWith(prefix);
}

export function regimeChunks(
  client: DynamoDBDocumentClient,
  tableName: string,
  backoff: Backoff,
): RegimeChunks {
  const calls = quickCalls(client);
  return {
    async read(seriesId) {
      const pages = calls.query({
        TableName: tableName,
        ConsistentRead: true,
        KeyConditionExpression: 'seriesId = :series AND begins_with(sortKey, :head)',
        ExpressionAttributeValues: { ':series': seriesId, ':head': headSortKey },
      });
      let head: HeadItems['head'];
      const chunks: Chunk[] = [];
      for await (const items of pages) {
        for (const { sortKey, ...item } of items) {
          const slot = slotOf(sortKey);
          if (sortKey === headSortKey) head = { ...item, sortKey } as Partial<Head>;
          else if (slot !== undefined) chunks.push({ ...item, slot } as Chunk);
        }
      }
      return { head, chunks };
    },

    async write(seriesId, chunks, deleted) {
      const written = chunks.map(({ slot, ...chunk }) => ({
        PutRequest: { Item: { seriesId, sortKey: sortKeyOf(slot), ...chunk } },
      }));
      const removed = deleted.map((slot) => ({
        DeleteRequest: { Key: { seriesId, sortKey: sortKeyOf(slot) } },
      }));
      const left = await batchWrite(client, tableName, [...written, ...removed], backoff);
      return left.length === 0;
    },
  };
}
