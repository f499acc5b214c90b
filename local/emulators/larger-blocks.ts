import { createRequire } from 'node:module';

/**
 * Bytes of a block of a database. It keeps the first key of each block of every file that it has open in memory: with its own 4 kB those are
 * four times as many.
 */
export const blockSize = 16_384;

/**
 * Files that the database of kinesalite has open at once, the least that LevelDB takes. Records are put and read at the end of a stream, so that
 * others are seldom opened again. Its own 1,000 would be no bound: a stream keeps all its records.
 */
const maxOpenFiles = 74;

interface Database {
  _open(options: object, ...rest: unknown[]): unknown;
}

// The very class that kinesalite loads.
const requireOfKinesalite = createRequire(import.meta.resolve('kinesalite'));

/** What `make` returns. A database that it opens has larger blocks, and few files open: kinesalite itself gives no options. */
export function withLargerBlocks<Made>(make: () => Made): Made {
  const { prototype } = requireOfKinesalite('leveldown') as { readonly prototype: Database };
  const { _open: open } = prototype;
  prototype._open = function (options, ...rest) {
    return open.call(this, { ...options, blockSize, maxOpenFiles }, ...rest);
  };
  try {
    return make();
  } finally {
    prototype._open = open;
  }
}
