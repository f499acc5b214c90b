import type { AttributeValue } from 'aws-lambda';
import { itemSize } from '../../local/emulators/item-size.ts';
import type { Usage } from './usage.ts';

export type Item = Readonly<Record<string, AttributeValue>>;

/** A call to DynamoDB, as it goes over the wire. */
export interface TableCall {
  readonly operation: string;
  readonly request: TableRequest;
}

export interface TableRequest {
  readonly TableName?: string;
  readonly ConsistentRead?: boolean;
  readonly Item?: Item;
  readonly RequestItems?: Readonly<Record<string, readonly WriteRequest[] | KeysAndAttributes>>;
  readonly ProjectionExpression?: string;
}

export interface WriteRequest {
  readonly PutRequest?: { readonly Item: Item };
  readonly DeleteRequest?: { readonly Key: Item };
}

interface KeysAndAttributes {
  readonly ConsistentRead?: boolean;
}

export interface TableAnswer {
  readonly Item?: Item;
  readonly Items?: readonly Item[];
  readonly Responses?: Readonly<Record<string, readonly Item[]>>;
  /** The item after an update. */
  readonly Attributes?: Item;
}

type Units = Omit<Usage, 'invocations'>;

/**
 * What DynamoDB charges for a call.
 *
 * A read of up to 4 kB is a unit if it is consistent, and half a unit if not. A query adds up the sizes of its items before it rounds; a batch of
 * reads rounds each item. A write of up to 1 kB is a unit, also one that is refused. A deletion counts the item that was there: the
 * caller gives its size.
 * Source: docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
 *
 * @param stored - the size of the stored item with this key, in bytes; 0 if there is none
 */
export function unitsOf(
  { operation, request }: TableCall,
  answer: TableAnswer,
  stored: (key: Item) => number,
): Units {
  switch (operation) {
    case 'GetItem':
      return read([answer.Item === undefined ? 0 : itemSize(answer.Item)], request.ConsistentRead);
    case 'BatchGetItem': {
      const consistent = Object.values(request.RequestItems ?? {}).some(
        (wanted) => (wanted as KeysAndAttributes).ConsistentRead,
      );
      return read(
        Object.values(answer.Responses ?? {})
          .flat()
          .map(itemSize),
        consistent,
      );
    }
    case 'Query':
    case 'Scan':
      return read([sum((answer.Items ?? []).map(itemSize))], request.ConsistentRead);
    case 'PutItem':
      return written([itemSize(request.Item ?? {})]);
    case 'UpdateItem':
      return written([itemSize(answer.Attributes ?? {})]);
    case 'BatchWriteItem': {
      const writes = Object.values(request.RequestItems ?? {}).flat() as readonly WriteRequest[];
      return written(
        writes.map(({ PutRequest, DeleteRequest }) =>
          PutRequest === undefined ? stored(DeleteRequest?.Key ?? {}) : itemSize(PutRequest.Item),
        ),
      );
    }
    default:
      throw new Error(`the units of ${operation} are not known`);
  }
}

function read(sizes: readonly number[], consistent = false): Units {
  const units = sum(sizes.map((size) => Math.max(1, Math.ceil(size / 4096))));
  return { readUnits: consistent ? units : units / 2, writeUnits: 0, requests: 1, bytes: sum(sizes) };
}

function written(sizes: readonly number[]): Units {
  const units = sum(sizes.map((size) => Math.max(1, Math.ceil(size / 1024))));
  return { readUnits: 0, writeUnits: units, requests: 1, bytes: sum(sizes) };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
