import {
  type AttributeValue,
  BatchWriteItemCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';

type Attributes = Record<string, AttributeValue>;
/** A change of one item. Numbers stand for the sort keys of one partition. */
type Change =
  | { readonly kind: 'put'; readonly key: number; readonly attributes: Attributes }
  | { readonly kind: 'delete'; readonly key: number };
type Condition = 'none' | 'exists' | 'does not exist' | 'a is 1';

/** One call that writes to a table. */
export type Write =
  | (Change & { readonly condition: Condition })
  | {
      readonly kind: 'update';
      readonly key: number;
      readonly expression: keyof typeof updates;
      readonly value: AttributeValue;
      readonly condition: Condition;
    }
  | { readonly kind: 'batch'; readonly changes: readonly Change[] };

/** The update expressions, and whether each needs a `:value`. */
const updates = {
  'SET a = :value': true,
  'SET a = if_not_exists(a, :value), b = :value': true,
  'REMOVE a': false,
  'ADD n :value': true,
  'ADD s :value': true,
  'DELETE s :value': true,
  '': false,
} as const;

/** Numbers in several spellings, some of the same number. DynamoDB normalizes them. */
const number = fc
  .constantFrom('0', '1', '-1', '1.0', '1e2', '100', '-0', '0.1', '12345678901234567890')
  .map((N) => ({ N }));
const text = fc.constantFrom('', 'x', 'é', '1').map((S) => ({ S }));
const numberSet = fc.uniqueArray(fc.constantFrom('1', '2', '3.50'), { minLength: 1 }).map((NS) => ({ NS }));
const textSet = fc.uniqueArray(fc.constantFrom('p', 'q', 'r'), { minLength: 1 }).map((SS) => ({ SS }));
const byteSet = fc
  .uniqueArray(fc.constantFrom(1, 2, 3), { minLength: 1 })
  .map((bytes) => ({ BS: bytes.map((byte) => Uint8Array.of(byte)) }));
const plainNumber = fc.constantFrom('0', '1', '-1', '0.1', '1234', '12.345').map((N) => ({ N }));
const other: fc.Arbitrary<AttributeValue> = fc.oneof(
  text,
  fc.boolean().map((BOOL) => ({ BOOL })),
  fc.constant({ NULL: true as const }),
  fc.constantFrom(Uint8Array.of(), Uint8Array.of(0, 255)).map((B) => ({ B })),
  textSet,
  byteSet,
);
/** Plain spellings only: DynamoDB Local does not normalize numbers in updates, lists and maps. It also returns empty maps without `M`. */
const leaf = fc.oneof({ weight: 1, arbitrary: plainNumber }, { weight: 2, arbitrary: other });
const plainValue: fc.Arbitrary<AttributeValue> = fc.oneof(
  { weight: 3, arbitrary: other },
  { weight: 2, arbitrary: plainNumber },
  { weight: 1, arbitrary: fc.array(leaf, { maxLength: 3 }).map((L) => ({ L })) },
  {
    weight: 1,
    arbitrary: fc.dictionary(fc.constantFrom('x', 'y'), leaf, { minKeys: 1 }).map((M) => ({ M })),
  },
);
const value = fc.oneof(
  { weight: 5, arbitrary: plainValue },
  { weight: 2, arbitrary: number },
  { weight: 1, arbitrary: numberSet },
);
/** Few values of each, so that writes meet existing items and often change nothing. */
const attributes: fc.Arbitrary<Attributes> = fc.record(
  { a: value, b: fc.constantFrom<AttributeValue>({ N: '1' }, { S: 'x' }), n: number, s: textSet },
  { requiredKeys: [] },
) as fc.Arbitrary<Attributes>;
const key = fc.nat({ max: 2 });
const condition = fc.constantFrom<Condition>('none', 'none', 'none', 'exists', 'does not exist', 'a is 1');
const put = fc.record({ kind: fc.constant('put' as const), key, attributes });
const remove = fc.record({ kind: fc.constant('delete' as const), key });
const update = fc.constantFrom(...(Object.keys(updates) as (keyof typeof updates)[])).chain((expression) =>
  fc.record({
    kind: fc.constant('update' as const),
    key,
    expression: fc.constant(expression),
    value: valueFor(expression),
    condition,
  }),
);
function valueFor(expression: keyof typeof updates): fc.Arbitrary<AttributeValue> {
  if (expression.includes(' n ')) return plainNumber;
  return expression.includes(' s ') ? textSet : plainValue;
}

/** Puts first: DynamoDB guarantees no order within a batch, and DynamoDB Local applies puts first. */
const batch = fc
  .uniqueArray(fc.oneof(put, put, remove), { minLength: 1, maxLength: 3, selector: (change) => change.key })
  .map((changes) => ({
    kind: 'batch' as const,
    changes: changes.toSorted((a, b) => Number(a.kind === 'delete') - Number(b.kind === 'delete')),
  }));

export const writes: fc.Arbitrary<readonly Write[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.tuple(put, condition).map(([change, of]) => ({ ...change, condition: of })) },
    {
      weight: 2,
      arbitrary: fc.tuple(remove, condition).map(([change, of]) => ({ ...change, condition: of })),
    },
    { weight: 4, arbitrary: update },
    { weight: 2, arbitrary: batch },
  ),
  { minLength: 1, maxLength: 30, size: 'max' },
);

export const tableSchema = { partitionKey: 'pk', sortKey: 'sk' } as const;

/** Sends a write to a partition of the table. @returns the name of the error, if the write was refused */
export async function send(
  client: DynamoDBClient,
  TableName: string,
  partition: string,
  write: Write,
): Promise<string | undefined> {
  const keyOf = (number: number) => ({ pk: { S: partition }, sk: { S: `key ${number}` } });
  try {
    switch (write.kind) {
      case 'put':
        await client.send(
          new PutItemCommand({
            TableName,
            Item: { ...keyOf(write.key), ...write.attributes },
            ...conditions[write.condition],
          }),
        );
        return;
      case 'delete':
        await client.send(
          new DeleteItemCommand({ TableName, Key: keyOf(write.key), ...conditions[write.condition] }),
        );
        return;
      case 'update':
        await client.send(new UpdateItemCommand({ TableName, Key: keyOf(write.key), ...updateOf(write) }));
        return;
      case 'batch': {
        const requests = write.changes.map((change) =>
          change.kind === 'put'
            ? { PutRequest: { Item: { ...keyOf(change.key), ...change.attributes } } }
            : { DeleteRequest: { Key: keyOf(change.key) } },
        );
        await client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: requests } }));
        return;
      }
    }
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}

const conditions = {
  none: {},
  exists: { ConditionExpression: 'attribute_exists(pk)' },
  'does not exist': { ConditionExpression: 'attribute_not_exists(pk)' },
  'a is 1': { ConditionExpression: 'a = :one', ExpressionAttributeValues: { ':one': { N: '1' } } },
} as const;

function updateOf(write: Extract<Write, { kind: 'update' }>): Partial<UpdateItemCommandInput> {
  const condition = conditions[write.condition];
  const values = {
    ...('ExpressionAttributeValues' in condition ? condition.ExpressionAttributeValues : {}),
    ...(updates[write.expression] ? { ':value': write.value } : {}),
  };
  return {
    ...condition,
    ...(write.expression === '' ? {} : { UpdateExpression: write.expression }),
    ...(Object.keys(values).length === 0 ? {} : { ExpressionAttributeValues: values }),
  };
}
