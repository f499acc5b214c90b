import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { names } from '../../../local/resources.ts';
import { useBackend } from '../../use/backend.ts';

const backend = useBackend();
let series = 0;

beforeEach(() => {
  series++;
});

const TableName = names.eventsTable;
type Write = {
  readonly kind: 'put' | 'update' | 'delete' | 'batch put' | 'batch delete';
  key: number;
  value: number;
};

const keyOf = (key: number) => ({ seriesId: { S: `series ${series}` }, eventKey: { S: `key ${key}` } });
const itemOf = ({ key, value }: Write) => ({ ...keyOf(key), value: { N: String(value) } });

function send(write: Write) {
  switch (write.kind) {
    case 'put':
      return backend.clients.dynamoDb.send(new PutItemCommand({ TableName, Item: itemOf(write) }));
    case 'update':
      return backend.clients.dynamoDb.send(
        new UpdateItemCommand({
          TableName,
          Key: keyOf(write.key),
          UpdateExpression: 'SET #value = :value',
          ExpressionAttributeNames: { '#value': 'value' },
          ExpressionAttributeValues: { ':value': { N: String(write.value) } },
        }),
      );
    case 'delete':
      return backend.clients.dynamoDb.send(new DeleteItemCommand({ TableName, Key: keyOf(write.key) }));
    case 'batch put':
      return backend.clients.dynamoDb.send(
        new BatchWriteItemCommand({
          RequestItems: { [TableName]: [{ PutRequest: { Item: itemOf(write) } }] },
        }),
      );
    case 'batch delete':
      return backend.clients.dynamoDb.send(
        new BatchWriteItemCommand({
          RequestItems: { [TableName]: [{ DeleteRequest: { Key: keyOf(write.key) } }] },
        }),
      );
  }
}

/** What a table stream must say of these writes, one after another. */
function expected(writes: readonly Write[]): readonly object[] {
  const table = new Map<number, number>();
  return writes.flatMap((write): object[] => {
    const old = table.get(write.key);
    const NewImage = itemOf(write);
    const OldImage = old === undefined ? undefined : itemOf({ ...write, value: old });
    if (write.kind.endsWith('delete')) {
      table.delete(write.key);
      return old === undefined ? [] : [{ eventName: 'REMOVE', Keys: keyOf(write.key), OldImage }];
    }
    table.set(write.key, write.value);
    if (old === undefined) return [{ eventName: 'INSERT', Keys: keyOf(write.key), NewImage }];
    return old === write.value ? [] : [{ eventName: 'MODIFY', Keys: keyOf(write.key), NewImage, OldImage }];
  });
}

const everything = (after?: string) => backend.tableStream.read(after, Number.POSITIVE_INFINITY);
const write: fc.Arbitrary<Write> = fc.record({
  kind: fc.constantFrom('put', 'update', 'delete', 'batch put', 'batch delete'),
  key: fc.nat(2),
  value: fc.nat(1),
});

test('writes one after another make the records that their changes call for', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(write, { maxLength: 12 }), async (writes) => {
      series++;
      const position = everything().at(-1)?.dynamodb.SequenceNumber;
      for (const one of writes) await send(one);
      const records = everything(position).map(({ eventName, dynamodb: { Keys, NewImage, OldImage } }) => ({
        eventName,
        Keys,
        ...(NewImage && { NewImage }),
        ...(OldImage && { OldImage }),
      }));
      expect(records).toEqual(expected(writes));
    }),
    { numRuns: 40 },
  );
});

test('writes at once make one record a change, numbered in order', async () => {
  const position = everything().at(-1)?.dynamodb.SequenceNumber;
  const writes = Array.from({ length: 50 }, (_, key): Write => ({ kind: 'put', key: key % 10, value: key }));
  await Promise.all(writes.map(send));
  const records = everything(position);
  expect(records.filter(({ eventName }) => eventName === 'INSERT')).toHaveLength(10);
  expect(records.filter(({ eventName }) => eventName === 'MODIFY')).toHaveLength(40);
  const numbers = records.map(({ dynamodb }) => dynamodb.SequenceNumber);
  expect(numbers).toEqual([...numbers].sort());
});

test('a write whose condition fails makes no record', async () => {
  await send({ kind: 'put', key: 1, value: 1 });
  const { length } = backend.tableStream;
  const refused = backend.clients.dynamoDb.send(
    new PutItemCommand({
      TableName,
      Item: itemOf({ kind: 'put', key: 1, value: 2 }),
      ConditionExpression: 'attribute_not_exists(eventKey)',
    }),
  );
  await expect(refused).rejects.toThrow('conditional');
  expect(backend.tableStream.length).toBe(length);
});

test('trimmed records are gone, and what comes later is still found', async () => {
  for (const key of [1, 2, 3]) await send({ kind: 'put', key, value: 0 });
  const [first, second] = everything().slice(-3);
  backend.tableStream.trim(second?.dynamodb.SequenceNumber ?? '');
  expect(everything()).toHaveLength(1);
  expect(everything(first?.dynamodb.SequenceNumber)).toHaveLength(1);
  await send({ kind: 'put', key: 4, value: 0 });
  expect(everything(second?.dynamodb.SequenceNumber).map(({ dynamodb }) => dynamodb.Keys)).toEqual([
    keyOf(3),
    keyOf(4),
  ]);
});
