import type { ServiceRecord } from './service-records.ts';
import type { PutEvent } from './stream-entry.ts';

/** The record of one event, and the time of the event in epoch milliseconds. */
export interface TimedRecord extends ServiceRecord {
  readonly timestamp: number;
}

/** A record of several events of one series. */
export interface JsonRecord extends PutEvent {
  /** How many. */
  readonly events: number;
  /** Of the last event: before it the record is not whole. */
  readonly timestamp: number;
}

/**
 * Puts several events of one series into one record, a JSON array: fewer records for the same events.
 *
 * A record is yielded once it has `eventsInRecord` events; incomplete ones follow at the end. The order in a series stays.
 */
export function* inJsonRecords(events: Iterable<TimedRecord>, eventsInRecord: number): Generator<JsonRecord> {
  const open = new Map<string, TimedRecord[]>();
  for (const event of events) {
    const together = open.get(event.seriesId) ?? [];
    together.push(event);
    if (together.length < eventsInRecord) {
      open.set(event.seriesId, together);
      continue;
    }
    open.delete(event.seriesId);
    yield joined(together);
  }
  for (const together of open.values()) yield joined(together);
}

function joined(events: readonly TimedRecord[]) {
  const { seriesId, timestamp } = events.at(-1) as TimedRecord;
  const [first, ...others] = events.map((event) => event.toJSON());
  return {
    seriesId,
    events: events.length,
    timestamp,
    toJSON: () => (others.length === 0 ? first : [first, ...others]),
  };
}
