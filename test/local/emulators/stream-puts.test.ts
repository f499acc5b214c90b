import { CreateStreamCommand, PutRecordCommand, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { beforeAll, expect, test } from 'vitest';
import { startKinesis } from '../../../local/emulators/kinesis.ts';
import { useEmulator } from '../../use/emulator.ts';

const emulator = useEmulator(startKinesis);

beforeAll(async () => {
  await emulator.clients.kinesis.send(new CreateStreamCommand({ StreamName: 's', ShardCount: 2 }));
});

const record = (key: string) => ({ PartitionKey: key, Data: Buffer.from('1') });

test('records put one by one and many at once are counted, those of other streams are not', async () => {
  await emulator.clients.kinesis.send(new CreateStreamCommand({ StreamName: 'other', ShardCount: 1 }));
  const puts = emulator.putsInto('s');
  const heard: number[] = [];
  const stop = puts.onPut((count) => heard.push(count));

  await emulator.clients.kinesis.send(new PutRecordCommand({ StreamName: 's', ...record('a') }));
  await emulator.clients.kinesis.send(new PutRecordCommand({ StreamName: 'other', ...record('a') }));
  const Records = ['a', 'b', 'c'].map(record);
  await emulator.clients.kinesis.send(new PutRecordsCommand({ StreamName: 's', Records }));
  stop();
  await emulator.clients.kinesis.send(new PutRecordCommand({ StreamName: 's', ...record('d') }));

  expect(heard).toEqual([1, 3]);
  expect(puts.count).toBe(5);
});
