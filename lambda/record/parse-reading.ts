import { eventReading } from './event-reading.ts';
import { type ParsedEvent, parseEvents } from './parse-events.ts';
import { refused } from './reasons.ts';

/**
 * What the service makes of a reading whose fields have their usual names.
 *
 * @param latestTimestamp - epoch milliseconds; a later reading is in the future
 */
export function parseReading(reading: unknown, latestTimestamp = Number.POSITIVE_INFINITY): ParsedEvent {
  const [parsed] = parseEvents(reading, { ...usual, latestTimestamp });
  return parsed ?? refused('empty', 'there is no event');
}

const usual = {
  reading: eventReading(),
  partitionKey: '',
  arrivedAt: 0,
  nextId: () => '',
};
