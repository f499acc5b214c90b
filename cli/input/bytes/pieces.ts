/** Pieces of a file, in their order. */
export type Pieces = AsyncIterable<Uint8Array>;
