import { splitObjects } from '../../../lambda/reading/split-objects.ts';
import type { Pieces } from '../bytes/pieces.ts';
import { jsonIn } from './json-in.ts';

const newline = 0x0a;

/**
 * Reads JSON Lines, in constant memory. Blank lines are passed on as `''`. Objects that are joined in a line are read as those of a record.
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
    line++;
    for (const value of valuesIn(Buffer.concat(open).toString('utf8'))) take(value, line);
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

function valuesIn(text: string): readonly unknown[] {
  const trimmed = text.trim();
  if (trimmed === '') return [''];
  const value = jsonIn(trimmed);
  if (value !== undefined || !/^\{.*\}$/.test(trimmed)) return [value];
  const joined = [...splitObjects(trimmed)].map(jsonIn);
  return joined.some((one) => one !== undefined) ? joined : [undefined];
}
