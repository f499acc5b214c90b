import dynalite from 'dynalite';
import db, { type Store } from 'dynalite/db/index.js';
import { createWithStore } from './create-with-store.ts';
import { type Emulator, type EmulatorOptions, emulatorOn } from './emulator.ts';
import type { TableStream } from './table-stream.ts';
import { tapTable } from './tap-table.ts';

export interface DynamoDbEmulator extends Emulator {
  /** The stream of a table from now on; dynalite itself has none. */
  streamOf(tableName: string, keyAttributes: readonly string[]): TableStream;
}

/** DynamoDB, with table streams. */
export async function startDynamoDb({ port, folder }: EmulatorOptions = {}): Promise<DynamoDbEmulator> {
  const { made: server, store } = createWithStore(db, () =>
    dynalite({
      createTableMs: 0,
      deleteTableMs: 0,
      updateTableMs: 0,
      ...(folder !== undefined && { path: folder }),
    }),
  );
  await forgetHalfMade(store);
  return {
    ...(await emulatorOn(server, port)),
    streamOf: (tableName, keyAttributes) => tapTable(store.getItemDb(tableName), tableName, keyAttributes),
  };
}

/** Forgets the tables that were being made, or deleted, when their process was killed: dynalite ends that from a timer. */
async function forgetHalfMade({ tableDb }: Store): Promise<void> {
  for await (const { TableName, TableStatus } of tableDb.createReadStream()) {
    if (TableStatus === 'ACTIVE') continue;
    await new Promise<void>((resolve, reject) => {
      tableDb.del(TableName, (error) => (error ? reject(error) : resolve()));
    });
  }
}
