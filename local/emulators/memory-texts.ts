import type { Store } from 'dynalite/db/index.js';
import { SortedTexts } from '../journal/sorted-texts.ts';
import { iterateTexts, type RowIterator, streamOfRows } from './text-rows.ts';

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
  db.keys = (options) => iterateTexts(texts, options, ([key]) => key);
  db.values = (options) => iterateTexts(texts, options, ([, text]) => JSON.parse(text));
  db.createKeyStream = (options) => streamOfRows(db.keys(options) as RowIterator);
  db.createValueStream = (options) => streamOfRows(db.values(options) as RowIterator);
}
