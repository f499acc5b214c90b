import { parsedJson } from '../reading/parsed-json.ts';

/** What one JSON value may have: some ten times as many values as a record may have events, and no reading is so deep. */
const most = { depth: 1_000, values: 1_000_000 };
/** A record that is not in gzip is no longer. What it holds fits into the memory, whatever it is. */
const harmlessLength = 2 ** 20;

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const [openings, closings] = [
  [0x7b, 0x5b],
  [0x7d, 0x5d],
];

/** The JSON value in a text; `undefined` if it is not JSON, or would fill the memory. */
export function boundedJson(text: string): unknown {
  return fillsMemory(text) ? undefined : parsedJson(text);
}

/**
 * Whether a JSON value in a long text is too deep, or has too many values: each takes some hundred bytes, and few of the text.
 *
 * Joined values count each by itself. Cost: O(n). Up to where a text is no JSON, strings are those that the parser finds.
 */
export function fillsMemory(text: string): boolean {
  if (text.length <= harmlessLength) return false;
  let [depth, values, isString] = [0, 0, false];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isString) {
      if (code === backslash) at++;
      else isString = code !== quote;
    } else if (code === quote) {
      isString = true;
    } else if (code === comma) {
      values++;
    } else if (code === openings[0] || code === openings[1]) {
      depth++;
      values++;
    } else if (code === closings[0] || code === closings[1]) {
      depth = Math.max(0, depth - 1);
      if (depth === 0) values = 0;
    }
    if (depth > most.depth || values > most.values) return true;
  }
  return false;
}
