import { createHash } from 'node:crypto';

/** One reading of a series. */
export interface Event {
  readonly seriesId: string;
  /** Epoch milliseconds, UTC, within the years 0 to 9999. */
  readonly timestamp: number;
  readonly value: number;
  /** Distinguishes readings of one series at one time. A hash of the event if the producer gave none. */
  readonly eventId: string;
}

/** A reading as the events table holds it. */
export interface StoredEvent {
  readonly eventKey: string;
  readonly value: number;
}

/** The eventId of an event that came without one: equal events get equal ids, so that a repeat is the same event. */
export function hashEvent(event: Omit<Event, 'eventId'>): string {
  const content = JSON.stringify([event.seriesId, event.timestamp, event.value]);
  return createHash('sha256').update(content).digest('hex').slice(0, 32);
}

/** The sort key of an event: `<ISO time, UTC, milliseconds>#<eventId>`. The order of keys is the order of time. */
export function eventKey(event: Pick<Event, 'timestamp' | 'eventId'>): string {
  return `${new Date(event.timestamp).toISOString()}#${event.eventId}`;
}

/** The ISO time in an event key. */
export function timeOfEventKey(key: string): string {
  return key.slice(0, key.indexOf('#'));
}

/** Negative where `a` sorts before `b`, as DynamoDB sorts strings: by their UTF-8 bytes. */
export function compareEventKeys(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
