import { isAscii, isUtf8 } from 'node:buffer';
import { FailedError } from '../../context.ts';
import { decoded, shownEncoding } from './encodings.ts';
import { type Lulls, noLulls } from './lulls.ts';
import { peek } from './peek.ts';
import type { Pieces } from './pieces.ts';
import { cannotRead } from './refused-formats.ts';

/** So much of a file must show in which encoding it is. */
const shownBytes = 1024;

export interface TextOptions {
  /** As the platform calls it. Default: what the bytes show. */
  readonly encoding?: string;
  readonly lulls?: Lulls;
}

/**
 * The pieces of a text, as UTF-8 without a byte order mark.
 *
 * UTF-16 is known by its byte order mark or its zero bytes. A text whose first character beyond ASCII is not UTF-8 is taken for
 * Windows-1252, which old spreadsheets write, and that is noted: only names can differ, since digits and marks are the same in both. One
 * with bytes that Windows-1252 does not have is refused, and so is one that is partly in UTF-8. No two texts become one.
 */
export async function toUtf8(
  name: string,
  source: Pieces,
  note: (text: string) => void,
  { encoding, lulls = noLulls }: TextOptions = {},
): Promise<Pieces> {
  const { start, pieces } = await peek(source, shownBytes, lulls);
  const marked = markOf(start);
  if (marked !== undefined && encoding !== undefined && marked !== encoding)
    throw new FailedError(
      `${name} begins with the byte order mark of ${shownEncoding(marked)}, but --encoding says ${encoding}; leave --encoding out`,
    );
  const known = encoding ?? marked ?? utf16Of(start);
  if (known?.startsWith('utf-16') !== true && start.subarray(0, shownBytes).includes(0))
    throw cannotRead(name, 'no text but binary data', 'export it as CSV or JSON Lines');
  if (known === undefined || (known === 'utf-8' && encoding === undefined))
    return checked(name, pieces, note);
  note(`encoding ${shownEncoding(known)}`);
  return decoded(name, pieces, known);
}

/** The encoding that a byte order mark tells. */
function markOf(start: Buffer): string | undefined {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  return start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf ? 'utf-8' : undefined;
}

/** Digits, marks and line ends have a zero byte in UTF-16. */
function utf16Of(start: Buffer): string | undefined {
  const zeros = [0, 0];
  for (const [index, byte] of start.entries()) {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  }
  const [even = 0, odd = 0] = zeros;
  if (odd > start.length / 4 && even === 0) return 'utf-16le';
  return even > start.length / 4 && odd === 0 ? 'utf-16be' : undefined;
}

/** Passes UTF-8 on as it is. What is not begins with a character that is not UTF-8, and is read as Windows-1252. */
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
    if (isFirst && markOf(piece) === 'utf-8') {
      piece = piece.subarray(3);
      wasAscii = false;
    }
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
    if (!wasAscii || beginsAsUtf8(first))
      throw new FailedError(
        `${name} is partly in UTF-8 and partly not; save it as UTF-8, or name its encoding with --encoding`,
      );
    note('encoding Windows-1252, since it is not UTF-8');
    const rest: Pieces = { [Symbol.asyncIterator]: () => iterator };
    yield* decoded(name, onlyWindows1252(name, joined(first, rest)), 'windows-1252');
  }
}

/** Whether the first character beyond ASCII is UTF-8. */
function beginsAsUtf8(piece: Buffer): boolean {
  const at = piece.findIndex((byte) => byte >= 0x80);
  return isUtf8(piece.subarray(at, at + lengthOf(piece[at] ?? 0)));
}

/** Windows-1252 has no character for these, though decoders take them for control characters. Most other encodings use them. */
const undefinedBytes = [0x81, 0x8d, 0x8f, 0x90, 0x9d];

async function* onlyWindows1252(name: string, pieces: Pieces): Pieces {
  for await (const piece of pieces) {
    const strange = piece.find((byte) => undefinedBytes.includes(byte));
    if (strange !== undefined)
      throw new FailedError(
        `${name} is neither in UTF-8 nor in Windows-1252, which has no byte 0x${strange.toString(16)}; name its encoding, such as --encoding shift_jis, or save it as UTF-8`,
      );
    yield piece;
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
    if (byte >= 0xc0) return lengthOf(byte) > back ? back : 0;
  }
  return 0;
}

/** Bytes of a character that begins so in UTF-8. */
function lengthOf(byte: number): number {
  return byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
}
