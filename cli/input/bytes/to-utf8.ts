import { isAscii, isUtf8 } from 'node:buffer';
import { FailedError } from '../../context.ts';
import { type Lulls, noLulls } from './lulls.ts';
import { peek } from './peek.ts';
import type { Pieces } from './pieces.ts';
import { cannotRead } from './refused-formats.ts';

/** So much of a file must show in which encoding it is. */
const shownBytes = 1024;

/**
 * The pieces of a text, as UTF-8 without a byte order mark.
 *
 * UTF-16 is known by its byte order mark or its zero bytes. A text that is not UTF-8 is taken for Windows-1252, which old
 * spreadsheets write, and that is noted: only names can differ, since digits and marks are the same in both.
 */
export async function toUtf8(
  name: string,
  source: Pieces,
  note: (text: string) => void,
  lulls: Lulls = noLulls,
): Promise<Pieces> {
  const { start, pieces } = await peek(source, shownBytes, lulls);
  const utf16 = utf16Of(start);
  if (utf16 !== undefined) {
    note(`encoding ${utf16.toUpperCase()}`);
    return decoded(pieces, utf16);
  }
  if (start.includes(0)) throw cannotRead(name, 'no text but binary data', 'export it as CSV or JSON Lines');
  return checked(name, pieces, note);
}

type Utf16 = 'utf-16le' | 'utf-16be';

function utf16Of(start: Buffer): Utf16 | undefined {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  // Digits, marks and line ends have a zero byte in UTF-16.
  const zeros = [0, 0];
  for (const [index, byte] of start.entries()) {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  }
  const [even = 0, odd = 0] = zeros;
  if (odd > start.length / 4 && even === 0) return 'utf-16le';
  return even > start.length / 4 && odd === 0 ? 'utf-16be' : undefined;
}

async function* decoded(pieces: Pieces, encoding: Utf16 | 'windows-1252'): Pieces {
  const decoder = new TextDecoder(encoding);
  for await (const piece of pieces) yield Buffer.from(decoder.decode(piece, { stream: true }));
  yield Buffer.from(decoder.decode());
}

/** Passes UTF-8 on as it is. From the first byte that is not UTF-8, the text is read as Windows-1252. */
async function* checked(name: string, pieces: Pieces, note: (text: string) => void): Pieces {
  let cut: Buffer = Buffer.alloc(0);
  let isFirst = true;
  let wasAscii = true;
  const iterator = pieces[Symbol.asyncIterator]();
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
    let piece =
      cut.length === 0
        ? Buffer.from(next.value.buffer, next.value.byteOffset, next.value.length)
        : Buffer.concat([cut, next.value]);
    if (isFirst && piece.length < 3) {
      cut = piece;
      continue;
    }
    if (isFirst && piece[0] === 0xef && piece[1] === 0xbb && piece[2] === 0xbf) piece = piece.subarray(3);
    isFirst = false;
    if (isAscii(piece)) {
      cut = Buffer.alloc(0);
      yield piece;
      continue;
    }
    const whole = piece.subarray(0, piece.length - openBytes(piece));
    if (isUtf8(whole)) {
      wasAscii &&= isAscii(whole);
      cut = piece.subarray(whole.length);
      yield whole;
      continue;
    }
    yield* asWindows1252(piece);
    return;
  }
  if (cut.length === 0 || isUtf8(cut)) yield cut;
  else yield* asWindows1252(cut);

  async function* asWindows1252(first: Buffer): Pieces {
    if (!wasAscii) throw new FailedError(`${name} is partly in UTF-8 and partly not; save it as UTF-8`);
    note('encoding Windows-1252, since it is not UTF-8');
    const rest: Pieces = { [Symbol.asyncIterator]: () => iterator };
    yield* decoded(joined(first, rest), 'windows-1252');
  }
}

async function* joined(first: Buffer, rest: Pieces): Pieces {
  yield first;
  yield* rest;
}

/** Bytes at the end that may be the start of a character. */
function openBytes(piece: Buffer): number {
  for (let back = 1; back <= Math.min(3, piece.length); back++) {
    const byte = piece[piece.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0;
  }
  return 0;
}
