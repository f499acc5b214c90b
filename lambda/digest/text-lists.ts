/** The bounds of a list in a text. */
export interface ListLimits {
  readonly lines: number;
  /** Of the whole text, of which some is kept free for what stands around the list. */
  readonly bytes: number;
}

/** For what stands around a list. */
const aroundBytes = 400;

/** As many of the lines as there is room for, and how many there are more. */
export function listOf(lines: readonly string[], limits: ListLimits): readonly string[] {
  let bytes = aroundBytes;
  const shown: string[] = [];
  for (const line of lines) {
    bytes += Buffer.byteLength(line) + 1;
    if (shown.length === limits.lines || bytes > limits.bytes) break;
    shown.push(line);
  }
  const more = lines.length - shown.length;
  return more === 0 ? shown : [...shown, `and ${more} more`];
}

/** As many of the first lines of a text as there is room for. */
export function firstLines(text: string, mostBytes: number): string {
  let bytes = 0;
  const lines = text.split('\n');
  const tooMany = lines.findIndex((line) => {
    bytes += Buffer.byteLength(line) + 1;
    return bytes > mostBytes + 1;
  });
  return tooMany === -1 ? text : lines.slice(0, tooMany).join('\n');
}
