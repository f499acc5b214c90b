import { splitObjects } from '../reading/split-objects.ts';
import { boundedJson } from './bounded-json.ts';
import { looksLikeObject, type ObjectFinder, objectFinder } from './object-finder.ts';

/** How what should be events stands in a text. */
export type DividedText =
  | { readonly form: 'value'; readonly value: unknown }
  | { readonly form: 'lines'; readonly lines: readonly string[] }
  /** Objects, and what stands between them. */
  | { readonly form: 'joined'; readonly parts: Iterable<string> }
  | { readonly form: 'unreadable' };

/**
 * Divides the text of a record: one JSON value, an event a line, or events joined. One that can be read shows that they stand so; each of
 * the others is then bad by itself.
 *
 * Objects of which one can be read over several lines come first: a line of it may be an object as well, and no event.
 */
export function divideText(text: string): DividedText {
  const value = boundedJson(text);
  if (value !== undefined) return { form: 'value', value };
  const trimmed = text.trim();
  const lines = trimmed.includes('\n') ? text.split('\n') : [];
  const find = objectFinder();
  if (!lines.every(isWhole) && areOverLines(trimmed, find))
    return { form: 'joined', parts: splitObjects(trimmed) };
  if (lines.some((line) => hasObject(line, find))) return { form: 'lines', lines };
  const parts = joinedParts(trimmed, find);
  return parts === undefined ? { form: 'unreadable' } : { form: 'joined', parts };
}

/** Whether no object over several lines can have this line: between two such lines it would lack a comma. */
function isWhole(line: string): boolean {
  const trimmed = line.trim();
  return trimmed === '' || looksLikeObject(trimmed);
}

/** Whether there is nothing but objects, some of them unreadable, and one over several lines can be read. */
function areOverLines(text: string, find: ObjectFinder): boolean {
  let isFound = false;
  for (const part of splitObjects(text)) {
    if (!part.startsWith('{')) return false;
    isFound ||= part.includes('\n') && find(part) !== undefined;
  }
  return isFound;
}

/** Whether a line is an object, or has several joined. */
export function hasObject(line: string, find: ObjectFinder = objectFinder()): boolean {
  const trimmed = line.trim();
  return find(trimmed) !== undefined || joinedParts(trimmed, find) !== undefined;
}

/** Joined objects, and what stands between them; `undefined` if these are no joined objects, or none is readable. */
export function joinedParts(text: string, find: ObjectFinder = objectFinder()): Iterable<string> | undefined {
  if (!text.startsWith('{')) return undefined;
  for (const part of splitObjects(text))
    if (part.length < text.length && find(part) !== undefined) return splitObjects(text);
  return undefined;
}
