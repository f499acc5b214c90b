import { Readable } from 'node:stream';
import numbers, { type KinesisRow, type Store, type Stream, type StreamDb } from 'kinesalite/db/index.js';
import { callBackOnBehalf } from '../guard/database-callbacks.ts';
import { onceEach } from './once-each.ts';

/** kinesalite shares one counter between this many shards. */
const shardsPerNumbering = 5;
/** Kinesis' longest retention: a year. */
const retentionHours = 8760;
/** Kinesis' limit of the data in one answer. */
const answerBytes = 10 * 1024 * 1024;

/**
 * Makes kinesalite's store keep every record, and give every record to a reader that starts at the oldest record or after a
 * record that it has read:
 *
 * - Records are kept for a year instead of a day, whatever the stream is set to: a folder is often unused for days.
 * - The first record of a shard gets a number above the one from which TRIM_HORIZON reads. kinesalite orders records by
 *   number, then by second, and moves a reader that finds nothing on to the current second. A first record with the
 *   reader's own number would be skipped for ever if its put was under way when the second ended.
 * - An answer ends at Kinesis' size limit. kinesalite's has no limit and would outgrow the longest string.
 * - A reader that starts at a time that no record has reached gets those that come from then on. kinesalite never answers it.
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
  store.getStreamDb = onceEach(getStreamDb, (records, name) => {
    callBackOnBehalf(records);
    boundAnswers(records, () => streamNamed(store, name));
  });
}

function streamNamed(store: Store, name: string): Promise<Stream> {
  return new Promise((resolve, reject) => {
    store.getStream(name, (error, stream) => (stream === undefined ? reject(error) : resolve(stream)));
  });
}

function boundAnswers(records: StreamDb, stream: () => Promise<Stream>): void {
  const { createReadStream } = records;
  records.createReadStream = (range) => {
    const rows = () => createReadStream.call(records, range);
    // Only GetRecords reads with `gte`. A search by time of arrival must see every record.
    return 'gte' in range ? upToLimit(rows()) : Readable.from(withLatest(rows, range.gt, stream));
  };
}

/** The rows of a shard, and one that every search finds: where those begin that were put since the rows are read. */
async function* withLatest(
  rows: () => Readable,
  shard: string,
  stream: () => Promise<Stream>,
): AsyncGenerator<KinesisRow> {
  const { Shards, _seqIx } = await stream();
  const shardIx = Number.parseInt(shard, 16);
  const { StartingSequenceNumber = '' } = Shards[shardIx]?.SequenceNumberRange ?? {};
  const { shardCreateTime } = numbers.parseSequence(StartingSequenceNumber);
  const seqIx = _seqIx[Math.floor(shardIx / shardsPerNumbering)] ?? null;
  const latest = numbers.stringifySequence({ shardCreateTime, shardIx, seqIx, seqTime: Date.now() });
  yield* rows();
  yield {
    key: `${shard}/${latest}`,
    value: { Data: '', ApproximateArrivalTimestamp: Number.POSITIVE_INFINITY },
  };
}

/** At least one row, however large. */
function upToLimit(rows: Readable): Readable {
  let bytes = 0;
  const bounded = new Readable({
    objectMode: true,
    read: () => void rows.resume(),
    destroy(error, done) {
      rows.destroy();
      done(error);
    },
  });
  rows.on('data', (row: KinesisRow) => {
    const size = Buffer.byteLength(row.value.Data, 'base64');
    const isBeyond = bytes > 0 && bytes + size > answerBytes;
    bytes += size;
    if (!bounded.push(isBeyond ? null : row)) rows.pause();
    if (isBeyond) rows.removeAllListeners('data').destroy();
  });
  rows.on('end', () => bounded.push(null));
  rows.on('error', (error) => bounded.destroy(error));
  return bounded;
}

/**
 * Ends a change of a stream that was under way when its process was killed: the timer that would finish it is gone. A
 * stream that was being created has no shards yet and is removed. One that was being split or merged is as it was before.
 */
export async function endHalfMade({ metaDb }: Store): Promise<void> {
  for await (const { key, value } of metaDb.createReadStream()) {
    const { StreamStatus } = value;
    if (StreamStatus === 'CREATING' || StreamStatus === 'DELETING') await metaDb.del(key);
    else if (StreamStatus === 'UPDATING') await metaDb.put(key, { ...value, StreamStatus: 'ACTIVE' });
  }
}
