import { changePointPrefix } from '../change-point.ts';
import { isStorable } from '../dynamo-number.ts';
import { type Event, eventKeyBytes, hashEvent } from '../event.ts';
import { processingLimits } from '../processing-limits.ts';
import type { Instant } from '../reading/instant.ts';
import { plainNumber } from '../reading/number-text.ts';
import { seriesOfField } from '../reading/series-of-field.ts';
import type { EventReading } from './event-reading.ts';
import { eventTime } from './event-time.ts';
import { idRule, idText } from './id-text.ts';
import { describeValue, type Refused, refused } from './reasons.ts';
import type { FoundValue } from './value-fields.ts';

export type ParsedEvent = { readonly ok: true; readonly event: Event } | Refused;

/** How the entries of one record are read. */
export interface ParseRules {
  readonly reading: EventReading;
  /** Epoch milliseconds; a later timestamp is refused as being in the future. */
  readonly latestTimestamp: number;
  readonly partitionKey: string;
  /** Epoch milliseconds. */
  readonly arrivedAt: number;
  /** The id of an event whose time is its arrival: the same ones in the same order each time that the record is read. */
  readonly nextId: () => string;
}

/** What all values of an object have in common. */
interface Frame {
  readonly seriesId: string;
  readonly instant: Instant;
  /** `undefined` if there is none. */
  readonly eventId: string | undefined;
}

/**
 * The events of one JSON value, or the reasons why there is none: one for the value, or for each number in it. Never throws.
 *
 * @returns at least one, and at most one more than a record may have
 */
export function parseEvents(candidate: unknown, rules: ParseRules): readonly ParsedEvent[] {
  if (typeof candidate !== 'object' || candidate === null || Array.isArray(candidate))
    return [refused('not-an-object', `an event must be a JSON object, got ${describeValue(candidate)}`)];
  const frame = frameOf(candidate, rules);
  if ('reason' in frame) return [frame];
  const events: ParsedEvent[] = [];
  for (const found of rules.reading.values.of(candidate)) {
    events.push(eventOf(found, frame, rules));
    if (events.length > processingLimits.entriesPerRecord) break;
  }
  return events;
}

function frameOf(candidate: object, rules: ParseRules): Frame | Refused {
  const { reading } = rules;
  const { names } = reading;
  const given = reading.seriesId === undefined ? rules.partitionKey : reading.seriesId(candidate);
  if (given === undefined) return missing(names.seriesId);
  const seriesId = idText(given, processingLimits.seriesIdBytes);
  if (seriesId === undefined) return badSeriesId(names.seriesId, given);
  const instant = instantOf(candidate, reading, rules.arrivedAt);
  if ('reason' in instant) return instant;
  if (instant.ms > rules.latestTimestamp) {
    const latest = isoMs(rules.latestTimestamp);
    return refused('future-timestamp', `${isoMs(instant.ms)} is later than ${latest}`);
  }
  const eventId = Object.hasOwn(candidate, 'eventId') ? (candidate as { eventId: unknown }).eventId : null;
  if (eventId === null) return { seriesId, instant, eventId: undefined };
  // The sort key of a change point is the longest key that holds an event id.
  const mostBytes = processingLimits.sortKeyBytes - changePointPrefix.length - eventKeyBytes(instant.ns);
  const id = idText(eventId, mostBytes);
  if (id !== undefined) return { seriesId, instant, eventId: id };
  return refused('bad-event-id', `eventId must be ${idRule(mostBytes)}, got ${describeValue(eventId)}`);
}

function instantOf(candidate: object, reading: EventReading, arrivedAt: number): Instant | Refused {
  if (reading.timestamp === undefined) return { ms: arrivedAt, ns: 0 };
  const time = reading.timestamp(candidate);
  if (time === undefined) return missing(reading.names.timestamp);
  return eventTime(time, reading.unit, reading.names.timestamp);
}

function eventOf({ field, value }: FoundValue, frame: Frame, { reading, nextId }: ParseRules): ParsedEvent {
  if (value === undefined) return missing(field);
  const seriesId = seriesOf(field, frame, reading);
  if (seriesId === undefined)
    return badSeriesId(reading.names.seriesId, seriesOfField(frame.seriesId, field));
  const number = reading.number(value);
  if (Number.isNaN(number)) {
    const isNumberAsText = typeof value === 'string' && !Number.isNaN(plainNumber(value));
    const advice = isNumberAsText ? '; the setting numbersAsText takes it' : '';
    return refused('bad-value', `${field} must be a finite number, got ${describeValue(value)}${advice}`);
  }
  if (!isStorable(number)) {
    const rule = 'is not 0 and not of a magnitude from 1e-130 to below 1e126';
    return refused('value-out-of-range', `${number} ${rule}`);
  }
  const { ms: timestamp, ns: nanoseconds } = frame.instant;
  // DynamoDB has no −0. Adding 0 turns it into 0.
  const stored = number + 0;
  const eventId =
    frame.eventId ??
    (reading.timestamp === undefined ? nextId() : hashEvent({ seriesId, timestamp, value: stored }));
  const event = { seriesId, timestamp, value: stored, eventId };
  return { ok: true, event: nanoseconds === 0 ? event : { ...event, nanoseconds } };
}

/** The series of a value: `d1`, or `d1/temperature` if there can be several values; `undefined` if that is no id. */
function seriesOf(field: string, { seriesId }: Frame, { values }: EventReading): string | undefined {
  return values.areSeries ? idText(seriesOfField(seriesId, field), processingLimits.seriesIdBytes) : seriesId;
}

function missing(field: string): Refused {
  return refused('missing-field', `field '${field}' is missing`);
}

function badSeriesId(field: string, got: unknown): Refused {
  const rule = idRule(processingLimits.seriesIdBytes);
  return refused('bad-series-id', `${field} must be ${rule}, got ${describeValue(got)}`);
}

function isoMs(ms: number): string {
  return new Date(ms).toISOString();
}
