import { createRequire } from 'node:module';

/** How a database of a folder is opened, so that it takes little memory. */
export const leanOptions = {
  /**
   * Bytes of a block. The first key of each block of every file that is open is in memory: with LevelDB's own 4 kB those are four times as many.
   */
  blockSize: 16_384,
  /** Bytes of the blocks that stay in memory. LevelDB's own 8 MB fill up with what the folder holds, and threads that take and free blocks by turns leave gaps. */
  cacheSize: 2 * 1024 * 1024,
} as const;

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

/** What `make` returns. A database that it opens is lean, and has few files open: kinesalite itself gives no options. */
export function withLeanDatabase<Made>(make: () => Made): Made {
  const { prototype } = requireOfKinesalite('leveldown') as { readonly prototype: Database };
  const { _open: open } = prototype;
  prototype._open = function (options, ...rest) {
    return open.call(this, { ...options, ...leanOptions, maxOpenFiles }, ...rest);
  };
  try {
    return make();
  } finally {
    prototype._open = open;
  }
}
