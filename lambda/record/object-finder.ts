import { processingLimits } from '../processing-limits.ts';
import { boundedJson } from './bounded-json.ts';

/** The JSON object in a text; `undefined` if it is anything else. */
export type ObjectFinder = (text: string) => unknown;

/**
 * A finder for the parts of one record. It gives up after as many that only look like an object as a record may have entries: each costs
 * microseconds, and a few bytes in gzip may be millions.
 */
export function objectFinder(): ObjectFinder {
  let left: number = processingLimits.entriesPerRecord;
  return (text) => {
    if (left === 0 || !looksLikeObject(text)) return undefined;
    const object = boundedJson(text);
    if (object === undefined) left--;
    return object;
  };
}

/** Only an object can be an event. This check avoids a thrown error for each line of some other text. */
export function looksLikeObject(text: string): boolean {
  return text.startsWith('{') && text.endsWith('}');
}
