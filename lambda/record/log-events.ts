import { isObject } from '../reading/is-object.ts';
import { parsedJson } from '../reading/parsed-json.ts';

/** What a record of a subscription says of its log. With any field, a record of 1 MiB with many fields and many events would fill the memory. */
const originFields = ['messageType', 'owner', 'logGroup', 'logStream', 'subscriptionFilters'];

/**
 * The log events in a record of a CloudWatch Logs subscription: each with its `id` also as `eventId`, if it has one, the names of its log,
 * and its message as an object if that is JSON.
 *
 * Source: Amazon CloudWatch Logs user guide, "Log group-level subscription filters".
 *
 * @returns `undefined` if the value is no such record
 */
export function logEventsIn(value: unknown): readonly unknown[] | undefined {
  if (!isObject(value) || !Array.isArray(value.logEvents) || typeof value.logGroup !== 'string')
    return undefined;
  const origin = Object.fromEntries(
    originFields.filter((name) => Object.hasOwn(value, name)).map((name) => [name, value[name]]),
  );
  return value.logEvents.map((event: unknown) =>
    isObject(event)
      ? {
          ...origin,
          ...event,
          ...(event.id !== undefined && { eventId: event.id }),
          message: parsedMessage(event.message),
        }
      : event,
  );
}

function parsedMessage(message: unknown): unknown {
  return typeof message === 'string' && message.startsWith('{') ? (parsedJson(message) ?? message) : message;
}
