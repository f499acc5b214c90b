/** These texts as one that may be kept for long: V8 keeps a text made by `+` or a template as a tree of its parts, also once it has put them together. */
export function inOnePiece(...parts: readonly string[]): string {
  return parts.join('');
}
