import dynalite from 'dynalite';
import db from 'dynalite/db/index.js';
import { type TableStream, tapTable } from '../table-stream.ts';
import { createWithStore } from './create-with-store.ts';
import { type Emulator, type EmulatorOptions, emulatorOn } from './emulator.ts';

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
  return {
    ...(await emulatorOn(server, port)),
    streamOf: (tableName, keyAttributes) => tapTable(store.getItemDb(tableName), tableName, keyAttributes),
  };
}
