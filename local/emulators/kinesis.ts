import kinesalite from 'kinesalite';
import db, { type Store } from 'kinesalite/db/index.js';
import { closedOnFailure } from '../guard/closed-on-failure.ts';
import { callBackOnBehalf } from '../guard/database-callbacks.ts';
import { releasedOnFailure } from '../guard/release-locks.ts';
import { answerWholeRequests } from '../guard/whole-requests.ts';
import { checkKinesis } from './check-kinesis.ts';
import { createWithStore } from './create-with-store.ts';
import { type Emulator, type EmulatorOptions, emulatorOn } from './emulator.ts';
import { useNativeNumbers } from './kinesis-numbers.ts';
import { endHalfMade, keepAndGiveAll } from './kinesis-store.ts';
import { withLeanDatabase } from './lean-database.ts';
import { keepRecordsInMemory } from './memory-records.ts';
import { onceEach } from './once-each.ts';
import { watchStore } from './store-watch.ts';
import { type StreamPuts, tapStream } from './stream-puts.ts';

export interface KinesisEmulator extends Emulator {
  /** Starts counting the records put into a stream. */
  putsInto(streamName: string): StreamPuts;
}

useNativeNumbers(db);

/** Kinesis Data Streams, provisioned, over HTTP/1. */
export async function startKinesis(options: EmulatorOptions = {}): Promise<KinesisEmulator> {
  const { port, folder } = options;
  const { made: server, store } = withLeanDatabase(() =>
    createWithStore(db, () =>
      kinesalite({
        createStreamMs: 0,
        deleteStreamMs: 0,
        updateStreamMs: 0,
        shardLimit: 100,
        ...(folder !== undefined && { path: folder }),
      }),
    ),
  );
  await untilOpen(store);
  return closedOnFailure(
    () => store.db.close(),
    async () => {
      callBackOnBehalf(store.metaDb);
      if (folder === undefined) keepRecordsInMemory(store);
      keepAndGiveAll(store);
      store.metaDb.lock = releasedOnFailure(store.metaDb.lock);
      await endHalfMade(store);
      const watch = watchStore(options.onStoreFailure);
      watch.guard(store.metaDb);
      store.getStreamDb = onceEach(store.getStreamDb, watch.guard);
      answerWholeRequests(server, checkKinesis, watch.see);
      return {
        ...(await emulatorOn(server, port)),
        putsInto: (streamName) => tapStream(store.getStreamDb(streamName)),
      };
    },
  );
}

/** @throws what keeps the database from opening, which it would throw where nobody can catch it */
function untilOpen({ db }: Store): Promise<void> {
  return new Promise((resolve, reject) => {
    db.on('error', reject);
    if (db.isOpen()) resolve();
    else db.once('open', resolve);
  });
}
