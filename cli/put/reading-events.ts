import { type ReadingTime, timeText } from '../input/reading-time.ts';
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
  /** The event of a reading that repeats one of the newest millisecond: the same event again. */
  again(seriesId: string, time: ReadingTime, value: number, id: string | undefined): ReadingEvent;
}

/** The readings of a series in its newest millisecond. */
interface Newest {
  readonly ms: number;
  readonly values: number[];
}

/**
 * The service keeps time to the millisecond, and orders events of one millisecond by their ids. So the second reading of a series in a
 * millisecond, and each after it, gets an id that keeps their order, unless the file has ids of its own.
 *
 * The same readings give the same events each time. So a file that is put twice has each reading stored once.
 */
export function readingEventWriter(): ReadingEventWriter {
  const newest = new Map<string, Newest>();
  return {
    write(seriesId, { time, value, key }) {
      const { ms } = time;
      const last = newest.get(seriesId);
      const values = last?.ms === ms ? last.values : [];
      values.push(value);
      if (values.length === 1) newest.set(seriesId, { ms, values });
      return eventOf(seriesId, time, value, typeof key === 'string' ? key : idOf(values.length));
    },
    again(seriesId, time, value, id) {
      const { values = [] } = newest.get(seriesId) ?? {};
      return eventOf(seriesId, time, value, id ?? idOf(values.indexOf(value) + 1));
    },
  };
}

/** It sorts behind the id that the recorder gives to an event without one, a hash in hexadecimal digits. @param place - from 1 */
function idOf(place: number): string | undefined {
  return place > 1 ? `then-${String(place).padStart(6, '0')}` : undefined;
}

function eventOf(
  seriesId: string,
  time: ReadingTime,
  value: number,
  eventId: string | undefined,
): ReadingEvent {
  return { seriesId, timestamp: timeText(time), value, ...(eventId !== undefined && { eventId }) };
}
