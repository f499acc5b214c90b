import type { Pieces } from './bytes/pieces.ts';

const newline = 0x0a;

/**
 * Reads JSON Lines, in constant memory. Blank lines are passed on as `''`.
 *
 * @param take - gets the value of each line, or `undefined` if the line is not JSON, and the number of the line, from 1
 * @throws what `take` throws
 */
export async function readJsonLines(
  pieces: Pieces,
  take: (value: unknown, line: number) => void,
): Promise<void> {
  let line = 0;
  let open: Uint8Array[] = [];
  const end = () => {
    take(parsed(Buffer.concat(open).toString('utf8')), ++line);
    open = [];
  };
  for await (const piece of pieces) {
    let from = 0;
    for (let at = piece.indexOf(newline); at !== -1; at = piece.indexOf(newline, from)) {
      open.push(piece.subarray(from, at));
      end();
      from = at + 1;
    }
    if (from < piece.length) open.push(piece.subarray(from));
  }
  if (open.length > 0) end();
}

function parsed(text: string): unknown {
  if (text.trim() === '') return '';
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
