import type { RecordSettings } from '../record-settings.ts';
import { eventReading } from './event-reading.ts';
import { type ParsedEvent, parseEvents } from './parse-events.ts';
import { refused } from './reasons.ts';

/**
 * What the service makes of a record of one reading; of one with several, why it refuses the first that it does refuse.
 *
 * @param latestTimestamp - epoch milliseconds; a later reading is in the future
 */
export type ReadingParser = (
  reading: unknown,
  latestTimestamp?: number,
  partitionKey?: string,
) => ParsedEvent;

/** Parses as a service with these settings does. A setting that is not given has its default. */
export function readingParser(settings?: Partial<RecordSettings>): ReadingParser {
  const reading = eventReading(settings);
  return (given, latestTimestamp = Number.POSITIVE_INFINITY, partitionKey = '') => {
    const rules = { reading, latestTimestamp, partitionKey, arrivedAt: 0, nextId: () => '' };
    const events = parseEvents(given, rules);
    return events.find(({ ok }) => !ok) ?? events[0] ?? refused('empty', 'there is no event');
  };
}

/** Parses a reading whose fields have their usual names. */
export const parseReading = readingParser();
