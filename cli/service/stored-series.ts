import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  paginateQuery,
  paginateScan,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';
import type { SeriesChangePoint } from '../../lambda/change-point.ts';
import type { StoredEvent } from '../../lambda/event.ts';
import type { Head } from '../../lambda/tables/head.ts';
import { readableEvents } from '../../lambda/tables/readable-events.ts';
import { changePointOf, type StoredChangePoint } from '../../lambda/tables/stored-change-point.ts';

/** A series as the change-points table knows it. */
export interface KnownSeries {
  readonly head: Head;
  readonly changePoints: number;
}

/** What the change-points table of a service holds. */
export interface StoredChangePoints {
  /** Every series, in the order of names; numbers in names are compared as numbers. */
  all(): Promise<readonly KnownSeries[]>;
  head(seriesId: string): Promise<Head | undefined>;
  /** Oldest first. One without `publishedAt` is not published yet. */
  changePoints(seriesId: string): Promise<readonly KnownChangePoint[]>;
}

/** A change point, and the ISO time of its publication. */
export type KnownChangePoint = SeriesChangePoint & Pick<StoredChangePoint, 'publishedAt'>;

/** mote-2 before mote-10. */
const naturally = new Intl.Collator('en', { numeric: true });

const changePointPrefix = 'CP#';

/** @param abortSignal - ends the requests that are under way */
export function storedChangePoints(
  dynamoDb: DynamoDBClient,
  changePointsTable: string,
  abortSignal?: AbortSignal,
): StoredChangePoints {
  const client = documentClient(dynamoDb);
  const abortable = abortSignal === undefined ? {} : { abortSignal };
  return {
    async all() {
      const heads: Head[] = [];
      const counts = new Map<string, number>();
      for await (const page of paginateScan({ client }, { TableName: changePointsTable }, abortable)) {
        for (const item of page.Items ?? []) {
          if (item.sortKey === 'HEAD') heads.push(item as Head);
          else if (item.sortKey.startsWith(changePointPrefix))
            counts.set(item.seriesId, (counts.get(item.seriesId) ?? 0) + 1);
        }
      }
      return heads
        .sort((a, b) => naturally.compare(a.seriesId, b.seriesId))
        .map((head) => ({ head, changePoints: counts.get(head.seriesId) ?? 0 }));
    },

    async head(seriesId) {
      const { Item } = await client.send(
        new GetCommand({
          TableName: changePointsTable,
          Key: { seriesId, sortKey: 'HEAD' },
          ConsistentRead: true,
        }),
        abortable,
      );
      return Item as Head | undefined;
    },

    async changePoints(seriesId) {
      const found: StoredChangePoint[] = [];
      const pages = paginateQuery(
        { client },
        {
          TableName: changePointsTable,
          ConsistentRead: true,
          KeyConditionExpression: 'seriesId = :series AND begins_with(sortKey, :prefix)',
          ExpressionAttributeValues: { ':series': seriesId, ':prefix': changePointPrefix },
        },
        abortable,
      );
      for await (const page of pages) found.push(...((page.Items ?? []) as StoredChangePoint[]));
      return found.map((item) => ({
        ...changePointOf(item),
        ...(item.publishedAt !== undefined && { publishedAt: item.publishedAt }),
      }));
    },
  };
}

export interface NewestOptions {
  /** Ends the requests that are under way. */
  readonly abortSignal: AbortSignal;
  /** Called with the number of events read so far. */
  readonly onRead?: (count: number) => void;
  /** Called with the key of each item that is no reading. It is left out. */
  readonly onUnreadable?: (eventKey: string) => void;
}

/** The newest events of a series, at most `most`, oldest first. */
export async function newestEvents(
  dynamoDb: DynamoDBClient,
  eventsTable: string,
  seriesId: string,
  most: number,
  { abortSignal, onRead = () => {}, onUnreadable }: NewestOptions,
): Promise<readonly StoredEvent[]> {
  const client = documentClient(dynamoDb);
  const events: StoredEvent[] = [];
  let after: Record<string, unknown> | undefined;
  do {
    const page = await client.send(
      new QueryCommand({
        TableName: eventsTable,
        KeyConditionExpression: 'seriesId = :series',
        ExpressionAttributeValues: { ':series': seriesId },
        ScanIndexForward: false,
        Limit: most - events.length,
        ...(after !== undefined && { ExclusiveStartKey: after }),
      }),
      { abortSignal },
    );
    events.push(...readableEvents(page.Items ?? [], onUnreadable));
    onRead(events.length);
    after = page.LastEvaluatedKey;
  } while (after !== undefined && events.length < most);
  return events.reverse();
}

function documentClient(dynamoDb: DynamoDBClient): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(dynamoDb, { unmarshallOptions: { wrapNumbers: Number } });
}
