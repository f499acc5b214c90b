import { processingLimits } from '../processing-limits.ts';
import { splitObjects } from '../reading/split-objects.ts';
import type { Entry } from './entry.ts';
import { logEventsIn } from './log-events.ts';
import { type ParseRules, parseEvents } from './parse-events.ts';
import { type Reason, refused } from './reasons.ts';

/**
 * The entries of JSON data in UTF-8: one event, an array of events, one event a line, or events joined.
 *
 * @returns at least one. If they are more than a record may have, some are left out
 */
export function decodeText(data: Uint8Array, rules: ParseRules): readonly Entry[] {
  const text = decodeUtf8(data);
  if (text === undefined) return [bad('not-utf8', 'the record is not UTF-8')];
  const whole = parseJson(text);
  if (whole.ok) return entriesOf(whole.value, rules);
  const trimmed = text.trim();
  if (trimmed === '') return [bad('empty', 'the record is empty')];
  const lines = trimmed.includes('\n') ? decodeLines(text, rules) : undefined;
  const entries = lines ?? decodeJoined(trimmed, rules);
  return entries ?? [bad('not-json', 'the record is neither JSON, nor JSON Lines, nor joined JSON objects')];
}

function entriesOf(value: unknown, rules: ParseRules): readonly Entry[] {
  const list = Array.isArray(value) ? (value as readonly unknown[]) : logEventsIn(value);
  if (list === undefined) return entriesAt(0, value, rules);
  if (list.length === 0) return [bad('empty', 'the array has no event')];
  return gathered(list, 'entry', (one, position) => entriesAt(position, one, rules)) ?? [];
}

function entriesAt(position: number, value: unknown, rules: ParseRules): readonly Entry[] {
  return parseEvents(value, rules).map((parsed) =>
    parsed.ok ? { ok: true, position, event: parsed.event } : { ...parsed, position },
  );
}

/** @returns `undefined` if no line is a JSON object, or several joined */
function decodeLines(text: string, rules: ParseRules): readonly Entry[] | undefined {
  return gathered(text.split('\n'), 'line', (line, position) => {
    const trimmed = line.trim();
    if (trimmed === '') return [];
    const parsed = parseObject(trimmed);
    if (parsed.ok) return entriesAt(position, parsed.value, rules);
    return decodeJoined(trimmed, rules)?.map((entry) => ({ ...entry, position }));
  });
}

/** @returns `undefined` if these are no joined objects, or none is readable */
function decodeJoined(text: string, rules: ParseRules): readonly Entry[] | undefined {
  if (!text.startsWith('{')) return undefined;
  return gathered(splitObjects(text), 'object', (part, position) => {
    const parsed = part.length < text.length ? parseObject(part) : unreadable;
    return parsed.ok ? entriesAt(position, parsed.value, rules) : undefined;
  });
}

/**
 * The entries of each part, up to some more than a record may have. A part that is unreadable is a bad entry.
 *
 * @param entriesIn - gives `undefined` for a part that is unreadable
 * @returns `undefined` if every part is unreadable or empty
 */
function gathered<Part>(
  parts: Iterable<Part>,
  name: string,
  entriesIn: (part: Part, position: number) => readonly Entry[] | undefined,
): readonly Entry[] | undefined {
  const entries: Entry[] = [];
  let isReadable = false;
  let position = 0;
  for (const part of parts) {
    const found = entriesIn(part, position);
    isReadable ||= found !== undefined && found.length > 0;
    const isFull = entries.length > processingLimits.entriesPerRecord;
    if (isFull && isReadable) break;
    const shown = found ?? [bad('not-json', `${name} ${position} is no JSON object`, position)];
    if (!isFull) for (const entry of shown) entries.push(entry);
    position++;
  }
  return isReadable ? entries : undefined;
}

function bad(reason: Reason, detail: string, position = 0): Entry {
  return { ...refused(reason, detail), position };
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decodeUtf8(data: Uint8Array): string | undefined {
  try {
    return utf8.decode(data);
  } catch {
    return undefined;
  }
}

type Parsed = { readonly ok: true; readonly value: unknown } | { readonly ok: false };

const unreadable: Parsed = { ok: false };

/** Only an object can be an event. This check avoids a thrown error for each line of some other text. */
function isBraced(text: string): boolean {
  return text.startsWith('{') && text.endsWith('}');
}

function parseObject(text: string): Parsed {
  return isBraced(text) ? parseJson(text) : unreadable;
}

function parseJson(text: string): Parsed {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return unreadable;
  }
}
