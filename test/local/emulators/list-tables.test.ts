import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import db, { type Store } from 'dynalite/db/index.js';
import { expect, test, vi } from 'vitest';
import { startBackend } from '../../../local/backend.ts';
import { names } from '../../../local/resources.ts';
import { useFolder } from '../../use/folder.ts';

const folder = useFolder();

// Whoever lists the tables of a folder would wait the longer, the more it holds.
test.each([
  ['in memory', {}],
  ['in a folder', { folder }],
])('a list of the tables reads the keys of tables alone: %s', async (_, options) => {
  const created = vi.spyOn(db, 'create');
  const backend = await startBackend(options);
  try {
    const store = created.mock.results[0]?.value as Store;
    const read = vi.spyOn(store.db, 'createKeyStream');
    const { TableNames } = await backend.clients.dynamoDb.send(new ListTablesCommand({}));
    expect(TableNames).toEqual([names.changePointsTable, names.eventsTable, names.rulesTable]);
    const after = new ListTablesCommand({ ExclusiveStartTableName: names.changePointsTable, Limit: 1 });
    expect(await backend.clients.dynamoDb.send(after)).toMatchObject({
      TableNames: [names.eventsTable],
      LastEvaluatedTableName: names.eventsTable,
    });
    const ofTables = [{ gte: 'table~', lt: 'table~~' }];
    expect(read.mock.calls).toEqual([ofTables, ofTables]);
  } finally {
    created.mockRestore();
    await backend.close();
  }
});
