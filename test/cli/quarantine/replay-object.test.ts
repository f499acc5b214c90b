import { PutRecordCommand } from '@aws-sdk/client-kinesis';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import type { DynamoDBRecord } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { keptObjects } from '../../../cli/quarantine/bucket.ts';
import { MissingTargetError, type ReplayParts, replayObject } from '../../../cli/quarantine/replay-object.ts';
import { aggregateRecords } from '../../../lambda/record/aggregated-record.ts';
import { localIdentity } from '../../../local/clients.ts';
import { bucketOnFailure } from '../../../local/event-source-mapping/on-failure.ts';
import { names } from '../../../local/resources.ts';
import { countEvents, readChangePoints } from '../../../local/stored.ts';
import { kinesisRecord } from '../../lambda/kinesis-record.ts';
import { usePipeline } from '../../use/backend.ts';

const pipeline = usePipeline({}, 'for each test');
let parts: ReplayParts;
let lambda: LambdaClient;

beforeEach(() => {
  lambda = new LambdaClient({ ...localIdentity, endpoint: pipeline.lambdaEndpoint, maxAttempts: 1 });
  parts = {
    objects: keptObjects(pipeline.clients.s3, names.quarantineBucket),
    kinesis: pipeline.clients.kinesis,
    lambda,
    streamName: names.stream,
    detectorFunction: names.detectorFunction,
  };
});
afterEach(() => lambda.destroy());

const event = (index: number, value = index) =>
  JSON.stringify({ seriesId: 's', timestamp: Date.UTC(2020) + index, value });

/** Puts records and waits until the recorder is done with them. */
async function put(...records: (string | Uint8Array)[]): Promise<void> {
  const done = pipeline.recorder.progress.succeeded + records.length;
  for (const data of records) {
    await pipeline.clients.kinesis.send(
      new PutRecordCommand({ StreamName: names.stream, PartitionKey: 'p', Data: Buffer.from(data) }),
    );
  }
  await pipeline.recorder.doneWith(done);
}

async function keys(prefix?: string): Promise<readonly string[]> {
  if (prefix !== undefined) {
    const { Contents = [] } = await pipeline.clients.s3.send(
      new ListObjectsV2Command({ Bucket: names.quarantineBucket, Prefix: prefix }),
    );
    return Contents.map(({ Key = '' }) => Key);
  }
  const found: string[] = [];
  for await (const key of parts.objects.keys()) found.push(key);
  return found;
}

async function onlyKey(): Promise<string> {
  const [key, ...others] = await keys();
  if (key === undefined || others.length > 0) throw new Error(`not one object: ${others.length + 1}`);
  return key;
}

