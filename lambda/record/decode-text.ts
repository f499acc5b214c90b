import { processingLimits } from '../processing-limits.ts';
import { fillsMemory } from './bounded-json.ts';
import { divideText, joinedParts } from './divide-text.ts';
import type { Entry } from './entry.ts';
import { eachLogEvent } from './log-events.ts';
import { type ObjectFinder, objectFinder } from './object-finder.ts';
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
  if (fillsMemory(text)) return [bad('too-large', 'the record is too deep, or has too many values')];
  const divided = divideText(text);
  switch (divided.form) {
    case 'value':
      return entriesOf(divided.value, rules);
    case 'lines':
      return entriesOfLines(divided.lines, rules);
    case 'joined':
      return entriesOfJoined(divided.parts, rules);
    case 'unreadable':
      return text.trim() === ''
        ? [bad('empty', 'the record is empty')]
        : [bad('not-json', 'the record is neither JSON, nor JSON Lines, nor joined JSON objects')];
  }
}

function entriesOf(value: unknown, rules: ParseRules): readonly Entry[] {
  const list = Array.isArray(value) ? (value as readonly unknown[]) : eachLogEvent(value);
  if (list === undefined) return entriesAt(0, value, rules);
  const entries = gathered(list, 'entry', (one, position) => entriesAt(position, one, rules));
  return entries.length > 0 ? entries : [bad('empty', 'the array has no event')];
}

function entriesAt(position: number, value: unknown, rules: ParseRules): readonly Entry[] {
  return parseEvents(value, rules).map((parsed) =>
    parsed.ok ? { ok: true, position, event: parsed.event } : { ...parsed, position },
  );
}

function entriesOfLines(lines: readonly string[], rules: ParseRules): readonly Entry[] {
  const find = objectFinder();
  return gathered(lines, 'line', (line, position) => entriesOfLine(line.trim(), position, rules, find));
}

/** @returns `undefined` if the line is neither blank nor has an object */
function entriesOfLine(
  trimmed: string,
  position: number,
  rules: ParseRules,
  find: ObjectFinder,
): readonly Entry[] | undefined {
  if (trimmed === '') return [];
  const object = find(trimmed);
  if (object !== undefined) return entriesAt(position, object, rules);
  const parts = joinedParts(trimmed, find);
  return parts && entriesOfJoined(parts, rules).map((entry) => ({ ...entry, position }));
}

function entriesOfJoined(parts: Iterable<string>, rules: ParseRules): readonly Entry[] {
  const find = objectFinder();
  return gathered(parts, 'object', (part, position) => {
    const object = find(part);
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
