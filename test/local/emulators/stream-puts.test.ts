import { CreateStreamCommand, PutRecordCommand, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import type { StreamDb } from 'kinesalite/db/index.js';
import { beforeAll, expect, test } from 'vitest';
import { startKinesis } from '../../../local/emulators/kinesis.ts';
import { tapStream } from '../../../local/emulators/stream-puts.ts';
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

test('what could not be put is not counted, and what is put as many at once is, in either form of the call', () => {
  let failure: Error | undefined;
  const options: unknown[] = [];
  const records = {
    put: (_: string, __: unknown, done: (error?: Error) => void) => done(failure),
    batch(_: unknown, given: unknown, done: (error?: Error) => void) {
      options.push(given);
      done(failure);
    },
  } as unknown as StreamDb;
  const puts = tapStream(records);
  const told: unknown[] = [];
  const done = (error?: Error | null) => void told.push(error);
  const operations = [
    { type: 'put' as const, key: 'a', value: {} },
    { type: 'put' as const, key: 'b', value: {} },
    { type: 'del' as const, key: 'c' },
  ];
  const all = () => {
    records.put('a', {}, done);
    records.batch(operations, done);
    records.batch(operations, { sync: true }, done);
  };
  all();
  expect(puts.count).toBe(5);
  failure = new Error('IO error');
  all();
  expect(puts.count).toBe(5);
  expect(told).toEqual([undefined, undefined, undefined, failure, failure, failure]);
  expect(options).toEqual([{}, { sync: true }, {}, { sync: true }]);
});
