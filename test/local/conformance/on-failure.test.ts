import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { startMessaging } from '../../../local/emulators/messaging.ts';
import type { Handler } from '../../../local/event-source-mapping/invoke.ts';
import { startMapping } from '../../../local/event-source-mapping/mapping.ts';
import { bucketOnFailure } from '../../../local/event-source-mapping/on-failure.ts';
import type { SourceRecord } from '../../../local/event-source-mapping/source.ts';
import { useEmulator } from '../../use/emulator.ts';
import { limits, memorySource, record, sequenceNumber } from '../memory-source.ts';

const emulator = useEmulator(startMessaging);

async function objectsOf(Bucket: string) {
  const { Contents = [] } = await emulator.clients.s3.send(new ListObjectsV2Command({ Bucket }));
  return Promise.all(
    Contents.map(async ({ Key = '' }) => {
      const { Body } = await emulator.clients.s3.send(new GetObjectCommand({ Bucket, Key }));
      return { key: Key, content: JSON.parse((await Body?.transformToString()) ?? '') };
    }),
  );
}

const throws: Handler<number> = () => Promise.reject(new Error('store is gone'));

/** Gives records to a function that always fails, until they are discarded; the time is 100 s. */
async function giveUp(
  Bucket: string,
  records: readonly SourceRecord<number>[],
  source = {},
  handler = throws,
) {
  await emulator.clients.s3.send(new CreateBucketCommand({ Bucket }));
  const memory = { ...memorySource(records), ...source };
  const mapping = startMapping({
    source: memory,
    functionName: 'recorder',
    handler,
    limits: {
      mapping: { ...limits, maxRecordAgeSeconds: 60 },
      function: { timeoutSeconds: 60, memoryMegabytes: 128 },
    },
    onFailure: bucketOnFailure(emulator.clients.s3, Bucket, memory, 'recorder'),
    wait: async () => {},
    now: () => 100_000,
  });
  await mapping.doneWith(records.length);
  await mapping.stop();
}

const uuid = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';

test('a batch whose retries are used up becomes one object, as Lambda writes it', async () => {
  await giveUp('retries', [record(7, { arrivedAt: 50_000 }), record(8, { arrivedAt: 60_000 })]);
  const objects = await objectsOf('retries');
  expect(objects).toEqual([
    {
      key: expect.stringMatching(
        `^aws/lambda/${uuid}/shard-0/\\d{4}/\\d\\d/\\d\\d/\\d{4}-\\d\\d-\\d\\dT\\d\\d\\.\\d\\d\\.\\d\\d-${uuid}$`,
      ),
      content: {
        requestContext: {
          requestId: expect.stringMatching(`^${uuid}$`),
          functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:recorder',
          condition: 'RetryAttemptsExhausted',
          approximateInvokeCount: 3,
        },
        responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
        version: '1.0',
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        KinesisBatchInfo: {
          shardId: 'shard-0',
          startSequenceNumber: sequenceNumber(7),
          endSequenceNumber: sequenceNumber(8),
          approximateArrivalOfFirstRecord: '1970-01-01T00:00:50.000Z',
          approximateArrivalOfLastRecord: '1970-01-01T00:01:00.000Z',
          batchSize: 2,
          streamArn: 'arn:aws:kinesis:us-east-1:000000000000:stream/memory',
        },
        payload: '{"Records":[7,8]}',
      },
    },
  ]);
});

test('a batch given up after partial answers carries no function error', async () => {
  await giveUp('partial', [record(7, { arrivedAt: 50_000 })], {}, async () => ({
    batchItemFailures: [{ itemIdentifier: sequenceNumber(7) }],
  }));
  expect(await objectsOf('partial')).toMatchObject([
    {
      content: {
        requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 3 },
        responseContext: { statusCode: 200, functionError: null },
      },
    },
  ]);
});

test('a batch discarded for its age was never invoked and carries no response', async () => {
  await giveUp('ages', [record(7, { arrivedAt: 39_999 })]);
  expect(await objectsOf('ages')).toMatchObject([
    {
      content: {
        requestContext: { condition: 'RecordAgeExceeded', approximateInvokeCount: 0 },
        responseContext: null,
        payload: '{"Records":[7]}',
      },
    },
  ]);
});

test('a batch of a table stream is named as such', async () => {
  await giveUp('tables', [record(7, { arrivedAt: 50_000 })], { batchInfoName: 'DDBStreamBatchInfo' });
  const [object] = await objectsOf('tables');
  expect(object?.content).toHaveProperty('DDBStreamBatchInfo.startSequenceNumber', sequenceNumber(7));
  expect(object?.content).not.toHaveProperty('KinesisBatchInfo');
});

test('a bucket that is not there breaks the mapping', async () => {
  const source = memorySource([record(1)]);
  const mapping = startMapping({
    source,
    functionName: 'recorder',
    handler: () => Promise.reject(new Error('store is gone')),
    limits: {
      mapping: { ...limits, retryAttempts: 0 },
      function: { timeoutSeconds: 60, memoryMegabytes: 128 },
    },
    onFailure: bucketOnFailure(emulator.clients.s3, 'nowhere', source, 'recorder'),
    now: () => 0,
  });
  await expect(mapping.doneWith(1)).rejects.toMatchObject({ name: 'NoSuchBucket' });
  await expect(mapping.stop()).rejects.toMatchObject({ name: 'NoSuchBucket' });
});
