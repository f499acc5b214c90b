import { listeners } from '../listeners.ts';
import type { TableStream, TableStreamRecord } from './table-stream.ts';

/** The records of a table's stream, in the order of arrival. */
export interface RecordLog extends TableStream {
  /** Adds a record whose sequence number follows on the last one's. */
  add(record: TableStreamRecord): void;
}

export function recordLog(arn: string): RecordLog {
  let records: TableStreamRecord[] = [];
  let count = 0;
  const told = listeners<TableStreamRecord>();
  return {
    arn,
    get length() {
      return count;
    },
    add(record) {
      records.push(record);
      count++;
      told.tell(record);
    },
    read(after, most) {
      const start = after === undefined ? 0 : firstAfter(records, after);
      return records.slice(start, start + most);
    },
    trim(through) {
      records = records.slice(firstAfter(records, through));
    },
    async caughtUp() {},
    onRecord: told.add,
  };
}

/** Sequence numbers have one width, so that they compare as text. They are consecutive, so that they give the position. */
function firstAfter(records: readonly TableStreamRecord[], sequenceNumber: string): number {
  const first = records[0];
  if (first === undefined) return 0;
  return Math.max(0, Number(sequenceNumber) - Number(first.dynamodb.SequenceNumber) + 1);
}
