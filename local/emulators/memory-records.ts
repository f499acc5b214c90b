import type { KinesisRange, KinesisRow, Store, StreamDb } from 'kinesalite/db/index.js';
import { SortedTexts } from '../journal/sorted-texts.ts';
import { iterateTexts, streamOfRows } from './text-rows.ts';

/** Keeps the records of kinesalite's streams in memory as texts by key, for the reasons of `keepTextsInMemory`. */
export function keepRecordsInMemory(store: Store): void {
  const streams = new Map<string, StreamDb>();
  const { deleteStreamDb } = store;
  store.getStreamDb = (name) => {
    const known = streams.get(name) ?? recordsInMemory();
    streams.set(name, known);
    return known;
  };
  store.deleteStreamDb = (name, done) => {
    streams.delete(name);
    deleteStreamDb(name, done);
  };
}

function recordsInMemory(): StreamDb {
  const texts = new SortedTexts();
  return {
    put(key, value, done) {
      texts.set(key, JSON.stringify(value));
      done();
    },
    batch(operations, ...rest) {
      for (const { type, key, value } of operations) {
        if (type === 'put') texts.set(key, JSON.stringify(value));
        else texts.delete(key);
      }
      const [done] = rest.slice(-1) as [() => void];
      done();
    },
    createReadStream: (range: KinesisRange) =>
      streamOfRows(
        iterateTexts(texts, range, ([key, text]): KinesisRow => ({ key, value: JSON.parse(text) })),
      ),
  };
}
