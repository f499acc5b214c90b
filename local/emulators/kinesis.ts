import kinesalite from 'kinesalite';
import db, { type Store } from 'kinesalite/db/index.js';
import { type StreamPuts, tapStream } from '../stream-puts.ts';
import { createWithStore } from './create-with-store.ts';
import { type Emulator, type EmulatorOptions, emulatorOn } from './emulator.ts';

export interface KinesisEmulator extends Emulator {
  /** The records put into a stream from now on, counted. */
  putsInto(streamName: string): StreamPuts;
}

/** Kinesis Data Streams, provisioned, over HTTP/1. */
export async function startKinesis({ port, folder }: EmulatorOptions = {}): Promise<KinesisEmulator> {
  const { made: server, store } = createWithStore(db, () =>
    kinesalite({
      createStreamMs: 0,
      deleteStreamMs: 0,
      updateStreamMs: 0,
      shardLimit: 100,
      ...(folder !== undefined && { path: folder }),
    }),
  );
  numberRecordsFromOne(store);
  return {
    ...(await emulatorOn(server, port)),
    putsInto: (streamName) => tapStream(store.getStreamDb(streamName)),
  };
}

/** kinesalite numbers the records of so many shards together. */
const shardsPerNumbering = 5;

/**
 * Gives the first record of a shard a number above the one from which TRIM_HORIZON reads.
 *
 * kinesalite orders records by number, then by second, and moves a reader who finds nothing on to the present second. The
 * first record has the reader's own number, so that a put under way while a second ended was passed over for ever.
 */
function numberRecordsFromOne(store: Store): void {
  const { getStream } = store;
  store.getStream = (name, done) =>
    getStream(name, (error, stream) => {
      if (stream !== undefined) {
        const groups = Math.ceil(stream.Shards.length / shardsPerNumbering);
        stream._seqIx = Array.from({ length: groups }, (_, group) => stream._seqIx[group] || 1);
      }
      done(error, stream);
    });
}
