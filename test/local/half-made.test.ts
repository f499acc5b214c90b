import { CreateTableCommand, DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListShardsCommand,
  PutRecordCommand,
  SplitShardCommand,
} from '@aws-sdk/client-kinesis';
import dynalite from 'dynalite';
import kinesalite from 'kinesalite';
import { expect, test } from 'vitest';
import { type Clients, destroyClients } from '../../local/clients.ts';
import { startDynamoDb } from '../../local/emulators/dynamodb.ts';
import { type Emulator, emulatorOn } from '../../local/emulators/emulator.ts';
import { startKinesis } from '../../local/emulators/kinesis.ts';
import { clientsAt } from '../use/clients.ts';
import { useFolder } from '../use/folder.ts';

/** What an emulator has not ended by then, it never will: so a killed one leaves its folder. */
const never = 2 ** 31 - 1;
const times = { createStreamMs: 0, deleteStreamMs: 0, updateStreamMs: never, shardLimit: 10 };

const folder = useFolder('for each test');

async function using<T>(starting: Promise<Emulator>, work: (clients: Clients) => Promise<T>): Promise<T> {
  const emulator = await starting;
  const clients = clientsAt(emulator.endpoint);
  try {
    return await work(clients);
  } finally {
    destroyClients(clients);
    await emulator.close();
  }
}

const StreamName = 'records';
const createStream = ({ kinesis }: Clients) =>
  kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
const statusOf = async ({ kinesis }: Clients) => {
  const summary = await kinesis.send(new DescribeStreamSummaryCommand({ StreamName }));
  return summary.StreamDescriptionSummary?.StreamStatus;
};

test('a stream that was being made when its process was killed is made anew', async () => {
  await using(emulatorOn(kinesalite({ ...times, createStreamMs: never, path: folder })), async (clients) => {
    await createStream(clients);
    expect(await statusOf(clients)).toBe('CREATING');
  });
  await using(startKinesis({ folder }), async (clients) => {
    await createStream(clients);
    await expect.poll(() => statusOf(clients)).toBe('ACTIVE');
  });
});

test('a stream that was being split is whole, with its records, and can be split', async () => {
  const { ShardId, NewStartingHashKey } = { ShardId: 'shardId-000000000000', NewStartingHashKey: '1000' };
  const split = ({ kinesis }: Clients) =>
    kinesis.send(new SplitShardCommand({ StreamName, ShardToSplit: ShardId, NewStartingHashKey }));
  await using(emulatorOn(kinesalite({ ...times, path: folder })), async (clients) => {
    await createStream(clients);
    await expect.poll(() => statusOf(clients)).toBe('ACTIVE');
    await clients.kinesis.send(
      new PutRecordCommand({ StreamName, PartitionKey: 'k', Data: Buffer.from('x') }),
    );
    await split(clients);
    expect(await statusOf(clients)).toBe('UPDATING');
  });
  await using(startKinesis({ folder }), async (clients) => {
    expect(await statusOf(clients)).toBe('ACTIVE');
    const { ShardIterator } = await clients.kinesis.send(
      new GetShardIteratorCommand({ StreamName, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
    );
    const { Records } = await clients.kinesis.send(new GetRecordsCommand({ ShardIterator }));
    expect(Records).toHaveLength(1);
    await split(clients);
    await expect.poll(() => statusOf(clients)).toBe('ACTIVE');
    const { Shards } = await clients.kinesis.send(new ListShardsCommand({ StreamName }));
    expect(Shards).toHaveLength(3);
  });
});

test('a table that was being made is made anew; one that was there stays', async () => {
  const create = ({ dynamoDb }: Clients, TableName: string) =>
    dynamoDb.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      }),
    );
  const status = async ({ dynamoDb }: Clients, TableName: string) =>
    (await dynamoDb.send(new DescribeTableCommand({ TableName }))).Table?.TableStatus;
  await using(startDynamoDb({ folder }), async (clients) => {
    await create(clients, 'whole');
    await expect.poll(() => status(clients, 'whole')).toBe('ACTIVE');
  });
  const slow = { createTableMs: never, deleteTableMs: 0, updateTableMs: 0, path: folder };
  await using(emulatorOn(dynalite(slow)), async (clients) => {
    await create(clients, 'half');
    expect(await status(clients, 'half')).toBe('CREATING');
  });
  await using(startDynamoDb({ folder }), async (clients) => {
    expect(await status(clients, 'whole')).toBe('ACTIVE');
    await create(clients, 'half');
    await expect.poll(() => status(clients, 'half')).toBe('ACTIVE');
  });
});
