import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { write } from '../cli/output.ts';

/** So many characters are written at once. */
const pieceLength = 65_536;

/** Writes a file of a header and so many rows, piece by piece. */
export async function writeRows(
  path: string,
  header: string,
  count: number,
  rowOf: (index: number) => string,
): Promise<void> {
  const file = createWriteStream(path);
  let piece = `${header}\n`;
  for (let index = 0; index < count; index++) {
    piece += `${rowOf(index)}\n`;
    if (piece.length < pieceLength) continue;
    await write(file, piece);
    piece = '';
  }
  await write(file, piece);
  file.end();
  await once(file, 'close');
}
