/** Pieces of a file, in their order. */
export type Pieces = AsyncIterable<Uint8Array>;

/** The first bytes of a file, and all of its pieces. */
export interface Peeked {
  readonly start: Buffer;
  /** Whether the file has no more than these. */
  readonly isAll: boolean;
  readonly pieces: Pieces;
}

/** Reads at least so many bytes ahead, or all. */
export async function peek(source: Pieces, bytes: number): Promise<Peeked> {
  const iterator = source[Symbol.asyncIterator]();
  const ahead: Uint8Array[] = [];
  let length = 0;
  let isAll = false;
  while (length < bytes && !isAll) {
    const next = await iterator.next();
    if (next.done === true) isAll = true;
    else {
      ahead.push(next.value);
      length += next.value.length;
    }
  }
  return { start: Buffer.concat(ahead), isAll, pieces: again(ahead, iterator) };
}

async function* again(ahead: Uint8Array[], iterator: AsyncIterator<Uint8Array>): Pieces {
  for (let piece = ahead.shift(); piece !== undefined; piece = ahead.shift()) yield piece;
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
}
