import { pipeline, Readable } from 'node:stream';
import { createUnzip } from 'node:zlib';
import { FailedError } from '../../context.ts';
import { peek } from './peek.ts';
import type { Pieces } from './pieces.ts';
import { refuseByFirstBytes } from './refused-formats.ts';
import { type TextOptions, toUtf8 } from './to-utf8.ts';

/** Enough to know a format, and the names in the front of a workbook. */
const magicBytes = 512;

/**
 * The text of a file as UTF-8: decompressed if it is in gzip or zlib, and converted if it is in another encoding.
 *
 * What the bytes are is known by the bytes, never by the name of the file.
 *
 * @param note - is told what was found out
 * @throws FailedError that names the format and says what to do, if this is no text
 */
export async function unpack(
  name: string,
  source: Pieces,
  note: (text: string) => void,
  options: TextOptions = {},
): Promise<Pieces> {
  const first = await peek(source, magicBytes, options.lulls);
  const packing = packingOf(first.start);
  if (packing === undefined) {
    refuseByFirstBytes(name, first.start);
    return toUtf8(name, first.pieces, note, options);
  }
  const inner = await peek(decompressed(name, first.pieces, packing), magicBytes, options.lulls);
  refuseByFirstBytes(`${name}, decompressed,`, inner.start);
  return toUtf8(name, inner.pieces, note, options);
}

/** Of zlib only the levels whose first bytes are no text: `x^` may begin a name. */
function packingOf([first, second = 0]: Uint8Array): 'gzip' | 'zlib' | undefined {
  if (first === 0x1f && second === 0x8b) return 'gzip';
  return first === 0x78 && [0x01, 0x9c, 0xda].includes(second) ? 'zlib' : undefined;
}

async function* decompressed(name: string, source: Pieces, packing: string): Pieces {
  const unzip = createUnzip({ chunkSize: 64 * 1024 });
  // Errors of the source reach the loop through the stream, which they destroy.
  pipeline(Readable.from(source), unzip, () => undefined);
  try {
    yield* unzip;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code?.startsWith('Z_') !== true) throw error;
    throw new FailedError(`${name} is damaged, as ${packing}: ${message}`);
  }
}