describe('a record', () => {
  const future = (at: number) =>
    JSON.stringify({ seriesId: 's', timestamp: new Date(Date.now() + at).toISOString(), value: 1 });

  test('goes back through the stream, with its key; its good entries are not doubled', async () => {
    await put(`${event(1)}\nbad\n${event(2)}`);
    const key = await onlyKey();
    const before = pipeline.recorder.progress.succeeded;
    const replayed = await replayObject(key, parts);
    await pipeline.recorder.doneWith(before + 1);
    // It is still bad, and comes back where the answer says.
    const again = await onlyKey();
    expect(again).not.toBe(key);
    expect(replayed).toEqual({
      key,
      outcome: 'replayed',
      records: 1,
      movedTo: `replayed/${key}`,
      comesBackAs: again,
    });
    expect(await keys('replayed/')).toEqual([`replayed/${key}`]);
    expect(await countEvents(pipeline.clients)).toBe(2);
    // The stream has both events, and the second one again: the wave of a replay is told, though it changes nothing.
    expect(pipeline.tableStream.length).toBe(3);
    const found = await parts.objects.read(again);
    expect(found?.kept).toMatchObject({
      kind: 'record',
      partitionKey: 'p',
      problems: [{ position: 1, reason: 'not-json' }],
    });
  });

  test('with mended data becomes an event', async () => {
    await put('{"seriesId":"s","timestamp":1600000000000,"value":"7"}');
    const before = pipeline.recorder.progress.succeeded;
    const mended = Buffer.from('{"seriesId":"s","timestamp":1600000000000,"value":7}');
    expect(await replayObject(await onlyKey(), parts, mended)).toMatchObject({ outcome: 'replayed' });
    await pipeline.recorder.doneWith(before + 1);
    expect(await countEvents(pipeline.clients)).toBe(1);
    expect(await keys()).toEqual([]);
  });

  test('refused as too far in the future becomes an event when replayed later', async () => {
    const data = future(301_000);
    await put(data);
    const key = await onlyKey();
    expect((await parts.objects.read(key))?.kept).toMatchObject({
      problems: [{ reason: 'future-timestamp' }],
    });
    // A replayed record arrives anew: by then its timestamp is near enough.
    await expect.poll(() => Date.parse(JSON.parse(data).timestamp) - Date.now()).toBeLessThan(300_000);
    const before = pipeline.recorder.progress.succeeded;
    await replayObject(key, parts);
    await pipeline.recorder.doneWith(before + 1);
    expect(await countEvents(pipeline.clients)).toBe(1);
  });

  test('an aggregated one goes back whole, and names the bad ones of its records', async () => {
    const together = [event(1), '?', event(2)].map((data, index) => ({
      partitionKey: `k${index}`,
      data: Buffer.from(data),
    }));
    const data = aggregateRecords(together);
    await put(data);
    const key = await onlyKey();
    expect((await parts.objects.read(key))?.kept).toMatchObject({
      data: Buffer.from(data).toString('base64'),
      problems: [{ position: 0, reason: 'not-json', userRecord: { index: 1, partitionKey: 'k1' } }],
    });
    const before = pipeline.recorder.progress.succeeded;
    const [first, , third] = together;
    if (first === undefined || third === undefined) throw new Error('there are three');
    const mended = { partitionKey: 'k1', data: Buffer.from(event(3)) };
    await replayObject(key, parts, aggregateRecords([first, mended, third]));
    await pipeline.recorder.doneWith(before + 1);
    expect(await countEvents(pipeline.clients)).toBe(3);
  });

  test('replayed twice, the second time changes nothing', async () => {
    await put('bad');
    const key = await onlyKey();
    await replayObject(key, parts);
    expect(await replayObject(key, parts)).toEqual({ key, outcome: 'already replayed' });
    expect(await replayObject(`replayed/${key}`, parts)).toMatchObject({ outcome: 'already replayed' });
    await put(event(1));
    // Three records: the bad one, its replay and this one. Had it been replayed twice, this one would be the fourth.
    await pipeline.recorder.doneWith(3);
    expect(await countEvents(pipeline.clients)).toBe(1);
  });

  test('without a stream to go to it stays', async () => {
    await put('bad');
    const key = await onlyKey();
    const { streamName, ...withoutStream } = parts;
    await expect(replayObject(key, withoutStream)).rejects.toThrow(MissingTargetError);
    expect(await keys()).toEqual([key]);
  });

  test('if the stream does not take it, it stays', async () => {
    await put('bad');
    const key = await onlyKey();
    await expect(replayObject(key, { ...parts, streamName: 'nowhere' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    expect(await keys()).toEqual([key]);
  });
});

/** Sets a batch aside as the mapping of that function does. */
async function giveUp(
  functionName: string,
  batchInfoName: 'KinesisBatchInfo' | 'DDBStreamBatchInfo',
  events: readonly object[],
  consumer = '',
): Promise<string> {
  const arn = batchInfoName === 'KinesisBatchInfo' ? pipeline.resources.streamArn : pipeline.tableStream.arn;
  const source = { arn: `${arn}${consumer}`, batchInfoName };
  await bucketOnFailure(
    pipeline.clients.s3,
    names.quarantineBucket,
    source,
    functionName,
  )({
    shardId: 'shardId-000000000000',
    condition: 'RetryAttemptsExhausted',
    invocations: 11,
    unhandled: true,
    records: events.map((each, index) => ({
      sequenceNumber: String(index),
      key: String(index),
      arrivedAt: 0,
      bytes: 1,
      event: each,
      matchable: each,
    })),
  });
  return onlyKey();
}

describe('a batch that the recorder could not store', () => {
  test.each([
    ['', 'the stream'],
    ['/consumer/recorder:1700000000', 'a consumer of the stream'],
  ])(
    'goes back through the stream that it came from, if its ARN ends with "%s": that of %s',
    async (consumer) => {
      const records = [1, 2, 3].map((index) => kinesisRecord(String(index), event(index)));
      const key = await giveUp(names.recorderFunction, 'KinesisBatchInfo', records, consumer);
      const { streamName, ...withoutStream } = parts;
      expect(await replayObject(key, withoutStream)).toEqual({
        key,
        outcome: 'replayed',
        records: 3,
        movedTo: `replayed/${key}`,
      });
      await pipeline.recorder.doneWith(3);
      expect(await countEvents(pipeline.clients)).toBe(3);
      expect(await keys()).toEqual([]);
      expect(await replayObject(key, parts)).toMatchObject({ outcome: 'already replayed' });
    },
  );
});

describe('a batch that the detector could not test', () => {
  /** Stores a shift, which nobody tests, and gives its records up. */
  async function giveUpShift(): Promise<string> {
    await pipeline.detector.stop();
    await put(Array.from({ length: 40 }, (_, i) => event(i, (i < 20 ? 0 : 9) + (i % 3))).join('\n'));
    const records: readonly DynamoDBRecord[] = pipeline.tableStream.read(undefined, 40);
    expect(records).toHaveLength(40);
    return giveUp(names.detectorFunction, 'DDBStreamBatchInfo', records);
  }

  test('is given to the detector', async () => {
    const key = await giveUpShift();
    const { detectorFunction, ...withoutFunction } = parts;
    expect(await readChangePoints(pipeline.clients)).toEqual([]);
    expect(await replayObject(key, withoutFunction)).toMatchObject({ outcome: 'replayed', records: 40 });
    const found = await readChangePoints(pipeline.clients);
    expect(found).toMatchObject([{ direction: 'up', publishedAt: expect.any(String) }]);
    expect(await keys()).toEqual([]);
  });

  test('stays while the detector names records as failed', async () => {
    const key = await giveUp(names.detectorFunction, 'DDBStreamBatchInfo', [{ eventName: 'INSERT' }]);
    expect(await replayObject(key, parts)).toEqual({
      key,
      outcome: 'failed',
      problem: expect.stringContaining('a record of the events table stream has no seriesId'),
    });
    expect(await keys()).toEqual([key]);
  });

  test('stays if there is no such function', async () => {
    const key = await giveUp(names.detectorFunction, 'DDBStreamBatchInfo', [{}]);
    await expect(replayObject(key, { ...parts, detectorFunction: 'none' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  test('takes no data in place of its own', async () => {
    const key = await giveUp(names.detectorFunction, 'DDBStreamBatchInfo', [{}]);
    expect(await replayObject(key, parts, Buffer.of())).toMatchObject({ outcome: 'failed' });
  });
});

describe('other objects', () => {
  test.each([
    ['no JSON', '{', 'cannot be read: not JSON'],
    ['JSON of something else', '[]', 'cannot be read: the object must be an object'],
    [
      'a record without data',
      '{"problems":[],"shardId":"s","sequenceNumber":"1","partitionKey":"p"}',
      'cannot be read: arrivedAt must be text',
    ],
    [
      'a batch without payload',
      '{"requestContext":{},"KinesisBatchInfo":{}}',
      'cannot be read: payload must be text',
    ],
  ])('%s stays where it is', async (_, Body, problem) => {
    const key = 'quarantine/shard/other';
    const Bucket = names.quarantineBucket;
    await pipeline.clients.s3.send(new PutObjectCommand({ Bucket, Key: key, Body }));
    expect(await replayObject(key, parts)).toEqual({ key, outcome: 'failed', problem });
    const { Body: kept } = await pipeline.clients.s3.send(new GetObjectCommand({ Bucket, Key: key }));
    expect(await kept?.transformToString()).toBe(Body);
  });

  test('one that somebody edited into what the stream refuses, or into no Base64, stays, and holds up no other', async () => {
    const record = { shardId: 's', sequenceNumber: '1', partitionKey: 'p', arrivedAt: '', problems: [] };
    const data = Buffer.from(event(1)).toString('base64');
    const whole = { ...record, problemCount: 0, data };
    const batch = (kinesis: object) => ({
      requestContext: { condition: 'c', functionArn: 'f' },
      KinesisBatchInfo: {
        shardId: 's',
        startSequenceNumber: '1',
        approximateArrivalOfFirstRecord: '',
        streamArn: pipeline.resources.streamArn,
      },
      payload: JSON.stringify({ Records: [{ kinesis }] }),
    });
    const edited: readonly (readonly [object, RegExp])[] = [
      [{ ...whole, partitionKey: '' }, /partitionKey/],
      [{ ...whole, partitionKey: 'k'.repeat(257) }, /partitionKey/],
      [{ ...whole, data: `${data.slice(0, 8)}!${data.slice(8)}` }, /not Base64/],
      [{ ...whole, data: data.slice(0, -1).replace(/.=*$/, '') }, /not Base64/],
      [batch({ partitionKey: '', data }), /partitionKey/],
      [batch({ partitionKey: 'p', data: '?' }), /not Base64/],
    ];
    for (const [object, problem] of edited) {
      await pipeline.clients.s3.send(
        new PutObjectCommand({
          Bucket: names.quarantineBucket,
          Key: 'quarantine/edited',
          Body: JSON.stringify(object),
        }),
      );
      expect(await replayObject('quarantine/edited', parts)).toMatchObject({
        outcome: 'failed',
        problem: expect.stringMatching(problem),
      });
      expect(await keys()).toEqual(['quarantine/edited']);
    }
    // Line breaks and missing padding change no byte.
    const wrapped = { ...whole, data: `${data.slice(0, 8)}\n${data.slice(8).replace(/=+$/, '')}` };
    await pipeline.clients.s3.send(
      new PutObjectCommand({
        Bucket: names.quarantineBucket,
        Key: 'quarantine/edited',
        Body: JSON.stringify(wrapped),
      }),
    );
    expect(await replayObject('quarantine/edited', parts)).toMatchObject({ outcome: 'replayed' });
  });

  test('one that is larger than it may be is not read', async () => {
    await put('bad');
    const key = await onlyKey();
    const objects = keptObjects(pipeline.clients.s3, names.quarantineBucket, { mostBytes: 100 });
    expect(await replayObject(key, { ...parts, objects })).toEqual({
      key,
      outcome: 'failed',
      problem: expect.stringMatching(/^cannot be read: it has \d{3} bytes$/),
    });
  });

  test('one that is not there is not found', async () => {
    expect(await replayObject('quarantine/none', parts)).toEqual({
      key: 'quarantine/none',
      outcome: 'not found',
    });
  });
});
