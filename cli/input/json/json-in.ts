/**
 * The JSON value in a text; `undefined` if it is not JSON. The NaN and Infinity that Python writes are null. A whole number that a double does not
 * hold, such as nanoseconds since 1970, is the text of its digits.
 */
export function jsonIn(text: string): unknown {
  const whole = longNumber.test(text) ? withDigits(text) : text;
  try {
    return JSON.parse(whole);
  } catch {
    return /NaN|Infinity/.test(whole) ? withoutNaN(whole) : undefined;
  }
}

const longNumber = /\d{16}/;
const textOrNumber = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

function withDigits(text: string): string {
  return text.replaceAll(textOrNumber, (part) =>
    /^-?\d{16,}$/.test(part) && !Number.isSafeInteger(Number(part)) ? `"${part}"` : part,
  );
}

const textOrNaN = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g;

function withoutNaN(text: string): unknown {
  try {
    return JSON.parse(text.replaceAll(textOrNaN, (part) => (part.startsWith('"') ? part : 'null')));
  } catch {
    return undefined;
  }
}
