import { Readable } from 'node:stream';
import type { KinesisRow, Store, StreamDb } from 'kinesalite/db/index.js';

/** kinesalite numbers the records of so many shards together. */
const shardsPerNumbering = 5;
/** The longest that Kinesis keeps a record. */
const retentionHours = 8760;
/** The most that Kinesis gives in one answer. */
const answerBytes = 10 * 1024 * 1024;

/**
 * Has kinesalite's store keep what was put, and give all of it, to whoever reads from the oldest record or after one that was
 * read:
 *
 * - A year long instead of a day, whatever a stream is set to: a folder is often left for longer than a day.
 * - The first record of a shard gets a number above the one from which TRIM_HORIZON reads. kinesalite orders records by
 *   number, then by second, and moves a reader who finds nothing on to the present second; a first record with the reader's
 *   own number, whose put was under way while a second ended, was passed over for ever.
 * - An answer ends at Kinesis' own limit of bytes. kinesalite's ends with the records, at last beyond what one string holds.
 */
export function keepAndGiveAll(store: Store): void {
  const { getStream, getStreamDb } = store;
  store.getStream = (name, done) =>
    getStream(name, (error, stream) => {
      if (stream !== undefined) {
        const groups = Math.ceil(stream.Shards.length / shardsPerNumbering);
        stream._seqIx = Array.from({ length: groups }, (_, group) => stream._seqIx[group] || 1);
        stream.RetentionPeriodHours = retentionHours;
      }
      done(error, stream);
    });
  const bounded = new WeakSet<StreamDb>();
  store.getStreamDb = (name) => {
    const records = getStreamDb(name);
    if (!bounded.has(records)) {
      bounded.add(records);
      boundAnswers(records);
    }
    return records;
  };
}

function boundAnswers(records: StreamDb): void {
  const { createReadStream } = records;
  records.createReadStream = (range) => {
    const rows = createReadStream.call(records, range);
    // GetRecords asks for what is at its place or after; who looks for a time of arrival must see every record.
    return 'gte' in range ? Readable.from(upToLimit(rows)) : rows;
  };
}

/** At least one row, however large. */
async function* upToLimit(rows: AsyncIterable<KinesisRow>): AsyncGenerator<KinesisRow> {
  let bytes = 0;
  for await (const row of rows) {
    const size = Buffer.byteLength(row.value.Data, 'base64');
    if (bytes > 0 && bytes + size > answerBytes) return;
    bytes += size;
    yield row;
  }
}

/**
 * Ends what a stream was at when its process was killed, since nobody else will: kinesalite ends it from a timer. One that was
 * being made has no shards yet, and is forgotten; one that was being split or merged is as it was before.
 */
export async function endHalfMade({ metaDb }: Store): Promise<void> {
  for await (const { key, value } of metaDb.createReadStream()) {
    const { StreamStatus } = value;
    if (StreamStatus === 'CREATING' || StreamStatus === 'DELETING') await metaDb.del(key);
    else if (StreamStatus === 'UPDATING') await metaDb.put(key, { ...value, StreamStatus: 'ACTIVE' });
  }
}
