import { type Lulls, noLulls } from './lulls.ts';
import type { Pieces } from './pieces.ts';

/** The first bytes of a file, and all of its pieces. */
export interface Peeked {
  readonly start: Buffer;
  /** Whether the file has no more than these. */
  readonly isAll: boolean;
  readonly pieces: Pieces;
}

/**
 * Reads at least so many bytes ahead, or all; fewer in a lull.
 *
 * @param isEnough - whether the bytes that have come will do in a lull
 */
export async function peek(
  source: Pieces,
  bytes: number,
  lulls: Lulls = noLulls,
  isEnough = (start: Buffer) => start.length > 0,
): Promise<Peeked> {
  const iterator = source[Symbol.asyncIterator]();
  const ahead: Uint8Array[] = [];
  let stopListening = () => {};
  const lull = new Promise<undefined>((resolve) => {
    stopListening = lulls.listen(() => {
      if (isEnough(Buffer.concat(ahead))) resolve(undefined);
    });
  });
  let length = 0;
  let pending = iterator.next();
  let isAll = false;
  try {
    while (length < bytes) {
      const next = await Promise.race([pending, lull]);
      if (next === undefined) break;
      if (next.done === true) {
        isAll = true;
        break;
      }
      ahead.push(next.value);
      length += next.value.length;
      pending = iterator.next();
      if (lulls.isOn && isEnough(Buffer.concat(ahead))) break;
    }
  } finally {
    stopListening();
  }
  // It may fail before anybody waits for it, who is then told.
  pending.catch(() => {});
  return { start: Buffer.concat(ahead), isAll, pieces: again(ahead, pending, iterator) };
}

async function* again(
  ahead: Uint8Array[],
  pending: Promise<IteratorResult<Uint8Array>>,
  iterator: AsyncIterator<Uint8Array>,
): Pieces {
  for (let piece = ahead.shift(); piece !== undefined; piece = ahead.shift()) yield piece;
  for (let next = await pending; next.done !== true; next = await iterator.next()) yield next.value;
}
