/**
 * The log events in a record of a CloudWatch Logs subscription: each with its `id` also as `eventId`, the names of its log, and its message
 * as an object if that is JSON.
 *
 * Source: Amazon CloudWatch Logs user guide, "Log group-level subscription filters".
 *
 * @returns `undefined` if the value is no such record
 */
export function logEventsIn(value: unknown): readonly unknown[] | undefined {
  if (!isObject(value) || !Array.isArray(value.logEvents) || typeof value.logGroup !== 'string')
    return undefined;
  const { logEvents, ...origin } = value;
  return logEvents.map((event: unknown) =>
    isObject(event)
      ? { ...origin, ...event, eventId: event.id, message: parsedMessage(event.message) }
      : event,
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function parsedMessage(message: unknown): unknown {
  if (typeof message !== 'string' || !message.startsWith('{')) return message;
  try {
    return JSON.parse(message);
  } catch {
    return message;
  }
}
