import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '../../lambda/document-client.ts';
import { hasTime, timeOfEventKey } from '../../lambda/event.ts';

/** A reading as its item has it, in which someone may have written anything. */
export interface ReadingItem {
  /** ISO time with all its digits. */
  readonly time: string;
  readonly eventKey: string;
  readonly eventId: string;
  /** A number, unless somebody wrote something else. */
  readonly value?: unknown;
}

/**
 * The readings around a place in a series, oldest first: half of them before it, as far as there are so many.
 *
 * What is no number is among them, since it can be corrected; an item whose key has no time is not, since no time names it.
 *
 * @param place - an event key, or the beginning of one
 */
export async function readingsAround(
  dynamoDb: DynamoDBClient,
  eventsTable: string,
  seriesId: string,
  place: string,
  most: number,
  abortSignal: AbortSignal,
): Promise<readonly ReadingItem[]> {
  const client = documentClient(dynamoDb);

  /** The readings on one side, the nearest first. */
  async function side(comparison: '<' | '>='): Promise<readonly ReadingItem[]> {
    const pages = paginateQuery(
      { client, pageSize: most },
      {
        TableName: eventsTable,
        ConsistentRead: true,
        KeyConditionExpression: `seriesId = :series AND eventKey ${comparison} :place`,
        ExpressionAttributeValues: { ':series': seriesId, ':place': place },
        ScanIndexForward: comparison === '>=',
      },
      { abortSignal },
    );
    const found: ReadingItem[] = [];
    for await (const { Items = [] } of pages) {
      found.push(...Items.flatMap(({ eventKey, value }) => readingOf(eventKey, value)));
      if (found.length >= most) break;
    }
    return found.slice(0, most);
  }

  const [before, after] = await Promise.all([side('<'), side('>=')]);
  const ofAfter = Math.min(after.length, Math.max(Math.ceil(most / 2), most - before.length));
  return [...before.slice(0, most - ofAfter).reverse(), ...after.slice(0, ofAfter)];
}

function readingOf(eventKey: string, value: unknown): readonly ReadingItem[] {
  if (!hasTime(eventKey)) return [];
  const eventId = eventKey.slice(eventKey.indexOf('#') + 1);
  return [{ time: timeOfEventKey(eventKey), eventKey, eventId, value }];
}
