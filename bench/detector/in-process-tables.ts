import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { itemSize } from '../../local/emulators/item-size.ts';
import { conditionHolds, projected, updated } from './expressions.ts';
import { type Item, Partition } from './partition.ts';
import type { SentRequest, TableCall, TableInput, TablesAnswer, Usage } from './table-call.ts';

/** A query reads up to 1 MB before it says that there is more. */
const pageBytes = 1024 * 1024;

/**
 * DynamoDB's tables within this process, for what the detector calls: so that the detector is measured, and not an emulator. A client talks to
 * them through its `requestHandler`. They hold the items as they travel, and know only the expressions that the detector and the rules use.
 *
 * Units are counted by the documented rule: a write takes one for each KB of the larger item; a consistent read takes one for each 4 KB, of
 * a query for the sum of all items that were read, and at least one.
 * Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
 */
export class InProcessTables {
  readonly usage: Usage = { calls: new Map(), readUnits: 0, writeUnits: 0, bytes: 0, processorMs: 0 };
  readonly #sortKeys: Readonly<Record<string, string>>;
  readonly #tables = new Map<string, Map<string, Partition>>();
  readonly #before: (call: TableCall) => Promise<void> | undefined;

  /**
   * @param sortKeys - the sort key of each table; the partition key is `seriesId`, or `scope` in a table of rules
   * @param before - called before each call takes effect, to delay it or to change the tables
   */
  constructor(
    sortKeys: Readonly<Record<string, string>>,
    before: (call: TableCall) => Promise<void> | undefined = () => undefined,
  ) {
    this.#sortKeys = sortKeys;
    this.#before = before;
  }

  /** The transport for a client of DynamoDB. */
  get requestHandler(): DynamoDBClientConfig['requestHandler'] {
    const handle = async (request: SentRequest) => ({ response: await this.answer(request) });
    return { handle } as DynamoDBClientConfig['requestHandler'];
  }

  /** Answers a call. */
  async answer(request: SentRequest): Promise<TablesAnswer> {
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    let parsed: TableInput | undefined;
    const inputOf = (): TableInput => {
      parsed ??= JSON.parse(textOf(request.body)) as TableInput;
      return parsed;
    };
    await this.#before({
      operation,
      get input() {
        return inputOf();
      },
    });
    return this.measured(() => {
      const { calls } = this.usage;
      calls.set(operation, (calls.get(operation) ?? 0) + 1);
      const answer = this.#answer(operation, inputOf());
      const headers = { 'content-type': 'application/x-amz-json-1.0' };
      const body = Buffer.from(JSON.stringify(answer));
      return { statusCode: '__type' in answer ? 400 : 200, headers, body };
    });
  }

  /** Does some work of the tables, whose processor time is no part of what their client costs. */
  measured<Result>(work: () => Result): Result {
    const begun = process.cpuUsage();
    const result = work();
    const { user, system } = process.cpuUsage(begun);
    this.usage.processorMs += (user + system) / 1000;
    return result;
  }

  /** The items of a series in the order of their keys, as they are stored: what is changed in them is changed in the table. */
  partition(table: string, seriesId: string): Partition {
    const partitions = this.#tables.get(table) ?? new Map<string, Partition>();
    this.#tables.set(table, partitions);
    const sortKey = this.#sortKeys[table];
    if (sortKey === undefined) throw new RangeError(`table must be one of the known ones, got ${table}`);
    const partition = partitions.get(seriesId) ?? new Partition(sortKey);
    partitions.set(seriesId, partition);
    return partition;
  }

  #answer(operation: string, input: TableInput): object {
    switch (operation) {
      case 'GetItem': {
        const Item = this.#of(input, input.Key).get(input.Key);
        this.#read(Item === undefined ? 0 : itemSize(Item));
        return { Item };
      }
      case 'PutItem':
        return this.#write(input, input.Item, () => input.Item);
      case 'UpdateItem':
        return this.#write(input, input.Key, (old) => updated(input, old));
      case 'Query':
        return this.#query(input);
      case 'DeleteItem':
        return this.#write(input, input.Key, () => undefined);
      case 'BatchWriteItem':
        for (const [TableName, requests] of Object.entries(input.RequestItems ?? {})) {
          for (const { PutRequest, DeleteRequest } of requests) {
            const key = PutRequest?.Item ?? DeleteRequest?.Key;
            this.#write({ TableName }, key, () => PutRequest?.Item);
          }
        }
        return { UnprocessedItems: {} };
      default:
        throw new RangeError(`operation must be one that the detector calls, got ${operation}`);
    }
  }

  #write(
    input: TableInput,
    key: Item | undefined,
    next: (old: Item | undefined) => Item | undefined,
  ): object {
    const partition = this.#of(input, key);
    const old = partition.get(key);
    const isAllowed = conditionHolds(input, old);
    const item = isAllowed ? next(old) : old;
    const bytes = Math.max(...[old, item].map((one) => (one === undefined ? 0 : itemSize(one))));
    this.usage.writeUnits += Math.max(1, Math.ceil(bytes / 1024));
    this.usage.bytes += bytes;
    if (!isAllowed) {
      const isTold = input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' && old !== undefined;
      return {
        __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException',
        message: 'The conditional request failed',
        ...(isTold && { Item: old }),
      };
    }
    if (item === undefined) partition.delete(key);
    else partition.put(item);
    return { Attributes: item };
  }

  #query(input: TableInput): object {
    const { ExpressionAttributeValues: values = {}, KeyConditionExpression = '', ExclusiveStartKey } = input;
    const partition = this.partition(input.TableName, (values[':series'] ?? values[':scope'])?.S ?? '');
    const items: Item[] = [];
    let bytes = 0;
    let last: Item | undefined;
    const range = partition.range(KeyConditionExpression, values, ExclusiveStartKey);
    for (const item of input.ScanIndexForward === false ? [...range].reverse() : range) {
      if (items.length === input.Limit || (bytes > 0 && bytes + itemSize(item) > pageBytes)) {
        last = partition.keyOf(items.at(-1) ?? item);
        break;
      }
      bytes += itemSize(item);
      items.push(item);
    }
    this.#read(bytes);
    return {
      Items: items.map((item) => projected(item, input)),
      Count: items.length,
      LastEvaluatedKey: last,
    };
  }

  #read(bytes: number): void {
    this.usage.bytes += bytes;
    this.usage.readUnits += Math.max(1, Math.ceil(bytes / 4096));
  }

  #of({ TableName }: Pick<TableInput, 'TableName'>, key: Item | undefined): Partition {
    return this.partition(TableName, (key?.seriesId ?? key?.scope)?.S ?? '');
  }
}

function textOf(body: Uint8Array | string): string {
  return typeof body === 'string' ? body : new TextDecoder().decode(body);
}
