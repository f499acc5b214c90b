import { parsedJson } from '../reading/parsed-json.ts';
import { splitObjects } from '../reading/split-objects.ts';

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
 */
export function divideText(text: string): DividedText {
  const value = parsedJson(text);
  if (value !== undefined) return { form: 'value', value };
  const trimmed = text.trim();
  const lines = trimmed.includes('\n') ? text.split('\n') : [];
  if (lines.some(hasObject)) return { form: 'lines', lines };
  const parts = joinedParts(trimmed);
  return parts === undefined ? { form: 'unreadable' } : { form: 'joined', parts };
}

/** Whether a line is an object, or has several joined. */
export function hasObject(line: string): boolean {
  const trimmed = line.trim();
  return objectIn(trimmed) !== undefined || joinedParts(trimmed) !== undefined;
}

/** Joined objects, and what stands between them; `undefined` if these are no joined objects, or none is readable. */
export function joinedParts(text: string): Iterable<string> | undefined {
  if (!text.startsWith('{')) return undefined;
  for (const part of splitObjects(text))
    if (part.length < text.length && objectIn(part) !== undefined) return splitObjects(text);
  return undefined;
}

/** The JSON object in a text; `undefined` if it is anything else. */
export function objectIn(text: string): unknown {
  // Only an object can be an event. This check avoids a thrown error for each line of some other text.
  return text.startsWith('{') && text.endsWith('}') ? parsedJson(text) : undefined;
}
