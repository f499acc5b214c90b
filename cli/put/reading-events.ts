import { timeText } from '../input/reading-time.ts';
import type { ServiceReading } from '../produce/service-records.ts';
import type { TimedReading } from './given-times.ts';

/** Writes the readings of a file as a service is to have them. Each series must come in its order. */
export interface ReadingEventWriter {
  write(seriesId: string, reading: TimedReading): ServiceReading;
}

/**
 * The service takes equal readings of one moment for one, and orders others of one moment by their ids. So the second reading of a series in a
 * millisecond, and each after it, gets an id that keeps their order, unless the file has ids of its own.
 *
 * The same readings give the same events each time. So a file that is put twice has each reading stored once.
 */
export function readingEventWriter(): ReadingEventWriter {
  /** The newest millisecond of each series, and how many readings it has. */
  const newest = new Map<string, { ms: number; count: number }>();
  return {
    write(seriesId, { time, value, key }) {
      const last = newest.get(seriesId) ?? { ms: Number.NaN, count: 0 };
      last.count = last.ms === time.ms ? last.count + 1 : 1;
      last.ms = time.ms;
      newest.set(seriesId, last);
      const eventId = typeof key === 'string' ? key : idOf(last.count);
      return { seriesId, timestamp: timeText(time), value, ...(eventId !== undefined && { eventId }) };
    },
  };
}

/** It sorts behind the id that the recorder gives to an event without one, a hash in hexadecimal digits. @param place - from 1 */
function idOf(place: number): string | undefined {
  return place > 1 ? `then-${String(place).padStart(6, '0')}` : undefined;
}
