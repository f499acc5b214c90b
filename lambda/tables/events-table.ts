import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Backoff } from '../backoff.ts';
import { type Event, eventKey, type StoredEvent } from '../event.ts';
import { batchWrite } from './batch-write.ts';
import { quickCalls } from './quick-calls.ts';
import { readableEvents } from './readable-events.ts';
import { type Wave, type WaveMark, wholeWavesIn } from './wave.ts';

/** An event to be stored, and the mark of the wave that it closes. */
export interface WrittenEvent extends Event {
  readonly wave?: WaveMark;
}

export interface EventWriter {
  /**
   * Stores events in one call: up to `processingLimits.writeBatchItems`, no two of one key. They are stored in any order.
   *
   * @param signal - ends the call, and the retries
   * @returns the events that stayed unstored after all retries; none is the usual answer
   * @throws what the store throws
   */
  write(events: readonly WrittenEvent[], signal?: AbortSignal): Promise<readonly WrittenEvent[]>;
}

export interface EventReader {
  /** The events of a series, without items that are none, in pages and in key order: after one key, or from the first event on, up to and including another key. */
  read(seriesId: string, after: string | undefined, through: string): AsyncIterable<readonly StoredEvent[]>;
  /**
   * The events of a series after a key, or from the first event on, in one call that reads the newest first.
   *
   * @param most - items, those that are no events included
   * @param through - the last key to read; without it, all there are
   * @returns `undefined` if there may be more up to that key
   */
  readNewest(
    seriesId: string,
    after: string | undefined,
    most: number,
    through?: string,
  ): Promise<NewestEvents | undefined>;
}

/** What one call has read of the newest events of a series. */
export interface NewestEvents {
  /** In key order, without items that are none. */
  readonly events: readonly StoredEvent[];
  /** Waves of which all is there, by their closing events. Their other events were read after the closing one. */
  readonly waves: readonly Wave[];
}

export function eventWriter(
  client: DynamoDBDocumentClient,
  tableName: string,
  retentionSeconds: number,
  backoff: Backoff,
): EventWriter {
  return {
    async write(events, signal) {
      const requests = events.map((event) => ({ PutRequest: { Item: toItem(event, retentionSeconds) } }));
      const left = await batchWrite(client, tableName, requests, backoff, signal);
      const unstored = new Set(
        left.map(({ PutRequest }) => identity(PutRequest?.Item?.seriesId, PutRequest?.Item?.eventKey)),
      );
      return events.filter((event) => unstored.has(identity(event.seriesId, eventKey(event))));
    },
  };
}

/** @param onUnreadable - told of each item that is no reading */
export function eventReader(
  client: DynamoDBDocumentClient,
  tableName: string,
  onUnreadable: (seriesId: string, eventKey: string) => void = () => {},
): EventReader {
  const calls = quickCalls(client);
  const readable = (seriesId: string, items: Parameters<typeof readableEvents>[0]) =>
    readableEvents(items, (key) => onUnreadable(seriesId, key));
  return {
    async *read(seriesId, after, through) {
      const pages = calls.query({
        TableName: tableName,
        ConsistentRead: true,
        ...ofSeries(seriesId, after, through),
        ProjectionExpression: 'eventKey, #value, expiresAt',
        ExpressionAttributeNames: { '#value': 'value' },
      });
      for await (const page of pages) {
        yield readable(seriesId, without(after, page));
      }
    },

    async readNewest(seriesId, after, most, through) {
      const { items, last } = await calls.queryOnce({
        TableName: tableName,
        ConsistentRead: true,
        ScanIndexForward: false,
        Limit: most,
        ...ofSeries(seriesId, after, through),
        ProjectionExpression: 'eventKey, #value, expiresAt, wave',
        ExpressionAttributeNames: { '#value': 'value' },
      });
      if (last !== undefined) return undefined;
      const inOrder = without(after, items).toReversed();
      return { events: readable(seriesId, inOrder), waves: wholeWavesIn(inOrder) };
    },
  };
}

/** The condition of a query for the events of a series after a key and up to another one. If both are given, it finds the first one too. */
function ofSeries(seriesId: string, after: string | undefined, through: string | undefined) {
  const range =
    through === undefined
      ? after !== undefined && 'eventKey > :after'
      : after === undefined
        ? 'eventKey <= :through'
        : 'eventKey BETWEEN :after AND :through';
  return {
    KeyConditionExpression: ['seriesId = :series', ...(range ? [range] : [])].join(' AND '),
    ExpressionAttributeValues: {
      ':series': seriesId,
      ...(after !== undefined && { ':after': after }),
      ...(through !== undefined && { ':through': through }),
    },
  };
}

function without<Item extends Readonly<Record<string, unknown>>>(
  key: string | undefined,
  items: readonly Item[],
): readonly Item[] {
  return items.filter(({ eventKey: one }) => one !== key);
}

/** Depends on the event and its mark alone, not on the clock. So a repeated write without a mark changes nothing and makes no second stream record. */
function toItem(event: WrittenEvent, retentionSeconds: number) {
  return {
    seriesId: event.seriesId,
    eventKey: eventKey(event),
    value: event.value,
    expiresAt: Math.floor(event.timestamp / 1000) + retentionSeconds,
    ...(event.wave !== undefined && { wave: event.wave }),
  };
}

function identity(seriesId: string, key: string): string {
  return JSON.stringify([seriesId, key]);
}
