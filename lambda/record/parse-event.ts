import { isStorable } from '../dynamo-number.ts';
import { type Event, hashEvent } from '../event.ts';
import { processingLimits } from '../processing-limits.ts';
import type { FieldNames } from '../settings.ts';
import { parseTimestamp } from './parse-timestamp.ts';

/** Why an entry cannot become an event. Codes are stable, since metrics and the operations guide use them. */
export const reasons = [
  'empty',
  'bad-kpl-checksum',
  'bad-kpl-frame',
  'too-many-entries',
  'not-utf8',
  'not-json',
  'not-an-object',
  'missing-field',
  'bad-series-id',
  'bad-timestamp',
  'future-timestamp',
  'bad-value',
  'value-out-of-range',
  'bad-event-id',
] as const;

export type Reason = (typeof reasons)[number];

export type ParsedEvent =
  | { readonly ok: true; readonly event: Event }
  | { readonly ok: false; readonly reason: Reason; readonly detail: string };

export interface ParseRules {
  readonly fields: FieldNames;
  /** Epoch milliseconds; a later timestamp is refused as being in the future. */
  readonly latestTimestamp: number;
}

/** The sort key of a change point is the longest key that holds an event id. */
const eventIdBytes = processingLimits.sortKeyBytes - 'CP#2000-01-01T00:00:00.000Z#'.length;

/** An event from one JSON value, or the reason why the value is no event. Never throws. */
export function parseEvent(candidate: unknown, rules: ParseRules): ParsedEvent {
  if (typeof candidate !== 'object' || candidate === null || Array.isArray(candidate)) {
    return refuse('not-an-object', `an event must be a JSON object, got ${describe(candidate)}`);
  }
  const entry: Readonly<Record<string, unknown>> = candidate as Record<string, unknown>;
  for (const field of [rules.fields.seriesId, rules.fields.timestamp, rules.fields.value]) {
    if (!Object.hasOwn(entry, field)) return refuse('missing-field', `field '${field}' is missing`);
  }

  const seriesId = entry[rules.fields.seriesId];
  if (!isKeyText(seriesId, processingLimits.seriesIdBytes)) {
    const rule = `text of 1 to ${processingLimits.seriesIdBytes} bytes of UTF-8`;
    return refuse('bad-series-id', `${rules.fields.seriesId} must be ${rule}, got ${describe(seriesId)}`);
  }

  const timestamp = parseTimestamp(entry[rules.fields.timestamp]);
  if (timestamp === undefined) {
    const rule = 'ISO 8601 with a zone, or epoch milliseconds, in the years 0 to 9999';
    const got = describe(entry[rules.fields.timestamp]);
    return refuse('bad-timestamp', `${rules.fields.timestamp} must be ${rule}, got ${got}`);
  }
  if (timestamp > rules.latestTimestamp) {
    const latest = new Date(rules.latestTimestamp).toISOString();
    return refuse('future-timestamp', `${new Date(timestamp).toISOString()} is later than ${latest}`);
  }

  const value = entry[rules.fields.value];
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    return refuse('bad-value', `${rules.fields.value} must be a finite number, got ${describe(value)}`);
  }
  if (!isStorable(value)) {
    return refuse(
      'value-out-of-range',
      `${value} is not 0 and not of a magnitude from 1e-130 to below 1e126`,
    );
  }

  // DynamoDB has no −0. Adding 0 turns it into 0.
  const reading = { seriesId, timestamp, value: value + 0 };
  if (!Object.hasOwn(entry, 'eventId') || entry.eventId === null)
    return { ok: true, event: { ...reading, eventId: hashEvent(reading) } };
  const eventId = entry.eventId;
  if (!isKeyText(eventId, eventIdBytes)) {
    return refuse(
      'bad-event-id',
      `eventId must be text of 1 to ${eventIdBytes} bytes of UTF-8, got ${describe(eventId)}`,
    );
  }
  return { ok: true, event: { ...reading, eventId } };
}

function refuse(reason: Reason, detail: string): ParsedEvent {
  return { ok: false, reason, detail };
}

/** A lone surrogate would be stored as another character, so that two ids could become one. */
function isKeyText(value: unknown, mostBytes: number): value is string {
  if (typeof value !== 'string' || value === '' || !value.isWellFormed()) return false;
  return Buffer.byteLength(value) <= mostBytes;
}

/** A value as an error message shows it: its kind, or the value itself if that is short. */
function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return 'an object';
  const text = typeof value === 'string' ? `'${value}'` : String(value);
  return text.length <= 80 ? text : `${typeof value} of ${text.length} characters`;
}
