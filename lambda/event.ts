import { createHash } from 'node:crypto';
import { isoInstant } from './reading/instant.ts';

/** One reading of a series. */
export interface Event {
  readonly seriesId: string;
  /** Epoch milliseconds, UTC, within the years 0 to 9999. */
  readonly timestamp: number;
  /** Nanoseconds after that millisecond, from 1 to 999,999; absent if 0. */
  readonly nanoseconds?: number;
  readonly value: number;
  /** Distinguishes readings of one series at one time. A hash of the event if the producer gave none. */
  readonly eventId: string;
}

/** A reading as the events table holds it. */
export interface StoredEvent {
  readonly eventKey: string;
  readonly value: number;
  /** Epoch seconds at which the table may delete it; not read where it is of no use. */
  readonly expiresAt?: number;
}

/** The eventId of an event that came without one: equal events get equal ids, so that a repeat is the same event. */
export function hashEvent(event: Pick<Event, 'seriesId' | 'timestamp' | 'value'>): string {
  const content = JSON.stringify([event.seriesId, event.timestamp, event.value]);
  return createHash('sha256').update(content).digest('hex').slice(0, 32);
}

/**
 * The sort key of an event: `<ISO time, UTC, milliseconds>#<eventId>`, or `<ISO time>+<nanoseconds, six digits>#<eventId>` where the time
 * has more digits than milliseconds. The order of keys is the order of time, since `#` sorts before `+`.
 */
export function eventKey({
  timestamp,
  nanoseconds = 0,
  eventId,
}: Pick<Event, 'timestamp' | 'nanoseconds' | 'eventId'>): string {
  const time = new Date(timestamp).toISOString();
  return nanoseconds === 0
    ? `${time}#${eventId}`
    : `${time}+${String(nanoseconds).padStart(6, '0')}#${eventId}`;
}

/** The bytes of a key that has nothing of its own in it but the time. */
export function eventKeyBytes(nanoseconds: number): number {
  return nanoseconds === 0 ? bytesToMs : bytesToNs;
}

const [bytesToMs = 0, bytesToNs = 0] = [0, 1].map(
  (nanoseconds) => eventKey({ timestamp: 0, nanoseconds, eventId: '' }).length,
);

/** The ISO time in an event key. */
export function timeOfEventKey(key: string): string {
  const time = key.slice(0, key.indexOf('#'));
  const plus = time.indexOf('+');
  if (plus === -1) return time;
  return isoInstant({ ms: Date.parse(time.slice(0, plus)), ns: Number(time.slice(plus + 1)) });
}

/** The time in an event key, in epoch milliseconds without what is below them; NaN if the key has none. */
export function epochOfEventKey(key: string): number {
  const time = key.slice(0, key.indexOf('#'));
  const plus = time.indexOf('+');
  return Date.parse(plus === -1 ? time : time.slice(0, plus));
}

/** The form in which `eventKey` writes a time. Only in it the order of keys is that of times. */
const keyForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z(\+\d{6})?#/;

/** Whether this is a key with a time in the form of `eventKey`. What was written by hand may have none, or be no text. */
export function hasTime(key: unknown): key is string {
  return typeof key === 'string' && keyForm.test(key) && !Number.isNaN(epochOfEventKey(key));
}

/** Negative where `a` sorts before `b`, as DynamoDB sorts strings: by their UTF-8 bytes. */
export function compareEventKeys(a: string, b: string): number {
  // JavaScript compares by UTF-16 units. Where no character takes two of them, that is the same order.
  if (!surrogates.test(a) && !surrogates.test(b)) return a < b ? -1 : Number(a > b);
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

const surrogates = /[\ud800-\udfff]/;
