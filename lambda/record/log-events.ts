import { isObject } from '../reading/is-object.ts';
import { boundedJson } from './bounded-json.ts';

/** What a record of a subscription says of its log. With any field, a record of 1 MiB with many fields and many events would fill the memory. */
const originFields = ['messageType', 'owner', 'logGroup', 'logStream', 'subscriptionFilters'];

/**
 * The log events in a record of a CloudWatch Logs subscription, one made after the other, since there may be millions: each with its `id` also as `eventId`, if it has one, the names of its log,
 * and its message as an object if that is JSON.
 *
 * Source: Amazon CloudWatch Logs user guide, "Log group-level subscription filters".
 *
 * @returns `undefined` if the value is no such record
 */
export function eachLogEvent(value: unknown): Iterable<unknown> | undefined {
  if (!isObject(value) || !Array.isArray(value.logEvents) || typeof value.logGroup !== 'string')
    return undefined;
  return completed(value.logEvents, originOf(value));
}

/** All of them. */
export function logEventsIn(value: unknown): readonly unknown[] | undefined {
  const each = eachLogEvent(value);
  return each && [...each];
}

function originOf(record: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(
    originFields.filter((name) => Object.hasOwn(record, name)).map((name) => [name, record[name]]),
  );
}

function* completed(events: readonly unknown[], origin: object): Generator<unknown> {
  for (const event of events)
    yield isObject(event)
      ? {
          ...origin,
          ...event,
          ...(event.id !== undefined && { eventId: event.id }),
          message: parsedMessage(event.message),
        }
      : event;
}

function parsedMessage(message: unknown): unknown {
  if (typeof message !== 'string') return message;
  // Loggers may write a blank or a byte order mark first.
  const text = message.trim();
  return text.startsWith('{') ? (boundedJson(text) ?? message) : message;
}
