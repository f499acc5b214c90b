import dynalite from 'dynalite';
import db from 'dynalite/db/index.js';
import { type TableStream, tapTable } from '../table-stream.ts';
import { createWithStore } from './create-with-store.ts';
import { type Emulator, emulatorOn } from './emulator.ts';

export interface DynamoDbEmulator extends Emulator {
  /** The stream of a table from now on; dynalite itself has none. */
  streamOf(tableName: string, keyAttributes: readonly string[]): TableStream;
}

/** DynamoDB, with table streams. */
export async function startDynamoDb(): Promise<DynamoDbEmulator> {
  const { made: server, store } = createWithStore(db, () =>
    dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 }),
  );
  return {
    ...(await emulatorOn(server)),
    streamOf: (tableName, keyAttributes) => tapTable(store.getItemDb(tableName), tableName, keyAttributes),
  };
}
