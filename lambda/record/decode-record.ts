import { processingLimits } from '../processing-limits.ts';
import { isAggregated, takeApart, type UserRecord } from './aggregated-record.ts';
import { type ParsedEvent, type ParseRules, parseEvent, type Reason } from './parse-event.ts';

/** Where in a record an entry is. */
export interface Place {
  /** Which entry it is, from 0: the place in an array, or the line. */
  readonly position: number;
  /** In an aggregated record: the index from 0 of the record that holds the entry, and its keys. */
  readonly userRecord?: Omit<UserRecord, 'data'> & { readonly index: number };
}

export type Entry = ParsedEvent & Place;

/**
 * The entries of one record: a JSON event, an array of events, or one event a line; or several such records that the
 * Kinesis Producer Library put together.
 *
 * A record that cannot be read at all is one bad entry at position 0. A bad line among good ones is one bad entry. There is
 * always at least one entry, so that no record vanishes. Never throws.
 */
export function decodeRecord(data: Uint8Array, rules: ParseRules): readonly Entry[] {
  const entries = isAggregated(data) ? decodeAggregated(data, rules) : decodeData(data, rules);
  if (entries.length <= processingLimits.entriesPerRecord) return entries;
  return [bad('too-many-entries', `the record has more than ${processingLimits.entriesPerRecord} entries`)];
}

/** @returns at most one entry more than a record may have */
function decodeAggregated(data: Uint8Array, rules: ParseRules): readonly Entry[] {
  const apart = takeApart(data);
  if (!apart.ok) return [{ position: 0, ...apart }];
  const entries: Entry[] = [];
  for (const [index, { data: userData, ...keys }] of apart.records.entries()) {
    for (const entry of decodeData(userData, rules))
      entries.push({ ...entry, userRecord: { index, ...keys } });
    if (entries.length > processingLimits.entriesPerRecord) return entries;
  }
  return entries.length > 0 ? entries : [bad('empty', 'the aggregated record has no record')];
}

function decodeData(data: Uint8Array, rules: ParseRules): readonly Entry[] {
  const text = decodeUtf8(data);
  if (text === undefined) return [bad('not-utf8', 'the record is not UTF-8')];
  if (text.trim() === '') return [bad('empty', 'the record is empty')];

  const whole = parseJson(text);
  if (whole.ok) {
    if (!Array.isArray(whole.value)) return [{ position: 0, ...parseEvent(whole.value, rules) }];
    if (whole.value.length === 0) return [bad('empty', 'the array has no event')];
    return whole.value
      .slice(0, processingLimits.entriesPerRecord + 1)
      .map((value, position) => ({ position, ...parseEvent(value, rules) }));
  }
  return decodeLines(text, rules) ?? [bad('not-json', 'the record is neither JSON nor JSON Lines')];
}

/** @returns `undefined` if no line is a JSON object */
function decodeLines(text: string, rules: ParseRules): readonly Entry[] | undefined {
  const entries: Entry[] = [];
  let readable = false;
  for (const [position, line] of text.split('\n').entries()) {
    const trimmed = line.trim();
    if (trimmed === '') continue;
    // Only an object can be an event. This check avoids a thrown error for each line of some other text.
    const parsed = trimmed.startsWith('{') && trimmed.endsWith('}') ? parseJson(trimmed) : unreadable;
    readable ||= parsed.ok;
    if (entries.length > processingLimits.entriesPerRecord) {
      if (readable) break;
      continue;
    }
    entries.push(
      parsed.ok
        ? { position, ...parseEvent(parsed.value, rules) }
        : bad('not-json', `line ${position} is no JSON object`, position),
    );
  }
  return readable ? entries : undefined;
}

function bad(reason: Reason, detail: string, position = 0): Entry {
  return { ok: false, position, reason, detail };
}

function decodeUtf8(data: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(data);
  } catch {
    return undefined;
  }
}

const unreadable = { ok: false } as const;

function parseJson(text: string): { readonly ok: true; readonly value: unknown } | typeof unreadable {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return unreadable;
  }
}
