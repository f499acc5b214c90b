import { processingLimits } from '../processing-limits.ts';
import { divideText, joinedParts, objectIn } from './divide-text.ts';
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
  const divided = divideText(text);
  switch (divided.form) {
    case 'value':
      return entriesOf(divided.value, rules);
    case 'lines':
      return gathered(divided.lines, 'line', (line, position) => entriesOfLine(line, position, rules));
    case 'joined':
      return entriesOfJoined(divided.parts, rules);
    case 'unreadable':
      return text.trim() === ''
        ? [bad('empty', 'the record is empty')]
        : [bad('not-json', 'the record is neither JSON, nor JSON Lines, nor joined JSON objects')];
  }
}

function entriesOf(value: unknown, rules: ParseRules): readonly Entry[] {
  const list = Array.isArray(value) ? (value as readonly unknown[]) : logEventsIn(value);
  if (list === undefined) return entriesAt(0, value, rules);
  if (list.length === 0) return [bad('empty', 'the array has no event')];
  return gathered(list, 'entry', (one, position) => entriesAt(position, one, rules));
}

function entriesAt(position: number, value: unknown, rules: ParseRules): readonly Entry[] {
  return parseEvents(value, rules).map((parsed) =>
    parsed.ok ? { ok: true, position, event: parsed.event } : { ...parsed, position },
  );
}

/** @returns `undefined` if the line is neither blank nor has an object */
function entriesOfLine(line: string, position: number, rules: ParseRules): readonly Entry[] | undefined {
  const trimmed = line.trim();
  if (trimmed === '') return [];
  const object = objectIn(trimmed);
  if (object !== undefined) return entriesAt(position, object, rules);
  const parts = joinedParts(trimmed);
  return parts && entriesOfJoined(parts, rules).map((entry) => ({ ...entry, position }));
}

function entriesOfJoined(parts: Iterable<string>, rules: ParseRules): readonly Entry[] {
  return gathered(parts, 'object', (part, position) => {
    const object = objectIn(part);
    return object === undefined ? undefined : entriesAt(position, object, rules);
  });
}

/**
 * The entries of each part, up to some more than a record may have. A part that is unreadable is a bad entry.
 *
 * @param entriesIn - gives `undefined` for a part that is unreadable
 */
function gathered<Part>(
  parts: Iterable<Part>,
  name: string,
  entriesIn: (part: Part, position: number) => readonly Entry[] | undefined,
): readonly Entry[] {
  const entries: Entry[] = [];
  let position = 0;
  for (const part of parts) {
    if (entries.length > processingLimits.entriesPerRecord) break;
    const found = entriesIn(part, position) ?? [
      bad('not-json', `${name} ${position} is no JSON object`, position),
    ];
    for (const entry of found) entries.push(entry);
    position++;
  }
  return entries;
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
