/**
 * The text of an id: text, or a whole number that no other number looks like.
 *
 * A lone surrogate would be stored as another character, and 9007199254740993 is read as 9007199254740992: two ids could become one.
 *
 * @returns `undefined` if it is none, or not of 1 to `mostBytes` bytes
 */
export function idText(value: unknown, mostBytes: number): string | undefined {
  const text = Number.isSafeInteger(value) ? String(value) : value;
  if (typeof text !== 'string' || text === '' || !text.isWellFormed()) return undefined;
  return Buffer.byteLength(text) <= mostBytes ? text : undefined;
}

/** The rule for an id, for people. */
export function idRule(mostBytes: number): string {
  return `text of 1 to ${mostBytes} bytes of UTF-8, or a whole number`;
}
