import { CreateStreamCommand, PutRecordCommand, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Clients, createClients, destroyClients } from '../../../local/clients.ts';
import { type KinesisEmulator, startKinesis } from '../../../local/emulators/kinesis.ts';

let emulator: KinesisEmulator;
let clients: Clients;

beforeEach(async () => {
  emulator = await startKinesis();
  const { endpoint } = emulator;
  clients = createClients({ kinesis: endpoint, dynamoDb: endpoint, messaging: endpoint });
  await clients.kinesis.send(new CreateStreamCommand({ StreamName: 's', ShardCount: 2 }));
});

afterEach(async () => {
  destroyClients(clients);
  await emulator.close();
});

const record = (key: string) => ({ PartitionKey: key, Data: Buffer.from('1') });

test('records put one by one and many at once are counted, those of other streams are not', async () => {
  await clients.kinesis.send(new CreateStreamCommand({ StreamName: 'other', ShardCount: 1 }));
  const puts = emulator.putsInto('s');
  const heard: number[] = [];
  const stop = puts.onPut((count) => heard.push(count));

  await clients.kinesis.send(new PutRecordCommand({ StreamName: 's', ...record('a') }));
  await clients.kinesis.send(new PutRecordCommand({ StreamName: 'other', ...record('a') }));
  const Records = ['a', 'b', 'c'].map(record);
  await clients.kinesis.send(new PutRecordsCommand({ StreamName: 's', Records }));
  stop();
  await clients.kinesis.send(new PutRecordCommand({ StreamName: 's', ...record('d') }));

  expect(heard).toEqual([1, 3]);
  expect(puts.count).toBe(5);
});
