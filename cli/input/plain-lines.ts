import type { Pieces } from './bytes/peek.ts';

const carriageReturn = 0x0d;

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
    const plain = quote === -1 ? text : text.slice(0, text.lastIndexOf('\n', quote) + 1);
    const lines = plain.split('\n');
    open = (lines.pop() ?? '') + text.slice(plain.length);
    for (const [index, line] of lines.entries()) {
      const end = line.charCodeAt(line.length - 1) === carriageReturn ? line.length - 1 : line.length;
      const ended = end === line.length ? line : line.slice(0, end);
      if (ended.includes('\r')) return after([...lines.slice(index), open].join('\n'), decoder, iterator);
      take(cellsOf(ended, delimiter));
    }
    if (quote !== -1) return after(open, decoder, iterator);
  }
  open += decoder.decode();
  if (open.includes('\r')) return after(open, decoder, iterator);
  if (open.trim() === '' && !open.includes(delimiter)) return undefined;
  take(cellsOf(open, delimiter));
  return undefined;
}

/** The cells of a line, trimmed. */
export function cellsOf(line: string, delimiter: string): readonly string[] {
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
