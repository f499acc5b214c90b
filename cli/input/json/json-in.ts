/** The JSON value in a text; `undefined` if it is not JSON. The NaN and Infinity that Python writes are null. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return /NaN|Infinity/.test(text) ? withoutNaN(text) : undefined;
  }
}

const textOrNaN = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g;

function withoutNaN(text: string): unknown {
  try {
    return JSON.parse(text.replaceAll(textOrNaN, (part) => (part.startsWith('"') ? part : 'null')));
  } catch {
    return undefined;
  }
}
