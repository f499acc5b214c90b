import { PutItemCommand, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import db, { type Iterator, type Store } from 'dynalite/db/index.js';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { changePointsTableSchema } from '../../../lib/table-schemas.ts';
import { type Backend, startBackend } from '../../../local/backend.ts';
import { names } from '../../../local/resources.ts';
import { useFolder } from '../../use/folder.ts';

const folder = useFolder();
const TableName = names.changePointsTable;
const seriesIds = ['none', 'one', 'many'];
const items = [['one', 1] as const, ['many', 30] as const];

/** A read of the table, in all the ways in which dynalite may end one. */
const reads = fc.record({
  isScan: fc.boolean(),
  seriesId: fc.constantFrom(...seriesIds),
  Limit: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
  ScanIndexForward: fc.boolean(),
  IndexName: fc.option(fc.constant(changePointsTableSchema.pendingIndex.name), { nil: undefined }),
  isFiltered: fc.boolean(),
  isCount: fc.boolean(),
});

function read({ clients }: Backend, given: typeof reads extends fc.Arbitrary<infer Read> ? Read : never) {
  const { isScan, seriesId, Limit, ScanIndexForward, IndexName, isFiltered, isCount } = given;
  const common = {
    TableName,
    Limit,
    IndexName,
    ...(isCount && { Select: 'COUNT' as const }),
    ...(isFiltered && { FilterExpression: 'attribute_exists(claimedBy)' }),
  };
  if (isScan) return clients.dynamoDb.send(new ScanCommand(common));
  return clients.dynamoDb.send(
    new QueryCommand({
      ...common,
      ScanIndexForward,
      KeyConditionExpression: 'seriesId = :series',
      ExpressionAttributeValues: { ':series': { S: seriesId } },
    }),
  );
}

/** Every iterator that is opened from now on. */
function iteratorsOf(store: Store): readonly Iterator[] {
  const opened: Iterator[] = [];
  for (const kind of ['keys', 'values'] as const) {
    const open = store.db[kind];
    store.db[kind] = (options) => {
      const iterator = open.call(store.db, options);
      opened.push(iterator);
      return iterator;
    };
  }
  return opened;
}

test.each([['in memory', {}] as const, ['in a folder', { folder }] as const])(
  'no read leaves an iterator open: %s',
  async (_, options) => {
    const create = vi.spyOn(db, 'create');
    const backend = await startBackend(options);
    try {
      const opened = iteratorsOf(create.mock.results[0]?.value);
      for (const [seriesId, count] of items) {
        for (let item = 0; item < count; item++) {
          const Item = { seriesId: { S: seriesId }, sortKey: { S: `${item}` }, pendingSince: { S: 'now' } };
          await backend.clients.dynamoDb.send(new PutItemCommand({ TableName, Item }));
        }
      }
      await fc.assert(
        fc.asyncProperty(reads, async (given) => {
          const before = opened.length;
          await read(backend, given);
          expect(opened.length).toBeGreaterThan(before);
        }),
        { numRuns: 40 },
      );
      const isClosed = { code: 'LEVEL_ITERATOR_NOT_OPEN' };
      const state = (iterator: (typeof opened)[number]) => iterator.next().catch((error: unknown) => error);
      for (const iterator of opened) await expect.poll(() => state(iterator)).toMatchObject(isClosed);
    } finally {
      await backend.close();
      create.mockRestore();
    }
  },
);
