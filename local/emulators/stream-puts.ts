import type { StreamDb } from 'kinesalite/db/index.js';
import { type Listeners, listeners } from '../listeners.ts';

/** How many records producers put into a stream. */
export interface StreamPuts {
  readonly count: number;
  /** Called with the number of records of each put. @returns what ends that */
  onPut: Listeners<number>['add'];
}

/** A count of puts that notifies listeners. */
export interface PutCounter extends StreamPuts {
  add(records: number): void;
}

export function putCounter(): PutCounter {
  const told = listeners<number>();
  let count = 0;
  return {
    get count() {
      return count;
    },
    onPut: told.add,
    add(records) {
      count += records;
      told.tell(records);
    },
  };
}

/** Counts the records that are written to a stream, where kinesalite writes them. */
export function tapStream(records: StreamDb): StreamPuts {
  const counter = putCounter();
  const { put, batch } = records;
  records.put = (key, value, done) =>
    put.call(records, key, value, (error) => {
      if (!error) counter.add(1);
      done(error);
    });
  records.batch = (operations, ...rest) => {
    const [options, done] = rest.length === 2 ? rest : [{}, rest[0]];
    batch.call(records, operations, options, (error) => {
      if (!error) counter.add(operations.filter(({ type }) => type === 'put').length);
      done(error);
    });
  };
  return counter;
}
