import db, { type Operation, type Store } from 'dynalite/db/index.js';

/**
 * Makes the index of each table hold what follows from its items.
 *
 * On DynamoDB it always does. dynalite writes an index first and the item after it, so a kill between the two leaves a row of the index for
 * an item that does not have it, or takes an item out of its index for ever.
 *
 * Cost: reads all items of the tables that have an index.
 */
export async function mendIndexes(store: Store): Promise<void> {
  for await (const table of store.tableDb.createReadStream()) {
    const indexes = table.GlobalSecondaryIndexes ?? [];
    if (indexes.length === 0) continue;
    const rows = new Map<string, object>();
    for await (const item of store.getItemDb(table.TableName).createValueStream()) {
      for (const { index, key, item: row } of db.getIndexActions(indexes, undefined, item, table).puts)
        rows.set(`${prefixOf(table.TableName, index)}${key}`, row);
    }
    const operations: Operation[] = [];
    for (const { IndexName } of indexes) {
      const prefix = prefixOf(table.TableName, IndexName);
      for await (const key of store.db.createKeyStream({ gte: prefix, lt: `${prefix}~` }))
        if (!rows.delete(key)) operations.push({ type: 'del', key });
    }
    for (const [key, value] of rows) operations.push({ type: 'put', key, value });
    await new Promise<void>((resolve, reject) =>
      store.db.batch(operations, (error) => (error ? reject(error) : resolve())),
    );
  }
}

/** What the keys of an index begin with. */
function prefixOf(tableName: string, indexName: string): string {
  return `index-global~${tableName}~${indexName}~`;
}
