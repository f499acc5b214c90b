import { timeText } from '../input/reading-time.ts';
import type { TimedReading } from './given-times.ts';

/** A reading as the service takes it, with the default names of its fields. Its JSON is the data of a record. */
export interface ReadingEvent {
  readonly seriesId: string;
  /** ISO 8601 in UTC: it means the same, whatever unit a service expects of numbers. */
  readonly timestamp: string;
  readonly value: number;
  /** Tells readings apart that the service would else take for one, or put in another order. */
  readonly eventId?: string;
}

/** Writes the readings of a file as events. Each series must come in its order. */
export interface ReadingEventWriter {
  write(seriesId: string, reading: TimedReading): ReadingEvent;
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
