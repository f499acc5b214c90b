import { FailedError } from '../../context.ts';
import type { Pieces } from './pieces.ts';

/**
 * The encoding of this name, as the platform calls it; `undefined` if it knows none.
 *
 * Source: WHATWG Encoding Standard, section 4.2, https://encoding.spec.whatwg.org/#names-and-labels.
 */
export function encodingNamed(label: string): string | undefined {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}

/** As people write it. */
export function shownEncoding(encoding: string): string {
  return encoding === 'windows-1252' ? 'Windows-1252' : encoding.toUpperCase();
}

/**
 * A text in UTF-8, without a byte order mark, of pieces in another encoding.
 *
 * Bytes that are no character end the reading: each would become the same sign, and two names could become one.
 *
 * @throws FailedError naming the encoding and what to do, if the bytes are not in it
 */
export async function* decoded(name: string, pieces: Pieces, encoding: string): Pieces {
  // Decoded as a stream, also where there is one piece: at once, Node 20 takes Windows-1252 for Latin-1.
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const piece of pieces) yield Buffer.from(decoder.decode(piece, { stream: true }));
    yield Buffer.from(decoder.decode());
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
    throw new FailedError(
      `${name} is not whole in ${shownEncoding(encoding)}: it has bytes that are no character there; name its encoding with --encoding, or save it as UTF-8`,
    );
  }
}
