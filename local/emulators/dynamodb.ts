import dynalite from 'dynalite';
import db, { type Store } from 'dynalite/db/index.js';
import { type TableStream, tapTable } from '../table-stream.ts';
import { type Emulator, type EmulatorOptions, emulatorOn } from './emulator.ts';

export interface DynamoDbEmulator extends Emulator {
  /** The stream of a table from now on; dynalite itself has none. */
  streamOf(tableName: string, keyAttributes: readonly string[]): TableStream;
}

/** DynamoDB, with table streams. */
export async function startDynamoDb({ port, folder }: EmulatorOptions = {}): Promise<DynamoDbEmulator> {
  const { server, store } = createWithStore(folder);
  return {
    ...(await emulatorOn(server, port)),
    streamOf: (tableName, keyAttributes) => tapTable(store.getItemDb(tableName), tableName, keyAttributes),
  };
}

/** dynalite keeps its store to itself; it asks its own module for one, and there it can be met. */
function createWithStore(folder: string | undefined) {
  const { create } = db;
  let store: Store | undefined;
  db.create = (options) => {
    store = create(options);
    return store;
  };
  try {
    const server = dynalite({
      createTableMs: 0,
      deleteTableMs: 0,
      updateTableMs: 0,
      ...(folder !== undefined && { path: folder }),
    });
    if (store === undefined) throw new Error('dynalite made no store: this needs the pinned version');
    return { server, store };
  } finally {
    db.create = create;
  }
}
