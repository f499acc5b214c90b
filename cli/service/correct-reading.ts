import { inspect } from 'node:util';
import {
  type AttributeValue,
  DeleteItemCommand,
  type DynamoDBClient,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { InvalidArgumentError } from 'commander';
import { toValues } from '../../lambda/document-client.ts';
import { isStorable } from '../../lambda/dynamo-number.ts';
import { type Event, eventKey, timeOfEventKey } from '../../lambda/event.ts';
import { plain } from '../../lambda/figures.ts';
import { printable, withoutControls } from '../../lambda/printable.ts';
import { zonedTime } from '../../lambda/reading/zoned-time.ts';
import { unlessRefused } from '../../lambda/tables/unless-refused.ts';
import { number } from '../arguments.ts';
import { FailedError } from '../context.ts';

type TimeOfReading = Pick<Event, 'timestamp' | 'nanoseconds'>;

/** One reading; without an id the only one at its time. */
export type NamedReading = Pick<Event, 'seriesId'> & TimeOfReading & Partial<Pick<Event, 'eventId'>>;

/** Readings that an error lists. */
const mostListed = 5;

/** A time with all its digits. A parser for commander. */
export function instantOf(text: string): TimeOfReading {
  const time = zonedTime(text);
  if (time === undefined)
    throw new InvalidArgumentError(
      `It must be an ISO 8601 time with a zone, such as 2026-01-31T12:00:00Z, got '${text}'.`,
    );
  return { timestamp: time.ms, ...(time.ns > 0 && { nanoseconds: time.ns }) };
}

/** A number that the table can hold. A parser for commander. */
export function storableNumber(text: string): number {
  const value = number(text) + 0;
  if (isStorable(value)) return value;
  throw new InvalidArgumentError(`It must be 0 or of a magnitude from 1e-130 to below 1e126, got '${text}'.`);
}

/** A reading as its item has it, in which someone may have written anything. */
interface FoundReading {
  readonly eventKey: string;
  /** As the table has it: it may be a number with more digits than a double. */
  readonly stored: AttributeValue | undefined;
  readonly value: unknown;
}

/**
 * Gives a reading another value, or deletes it. All else in its item stays.
 *
 * @param value - none to delete it
 * @returns its key, and the value that it had
 * @throws FailedError if there is no such reading, if there are several, or if it changed meanwhile
 */
export async function correctReading(
  client: DynamoDBClient,
  TableName: string,
  named: NamedReading,
  value: number | undefined,
  abortSignal: AbortSignal,
): Promise<{ readonly eventKey: string; readonly before: unknown }> {
  const { seriesId } = named;
  const { eventKey: key, value: before, stored } = await onlyReading(client, TableName, named, abortSignal);
  const values = {
    ...(stored !== undefined && { ':before': stored }),
    ...(value !== undefined && { ':value': { N: String(value) } }),
  };
  const unchanged = {
    TableName,
    Key: { seriesId: { S: seriesId }, eventKey: { S: key } },
    ConditionExpression:
      stored === undefined
        ? 'attribute_exists(eventKey) AND attribute_not_exists(#value)'
        : '#value = :before',
    ExpressionAttributeNames: { '#value': 'value' },
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
  };
  const done = await unlessRefused<object>(
    value === undefined
      ? client.send(new DeleteItemCommand(unchanged))
      : client.send(new UpdateItemCommand({ ...unchanged, UpdateExpression: 'SET #value = :value' })),
  );
  if (done === undefined)
    throw new FailedError(`the reading of ${printable(seriesId)} has changed meanwhile; look at it again`);
  return { eventKey: key, before };
}

/** A value for people, also one that is no number: a map may have a `toString` that is none. */
export function shownValue(value: unknown): string {
  if (typeof value === 'number') return plain.level(value);
  return printable(typeof value === 'object' ? inspect(value, { breakLength: Infinity }) : String(value));
}

async function onlyReading(
  client: DynamoDBClient,
  TableName: string,
  { seriesId, eventId = '', ...time }: NamedReading,
  abortSignal: AbortSignal,
): Promise<FoundReading> {
  const beginning = eventKey({ ...time, eventId });
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName,
      ConsistentRead: true,
      KeyConditionExpression: 'seriesId = :series AND begins_with(eventKey, :key)',
      ExpressionAttributeValues: { ':series': { S: seriesId }, ':key': { S: beginning } },
      Limit: mostListed + 1,
    }),
    { abortSignal },
  );
  const found = Items.map(readingOf).filter((one) => eventId === '' || one.eventKey === beginning);
  const [only, ...others] = found;
  const instant = timeOfEventKey(beginning);
  if (only === undefined)
    throw new FailedError(
      `${printable(seriesId)} has no reading at ${instant}${eventId === '' ? '' : ` with the id ${printable(eventId)}`}; give its time with all its digits, as \`aed history ${printable(seriesId)} --around ${instant}\` lists them`,
    );
  if (others.length === 0) return only;
  const ids = found
    .slice(0, mostListed)
    .map(
      ({ eventKey: key, value }) =>
        `${withoutControls(key.slice(key.indexOf('#') + 1))} (${shownValue(value)})`,
    );
  throw new FailedError(
    `${printable(seriesId)} has several readings at ${instant}; choose one with --event-id: ${ids.join(', ')}`,
  );
}

function readingOf(item: Record<string, AttributeValue>): FoundReading {
  const { eventKey, value } = unmarshall(item, toValues);
  return { eventKey, value, stored: item.value };
}
