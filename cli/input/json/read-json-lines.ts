import { splitObjects } from '../../../lambda/reading/split-objects.ts';
import { FailedError } from '../../context.ts';
import type { Pieces } from '../bytes/pieces.ts';
import { jsonIn } from './json-in.ts';

const newline = 0x0a;
/** A longer line is an error: most likely a line end is missing, or what follows is no text. */
const mostBytesInLine = 16 * 2 ** 20;

/**
 * Reads JSON Lines, in constant memory. Blank lines are passed on as `''`. Objects that are joined in a line are read as those of a record.
 *
 * @param take - gets the value of each line, or `undefined` if the line is not JSON, and the number of the line, from 1
 * @throws FailedError for a line that has no end; what `take` throws
 */
export async function readJsonLines(
  pieces: Pieces,
  take: (value: unknown, line: number) => void,
): Promise<void> {
  let line = 0;
  let open: Uint8Array[] = [];
  let bytes = 0;
  const end = () => {
    line++;
    for (const value of valuesIn(Buffer.concat(open).toString('utf8'))) take(value, line);
    open = [];
    bytes = 0;
  };
  for await (const piece of pieces) {
    let from = 0;
    for (let at = piece.indexOf(newline); at !== -1; at = piece.indexOf(newline, from)) {
      open.push(piece.subarray(from, at));
      end();
      from = at + 1;
    }
    if (from < piece.length) open.push(piece.subarray(from));
    bytes += piece.length - from;
    if (bytes > mostBytesInLine)
      throw new FailedError(
        `it is not JSON: line ${line + 1} has no end within ${mostBytesInLine / 2 ** 20} MiB; if the readings are further inside, make a row of each, such as with jq`,
      );
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
