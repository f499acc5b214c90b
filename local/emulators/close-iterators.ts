import type { Store } from 'dynalite/db/index.js';

/**
 * Lets dynalite close the iterator of each query and scan.
 *
 * dynalite calls the `return` of an iterator, which those of its database do not have: they have `close`. So each read left
 * an iterator open for ever, with its snapshot, its buffers and the files that it might still read.
 */
export function closeIterators(db: Store['db']): void {
  for (const kind of ['keys', 'values'] as const) {
    const open = db[kind];
    db[kind] = (options) => {
      const iterator = open.call(db, options);
      return Object.assign(iterator, { return: () => iterator.close() });
    };
  }
}
