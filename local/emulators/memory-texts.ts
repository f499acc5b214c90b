import { Readable } from 'node:stream';
import type { Iterator, Store } from 'dynalite/db/index.js';
import { type KeyRange, SortedTexts } from './sorted-texts.ts';

/** Rows that a stream takes from its iterator at once. */
const rowsAtOnce = 64;

interface RangeOptions extends KeyRange {
  /** None or a negative one is no limit. */
  readonly limit?: number;
}

/**
 * Keeps what dynalite stores in memory in a tree of texts, in place of its own database.
 *
 * That one keeps bytes in a tree and answers by promises, a dozen for each item that is written: it took most of the emulator's
 * processor time. This one has done what it is asked for when it returns, and calls back at once.
 */
export function keepTextsInMemory(db: Store['db']): void {
  const texts = new SortedTexts();
  const put = (key: string, value: unknown) => {
    if (value === undefined || value === null) throw new TypeError('value cannot be null or undefined');
    texts.set(key, JSON.stringify(value));
  };
  db.get = (key, done) => {
    const text = texts.get(key);
    done(null, text === undefined ? undefined : JSON.parse(text));
  };
  db.put = (key, value, done) => {
    put(key, value);
    done(null);
  };
  db.del = (key, done) => {
    texts.delete(key);
    done(null);
  };
  db.batch = (operations, done) => {
    for (const { type, key, value } of operations) {
      if (type === 'put') put(key, value);
      else texts.delete(key);
    }
    done(null);
  };
  db.keys = (options) => iterate(texts, options, ([key]) => key);
  db.values = (options) => iterate(texts, options, ([, text]) => JSON.parse(text));
  db.createKeyStream = (options) => rowsOf(db.keys(options) as RowIterator);
  db.createValueStream = (options) => rowsOf(db.values(options) as RowIterator);
}

/** An iterator that also gives many rows at once. */
interface RowIterator extends Iterator {
  take(most: number): unknown[];
}

/** Rows that are written or deleted ahead of an iterator show in it, as they may in a query or a scan of DynamoDB. */
function iterate(
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

function rowsOf(iterator: RowIterator): Readable {
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
