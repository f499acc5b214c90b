import { expect, test } from 'vitest';
import { type TableAnswer, type TableCall, unitsOf } from '../../../bench/cost/call-units.ts';

/** An item of so many bytes. */
const item = (bytes: number) => ({
  seriesId: { S: 's' },
  text: { S: 'x'.repeat(bytes - 'seriesIds'.length - 'text'.length) },
});
const nothing = () => 0;

/**
 * The rules and most of the sizes are those of the examples in DynamoDB's developer guide:
 * docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
 */
const calls: readonly (readonly [string, TableCall, TableAnswer, reads: number, writes: number])[] = [
  ['an item of 3.5 kB', get(true), { Item: item(3500) }, 1, 0],
  ['an item of 10 kB', get(true), { Item: item(10_000) }, 3, 0],
  ['an item of 8 kB, eventually consistent', get(false), { Item: item(8192) }, 1, 0],
  ['no item', get(true), {}, 1, 0],
  [
    'a batch: each item is rounded',
    { operation: 'BatchGetItem', request: { RequestItems: { t: { ConsistentRead: true } } } },
    { Responses: { t: [item(1536), item(6656)] } },
    3,
    0,
  ],
  ['a query: the sum is rounded', query(true), { Items: [item(1536), item(6656)] }, 2, 0],
  [
    'a query of many small items',
    query(true),
    { Items: Array.from({ length: 10 }, () => item(4096)) },
    10,
    0,
  ],
  ['an empty query', query(false), { Items: [] }, 0.5, 0],
  ['a put of 500 bytes', put(500), {}, 0, 1],
  ['a put of 2.5 kB', put(2500), {}, 0, 3],
  ['an update', { operation: 'UpdateItem', request: {} }, { Attributes: item(1025) }, 0, 2],
];

test.each(calls)('%s', (_, call, answer, reads, writes) => {
  expect(unitsOf(call, answer, nothing)).toMatchObject({ readUnits: reads, writeUnits: writes, requests: 1 });
});

test('a batch of writes rounds each item, and a deletion counts what was there', () => {
  const RequestItems = {
    t: [
      { PutRequest: { Item: item(300) } },
      { PutRequest: { Item: item(1100) } },
      { DeleteRequest: { Key: { seriesId: { S: 's' } } } },
    ],
  };
  const call = { operation: 'BatchWriteItem', request: { RequestItems } };
  expect(unitsOf(call, {}, () => 8100)).toMatchObject({ writeUnits: 1 + 2 + 8, bytes: 300 + 1100 + 8100 });
});

test('a call whose price is not known is refused', () => {
  expect(() => unitsOf({ operation: 'TransactWriteItems', request: {} }, {}, nothing)).toThrow(
    'TransactWriteItems',
  );
});

function get(ConsistentRead: boolean): TableCall {
  return { operation: 'GetItem', request: { ConsistentRead } };
}

function query(ConsistentRead: boolean): TableCall {
  return { operation: 'Query', request: { ConsistentRead } };
}

function put(bytes: number): TableCall {
  return { operation: 'PutItem', request: { Item: item(bytes) } };
}
