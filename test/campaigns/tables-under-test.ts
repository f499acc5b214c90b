import {
  CreateTableCommand,
  type DynamoDBClient,
  PutItemCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { destroyClients, localIdentity } from '../../local/clients.ts';
import { startDynamoDb } from '../../local/emulators/dynamodb.ts';
import { clientsAt } from '../use/clients.ts';
import { startDynamoDbLocal } from './dynamodb-local.ts';
import { send, tableSchema, type Write } from './table-writes.ts';

/** The result of some writes: for each the error that refused it, if any, and the records of the stream. */
export interface Outcome {
  readonly refusals: readonly (string | undefined)[];
  readonly records: readonly unknown[];
}

export interface TablesUnderTest {
  run(partition: string, sequence: readonly Write[]): Promise<Outcome>;
  close(): Promise<void>;
}

const TableName = 'items';
const longestReadMs = 30_000;
const { partitionKey, sortKey } = tableSchema;

/** Starts the DynamoDB emulator of the pipeline on one machine, whose writes are recorded as a table stream. */
export async function tappedTables(): Promise<TablesUnderTest> {
  const emulator = await startDynamoDb();
  const { endpoint } = emulator;
  const clients = clientsAt(endpoint);
  await createTable(clients.dynamoDb);
  const stream = emulator.streamOf(TableName, [partitionKey, sortKey]);
  return {
    async run(partition, sequence) {
      const refusals = await writeAll(clients.dynamoDb, partition, sequence);
      const records = stream.read(undefined, Number.POSITIVE_INFINITY);
      stream.trim(records.at(-1)?.dynamodb.SequenceNumber ?? '0');
      return { refusals, records: records.map(comparable) };
    },
    async close() {
      destroyClients(clients);
      await emulator.close();
    },
  };
}

/** Starts DynamoDB Local, with its own table stream. */
export async function localTables(): Promise<TablesUnderTest> {
  const local = await startDynamoDbLocal();
  const { endpoint } = local;
  const clients = clientsAt(endpoint);
  const streams = new DynamoDBStreamsClient({ ...localIdentity, endpoint });
  const streamArn = await createTable(clients.dynamoDb);
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn: streamArn }));
  const { ShardIterator } = await streams.send(
    new GetShardIteratorCommand({
      StreamArn: streamArn,
      ShardId: StreamDescription?.Shards?.[0]?.ShardId,
      ShardIteratorType: 'TRIM_HORIZON',
    }),
  );
  let iterator = ShardIterator;

  /** The new records of the stream, up to the one that ends the partition. */
  async function readThrough(partition: string) {
    const records = [];
    for (const deadline = Date.now() + longestReadMs; ; ) {
      if (Date.now() > deadline)
        throw new Error(
          `the stream of DynamoDB Local must have ${end(partition)} within ${longestReadMs} ms`,
        );
      if (iterator === undefined) throw new Error('the shard of DynamoDB Local must stay open, and it ended');
      const answer = await streams.send(new GetRecordsCommand({ ShardIterator: iterator }));
      iterator = answer.NextShardIterator;
      records.push(...(answer.Records ?? []));
      if (records.at(-1)?.dynamodb?.Keys?.[partitionKey]?.S === end(partition)) return records.slice(0, -1);
    }
  }

  return {
    async run(partition, sequence) {
      const refusals = await writeAll(clients.dynamoDb, partition, sequence);
      const Item = { [partitionKey]: { S: end(partition) }, [sortKey]: { S: 'end' } };
      await clients.dynamoDb.send(new PutItemCommand({ TableName, Item }));
      return { refusals, records: (await readThrough(partition)).map(comparable) };
    },
    async close() {
      streams.destroy();
      destroyClients(clients);
      await local.close();
    },
  };
}

const end = (partition: string) => `end of ${partition}`;

async function createTable(client: DynamoDBClient): Promise<string | undefined> {
  const { TableDescription } = await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: partitionKey, KeyType: 'HASH' },
        { AttributeName: sortKey, KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [partitionKey, sortKey].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S',
      })),
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    }),
  );
  await waitUntilTableExists({ client, maxWaitTime: 10, minDelay: 0.05, maxDelay: 0.5 }, { TableName });
  return TableDescription?.LatestStreamArn;
}

async function writeAll(client: DynamoDBClient, partition: string, sequence: readonly Write[]) {
  const refusals: (string | undefined)[] = [];
  for (const write of sequence) refusals.push(await send(client, TableName, partition, write));
  return refusals;
}

interface ComparableRecord {
  readonly eventName?: string | undefined;
  readonly dynamodb?: ComparableChange | undefined;
}

interface ComparableChange {
  readonly Keys?: unknown;
  readonly NewImage?: unknown;
  readonly OldImage?: unknown;
  readonly SizeBytes?: number | undefined;
  readonly StreamViewType?: string | undefined;
}

/**
 * The part of a record that must be equal in both, in a common form. One has bytes in Base64, the other as bytes. The members of
 * a set have no order. DynamoDB removes trailing zeros of a number, but DynamoDB Local keeps those that an addition made.
 */
function comparable({ eventName, dynamodb = {} }: ComparableRecord): unknown {
  const { Keys, NewImage, OldImage, SizeBytes, StreamViewType } = dynamodb;
  const images = { NewImage: plain(NewImage), OldImage: plain(OldImage) };
  return { eventName, Keys: plain(Keys), ...images, SizeBytes, StreamViewType };
}

function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]) => {
    if (name === 'N' && typeof inner === 'string') return [name, withoutZeros(inner)];
    const isSet = ['SS', 'NS', 'BS'].includes(name) && Array.isArray(inner);
    const plainInner = plain(inner);
    return [name, isSet && Array.isArray(plainInner) ? plainInner.toSorted() : plainInner];
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)));
}

function withoutZeros(number: string): string {
  return number.includes('.') ? number.replace(/\.?0+$/, '') : number;
}
