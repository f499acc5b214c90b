import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  paginateQuery,
  paginateScan,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';
import type { SeriesChangePoint } from '../../lambda/change-point.ts';
import type { Head } from '../../lambda/change-points-table.ts';
import type { StoredEvent } from '../../lambda/events-table.ts';

/** A series as the change-points table knows it. */
export interface KnownSeries {
  readonly head: Head;
  readonly changePoints: number;
}

/** What the tables of a service hold. */
export interface StoredSeries {
  /** Every series, by its name. */
  all(): Promise<readonly KnownSeries[]>;
  head(seriesId: string): Promise<Head | undefined>;
  /** Oldest first. */
  changePoints(seriesId: string): Promise<readonly SeriesChangePoint[]>;
  /** The newest events, at most so many, oldest first. */
  newestEvents(seriesId: string, most: number): Promise<readonly StoredEvent[]>;
}

export interface TableNames {
  readonly eventsTable: string;
  readonly changePointsTable: string;
}

const changePointPrefix = 'CP#';

export function storedSeries(
  dynamoDb: DynamoDBClient,
  { eventsTable, changePointsTable }: TableNames,
): StoredSeries {
  const client = DynamoDBDocumentClient.from(dynamoDb, { unmarshallOptions: { wrapNumbers: Number } });
  return {
    async all() {
      const heads: Head[] = [];
      const counts = new Map<string, number>();
      for await (const page of paginateScan({ client }, { TableName: changePointsTable })) {
        for (const item of page.Items ?? []) {
          if (item.sortKey === 'HEAD') heads.push(item as Head);
          else counts.set(item.seriesId, (counts.get(item.seriesId) ?? 0) + 1);
        }
      }
      return heads
        .sort((a, b) => (a.seriesId < b.seriesId ? -1 : 1))
        .map((head) => ({ head, changePoints: counts.get(head.seriesId) ?? 0 }));
    },

    async head(seriesId) {
      const { Item } = await client.send(
        new GetCommand({
          TableName: changePointsTable,
          Key: { seriesId, sortKey: 'HEAD' },
          ConsistentRead: true,
        }),
      );
      return Item as Head | undefined;
    },

    async changePoints(seriesId) {
      const found: SeriesChangePoint[] = [];
      const pages = paginateQuery(
        { client },
        {
          TableName: changePointsTable,
          ConsistentRead: true,
          KeyConditionExpression: 'seriesId = :series AND begins_with(sortKey, :prefix)',
          ExpressionAttributeValues: { ':series': seriesId, ':prefix': changePointPrefix },
        },
      );
      for await (const page of pages) found.push(...((page.Items ?? []) as SeriesChangePoint[]));
      return found;
    },

    async newestEvents(seriesId, most) {
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
        );
        events.push(...((page.Items ?? []) as StoredEvent[]));
        after = page.LastEvaluatedKey;
      } while (after !== undefined && events.length < most);
      return events.reverse();
    },
  };
}
