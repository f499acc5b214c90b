import { Readable } from 'node:stream';
import type { Iterator } from 'dynalite/db/index.js';
import type { KeyRange, SortedTexts } from '../journal/sorted-texts.ts';

/** Rows that a stream takes from its iterator at once. */
const rowsAtOnce = 64;

interface RangeOptions extends KeyRange {
  /** None or a negative one is no limit. */
  readonly limit?: number;
}

/** An iterator that also gives many rows at once. */
export interface RowIterator extends Iterator {
  take(most: number): unknown[];
}

/** Rows that are written or deleted ahead of an iterator show in it, as they may in a query or a scan of DynamoDB. */
export function iterateTexts(
  texts: SortedTexts,
  { limit = -1, ...range }: RangeOptions = {},
  rowOf: (row: readonly [key: string, text: string]) => unknown,
): RowIterator {
  let rest: KeyRange = range;
  let left = limit < 0 ? Number.POSITIVE_INFINITY : limit;
  let isOpen = true;
  const take = (most: number) => {
    if (!isOpen) throw Object.assign(new Error('Iterator is not open'), { code: 'LEVEL_ITERATOR_NOT_OPEN' });
    const rows = texts.rows(rest, Math.min(most, left));
    left -= rows.length;
    const last = rows.at(-1);
    if (last !== undefined) rest = afterKey(rest, last[0]);
    return rows.map(rowOf);
  };
  return {
    take,
    next: async () => take(1)[0],
    async close() {
      isOpen = false;
    },
  };
}

/** What follows on a key in a range. */
function afterKey({ gt, gte, lt, lte, reverse }: KeyRange, key: string): KeyRange {
  return reverse
    ? { ...(gte !== undefined ? { gte } : gt !== undefined && { gt }), lt: key, reverse }
    : { ...(lte !== undefined ? { lte } : lt !== undefined && { lt }), gt: key };
}

/** A stream of the rows of an iterator, which it closes. */
export function streamOfRows(iterator: RowIterator): Readable {
  return new Readable({
    objectMode: true,
    highWaterMark: rowsAtOnce,
    read() {
      const rows = iterator.take(rowsAtOnce);
      for (const row of rows) this.push(row);
      if (rows.length < rowsAtOnce) this.push(null);
    },
    destroy(error, done) {
      iterator.close().then(() => done(error), done);
    },
  });
}
