import type { TableStream, TableStreamRecord } from '../../../local/emulators/table-stream.ts';
import type { Source, SourceRecord } from '../../../local/event-source-mapping/source.ts';

/** The stream of a table, from now on. A mapping reads only released records, or every record at once. */
export interface ReleasedSource extends Source<TableStreamRecord> {
  /** The records that the stream holds so far. */
  readonly records: readonly TableStreamRecord[];
  /** How many of these the mapping may read. */
  readonly released: number;
  /** Releases all records. @returns the number of released records, including earlier ones */
  release(): number;
}

/** @param eager - whether each record is released at once */
export function releasedSource(stream: TableStream, eager: boolean): ReleasedSource {
  const start = stream.read(undefined, Number.POSITIVE_INFINITY).at(-1)?.dynamodb.SequenceNumber;
  const all = () => stream.read(start, Number.POSITIVE_INFINITY);
  let released: readonly TableStreamRecord[] = [];
  let wake = () => {};
  return {
    arn: stream.arn,
    batchInfoName: 'DDBStreamBatchInfo',
    get records() {
      return all();
    },
    get released() {
      return eager ? all().length : released.length;
    },
    release() {
      released = all();
      wake();
      return released.length;
    },
    shards: async () => [{ shardId: 'shardId-00000000000000000000-00000000', parentIds: [], closed: false }],
    async open() {
      let position = 0;
      return {
        ended: false,
        async read(most) {
          if (eager) released = all();
          const records = released.slice(position, position + most);
          position += records.length;
          return records.map(toSourceRecord);
        },
        checkpoint() {},
        waitForMore: (signal) =>
          new Promise((resolve) => {
            if (eager) setTimeout(resolve, 1);
            wake = resolve;
            signal.addEventListener('abort', () => resolve(), { once: true });
            if (signal.aborted || position < released.length) resolve();
          }),
      };
    },
  };
}

function toSourceRecord(event: TableStreamRecord): SourceRecord<TableStreamRecord> {
  const { SequenceNumber, Keys, SizeBytes = 0 } = event.dynamodb;
  return {
    sequenceNumber: SequenceNumber,
    key: JSON.stringify(Keys),
    arrivedAt: Date.now(),
    bytes: SizeBytes,
    event,
    matchable: event,
  };
}
