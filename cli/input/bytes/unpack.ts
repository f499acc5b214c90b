import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { FailedError } from '../../context.ts';
import { type Lulls, noLulls } from './lulls.ts';
import { peek } from './peek.ts';
import type { Pieces } from './pieces.ts';
import { refuseByFirstBytes } from './refused-formats.ts';
import { toUtf8 } from './to-utf8.ts';

/** Enough to know a format, and the names in the front of a workbook. */
const magicBytes = 512;

/**
 * The text of a file as UTF-8: decompressed if it is in gzip, and converted if it is in another encoding.
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
  lulls: Lulls = noLulls,
): Promise<Pieces> {
  const first = await peek(source, magicBytes, lulls);
  if (first.start[0] !== 0x1f || first.start[1] !== 0x8b) {
    refuseByFirstBytes(name, first.start);
    return toUtf8(name, first.pieces, note, lulls);
  }
  const inner = await peek(decompressed(name, first.pieces), magicBytes, lulls);
  refuseByFirstBytes(`${name}, decompressed,`, inner.start);
  return toUtf8(name, inner.pieces, note, lulls);
}

async function* decompressed(name: string, source: Pieces): Pieces {
  const gunzip = createGunzip({ chunkSize: 64 * 1024 });
  // Errors of the source reach the loop through the stream, which they destroy.
  pipeline(Readable.from(source), gunzip, () => undefined);
  try {
    yield* gunzip;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code?.startsWith('Z_') !== true) throw error;
    throw new FailedError(`${name} is damaged, as gzip: ${message}`);
  }
}
