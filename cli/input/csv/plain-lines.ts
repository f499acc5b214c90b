import type { Pieces } from '../bytes/pieces.ts';

/**
 * Cuts lines into cells while this is plain: no quote, no line end but `\n` and `\r\n`, and no line of more than `longest` characters.
 *
 * @param take - gets the cells of each line, trimmed
 * @returns the text from the first line that is not plain; `undefined` if there is none
 */
export async function cutPlainLines(
  pieces: Pieces,
  delimiter: string,
  longest: number,
  take: (cells: readonly string[]) => void,
): Promise<Pieces | undefined> {
  const iterator = pieces[Symbol.asyncIterator]();
  const decoder = new TextDecoder();
  let open = '';
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
    const text = open + decoder.decode(next.value, { stream: true });
    if (text.length > longest + next.value.length) return after(text, decoder, iterator);
    const quote = text.indexOf('"');
    const end = quote === -1 ? text.length : text.lastIndexOf('\n', quote) + 1;
    const hasReturns = text.includes('\r');
    let from = 0;
    for (let at = text.indexOf('\n'); at !== -1 && at < end; at = text.indexOf('\n', from)) {
      const line = hasReturns ? withoutReturn(text.slice(from, at)) : text.slice(from, at);
      if (hasReturns && line.includes('\r')) return after(text.slice(from), decoder, iterator);
      take(cellsOf(line, delimiter));
      from = at + 1;
    }
    open = text.slice(from);
    if (quote !== -1) return after(open, decoder, iterator);
  }
  open += decoder.decode();
  if (open.includes('\r')) return after(open, decoder, iterator);
  if (open.trim() === '' && !open.includes(delimiter)) return undefined;
  take(cellsOf(open, delimiter));
  return undefined;
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

/** The cells of a line, trimmed. Several spaces separate as one does. */
export function cellsOf(line: string, delimiter: string): readonly string[] {
  if (delimiter === ' ') return line.trim().split(/ +/);
  const cells = line.split(delimiter);
  for (let index = 0; index < cells.length; index++) cells[index] = cells[index]?.trim() ?? '';
  return cells;
}

/** The rest of a text, of which some is decoded already. */
async function* after(
  text: string,
  decoder: { decode(bytes?: Uint8Array, options?: { stream: boolean }): string },
  iterator: AsyncIterator<Uint8Array>,
): Pieces {
  yield Buffer.from(text);
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next())
    yield Buffer.from(decoder.decode(next.value, { stream: true }));
  yield Buffer.from(decoder.decode());
}
