import { eventReading } from './event-reading.ts';
import { type ParsedEvent, parseEvents } from './parse-events.ts';
import { refused } from './reasons.ts';

/** What the service makes of a reading whose fields have their usual names, whenever it arrives. */
export function parseReading(reading: unknown): ParsedEvent {
  const [parsed] = parseEvents(reading, usual);
  return parsed ?? refused('empty', 'there is no event');
}

const usual = {
  reading: eventReading(),
  latestTimestamp: Number.POSITIVE_INFINITY,
  partitionKey: '',
  arrivedAt: 0,
  nextId: () => '',
};
