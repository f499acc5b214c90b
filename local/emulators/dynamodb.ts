import dynalite from 'dynalite';
import conditions from 'dynalite/db/conditionParser.js';
import db, { type Store } from 'dynalite/db/index.js';
import projections from 'dynalite/db/projectionParser.js';
import updates from 'dynalite/db/updateParser.js';
import { checkJson } from '../guard/check-json.ts';
import { closedOnFailure } from '../guard/closed-on-failure.ts';
import { releasedOnFailure } from '../guard/release-locks.ts';
import { answerWholeRequests } from '../guard/whole-requests.ts';
import { closeIterators } from './close-iterators.ts';
import { createWithStore } from './create-with-store.ts';
import { type Emulator, type EmulatorOptions, emulatorOn } from './emulator.ts';
import { leanOptions } from './lean-database.ts';
import { listTablesAlone } from './list-tables.ts';
import { keepTextsInMemory } from './memory-texts.ts';
import { mendIndexes } from './mend-indexes.ts';
import { onceEach } from './once-each.ts';
import { rememberExpressions } from './remember-expressions.ts';
import { watchStore } from './store-watch.ts';
import type { TableStream } from './table-stream.ts';
import { tapTable } from './tap-table.ts';

export interface DynamoDbEmulator extends Emulator {
  /** Starts the stream of a table; dynalite itself has none. */
  streamOf(tableName: string, keyAttributes: readonly string[]): TableStream;
}

for (const parser of [conditions, projections, updates]) rememberExpressions(parser);

/** DynamoDB, with table streams. */
export async function startDynamoDb(options: EmulatorOptions = {}): Promise<DynamoDbEmulator> {
  const { port, folder } = options;
  const { made: server, store } = createWithStore(db, () =>
    dynalite({
      createTableMs: 0,
      deleteTableMs: 0,
      updateTableMs: 0,
      ...(folder !== undefined && { path: folder }),
    }),
  );
  await store.db.open(leanOptions);
  return closedOnFailure(
    () => store.db.close(),
    async () => {
      if (folder === undefined) keepTextsInMemory(store.db);
      closeIterators(store.db);
      listTablesAlone(store);
      store.tableDb.lock = releasedOnFailure(store.tableDb.lock);
      store.getItemDb = onceEach(store.getItemDb, (items) => {
        items.lock = releasedOnFailure(items.lock);
      });
      await forgetHalfMade(store);
      await mendIndexes(store);
      const watch = watchStore(options.onStoreFailure);
      watch.guard(store.db);
      answerWholeRequests(server, checkJson, watch.see);
      return {
        ...(await emulatorOn(server, port)),
        streamOf: (tableName, keyAttributes) =>
          tapTable(store.getItemDb(tableName), tableName, keyAttributes),
      };
    },
  );
}

/** Removes tables that were being created or deleted when their process was killed: the timer that would finish that is gone. */
async function forgetHalfMade({ tableDb }: Store): Promise<void> {
  for await (const { TableName, TableStatus } of tableDb.createReadStream()) {
    if (TableStatus === 'ACTIVE') continue;
    await new Promise<void>((resolve, reject) => {
      tableDb.del(TableName, (error) => (error ? reject(error) : resolve()));
    });
  }
}
