import { expect, test } from 'vitest';
import { limits, memorySource, record } from '../memory-source.ts';
import { start } from '../started-mapping.ts';

const throws = () => Promise.reject(new Error('store is gone'));

test('a function that throws has failed, and its batch is retried before any later one, which waits', async () => {
  let invocations = 0;
  const { mapping, invoked } = start(
    memorySource([record(1), record(2), record(3)]),
    async () => {
      if (++invocations <= 2) throw new Error('store is gone');
    },
    { batchSize: 2 },
  );
  await mapping.doneWith(3);
  await mapping.stop();
  expect(invoked).toEqual([[1, 2], [1, 2], [1, 2], [3]]);
});

test('the waits between retries double, from 50 ms to 5 s', async () => {
  const { mapping, waits } = start(memorySource([record(1)]), throws, { retryAttempts: 9 });
  await mapping.doneWith(1);
  await mapping.stop();
  expect(waits).toEqual([50, 100, 200, 400, 800, 1600, 3200, 5000, 5000]);
});

test('a function that takes longer than its time-out has failed, and its batch is retried', async () => {
  const { mapping, invoked, discarded } = start(
    memorySource([record(1)]),
    () => new Promise(() => {}),
    {},
    {
      limits: {
        mapping: { ...limits, retryAttempts: 1 },
        function: { timeoutSeconds: 0.01, memoryMegabytes: 128 },
      },
    },
  );
  await mapping.doneWith(1);
  await mapping.stop();
  expect(invoked).toEqual([[1], [1]]);
  expect(discarded).toMatchObject([{ condition: 'RetryAttemptsExhausted', invocations: 2, unhandled: true }]);
  expect(mapping.lastFailure).toMatchObject({ name: 'FunctionTimeoutError' });
});

test('records that grow too old amid retries are given up, those that came later go on', async () => {
  let time = 0;
  const records = [record(1, { arrivedAt: 0 }), record(2, { arrivedAt: 20_000 })];
  const { mapping, invoked, discarded } = start(
    memorySource(records),
    async ({ Records }) => {
      if (Records.includes(1)) throw new Error('store is gone');
    },
    { maxRecordAgeSeconds: 15, retryAttempts: 100 },
    {
      now: () => time,
      wait: async () => {
        time += 10_000;
      },
    },
  );
  await mapping.doneWith(2);
  await mapping.stop();
  expect(invoked).toEqual([[1, 2], [1, 2], [2]]);
  expect(discarded).toMatchObject([
    { condition: 'RecordAgeExceeded', invocations: 2, records: [records[0]] },
  ]);
});
