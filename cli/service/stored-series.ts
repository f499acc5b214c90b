import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetCommand, paginateQuery, paginateScan, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { changePointPrefix } from '../../lambda/change-point.ts';
import { documentClient } from '../../lambda/document-client.ts';
import { compareEventKeys, type StoredEvent } from '../../lambda/event.ts';
import { readableChangePoints } from '../../lambda/notify/readable-change-points.ts';
import { type Head, headSortKey } from '../../lambda/tables/head.ts';
import { readableEvents } from '../../lambda/tables/readable-events.ts';
import {
  type KnownChangePoint,
  knownChangePointOf,
  type StoredChangePoint,
} from '../../lambda/tables/stored-change-point.ts';

/** A series as the change-points table knows it. */
export interface KnownSeries {
  readonly head: Head;
  /** Without the retracted ones. */
  readonly changePoints: number;
  /** How many of them nobody has taken note of. */
  readonly unacknowledged: number;
  /** Event key of the reading at which the newest was known. */
  readonly lastChange?: string;
}

/** What the change-points table of a service holds. */
export interface StoredChangePoints {
  /** Every series, in the order of names; numbers in names are compared as numbers. */
  all(): Promise<readonly KnownSeries[]>;
  head(seriesId: string): Promise<Head | undefined>;
  /** Oldest first. One without `publishedAt` is not published yet. */
  changePoints(seriesId: string): Promise<readonly KnownChangePoint[]>;
}

/** mote-2 before mote-10. */
const naturally = new Intl.Collator('en', { numeric: true });

type Counted = Omit<KnownSeries, 'head'>;

const none: Counted = { changePoints: 0, unacknowledged: 0 };

function withOneMore(
  { changePoints, unacknowledged, lastChange }: Counted = none,
  { eventKey, acknowledgedAt }: StoredChangePoint,
): Counted {
  return {
    changePoints: changePoints + 1,
    unacknowledged: unacknowledged + (acknowledgedAt === undefined ? 1 : 0),
    lastChange:
      lastChange !== undefined && compareEventKeys(lastChange, eventKey) > 0 ? lastChange : eventKey,
  };
}

/**
 * @param abortSignal - ends the requests that are under way
 * @param onUnreadable - called with the key of each item that is no change point, and why it is none. It is left out
 */
export function storedChangePoints(
  dynamoDb: DynamoDBClient,
  changePointsTable: string,
  abortSignal?: AbortSignal,
  onUnreadable?: (sortKey: string, damage: string) => void,
): StoredChangePoints {
  const client = documentClient(dynamoDb);
  const abortable = abortSignal === undefined ? {} : { abortSignal };
  return {
    async all() {
      const heads: Head[] = [];
      const counts = new Map<string, Counted>();
      for await (const page of paginateScan({ client }, { TableName: changePointsTable }, abortable)) {
        for (const item of page.Items ?? []) {
          const { seriesId, sortKey } = item;
          if (sortKey === headSortKey) heads.push(item as Head);
          if (!sortKey.startsWith(changePointPrefix) || item.retractedAt !== undefined) continue;
          for (const found of readableChangePoints([item], onUnreadable))
            counts.set(seriesId, withOneMore(counts.get(seriesId), found));
        }
      }
      return heads
        .sort((a, b) => naturally.compare(a.seriesId, b.seriesId))
        .map((head) => ({ head, ...(counts.get(head.seriesId) ?? none) }));
    },

    async head(seriesId) {
      const { Item } = await client.send(
        new GetCommand({
          TableName: changePointsTable,
          Key: { seriesId, sortKey: headSortKey },
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
      for await (const page of pages) found.push(...readableChangePoints(page.Items ?? [], onUnreadable));
      return found.map(knownChangePointOf);
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
