const quote = 0x22;
const backslash = 0x5c;
const opening = 0x7b;
const closing = 0x7d;

/**
 * The texts of JSON objects that are joined, with white space between them or nothing.
 *
 * What stands between two objects, and an object that does not end, is a text of its own. Cost: O(n).
 */
export function* splitObjects(text: string): Generator<string> {
  let [start, depth, isString] = [0, 0, false];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isString) {
      if (code === backslash) at++;
      else isString = code !== quote;
    } else if (code === opening) {
      if (depth === 0) {
        yield* partOf(text, start, at);
        start = at;
      }
      depth++;
    } else if (depth > 0) {
      isString = code === quote;
      if (code !== closing || --depth > 0) continue;
      yield text.slice(start, at + 1);
      start = at + 1;
    }
  }
  yield* partOf(text, start, text.length);
}

function* partOf(text: string, from: number, to: number): Generator<string> {
  const part = text.slice(from, to).trim();
  if (part !== '') yield part;
}
