import { detectChangePoints } from '@aed/core';
import { DeleteItemCommand, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { beforeEach, describe, expect, test } from 'vitest';
import { nile } from '../../cli/datasets/nile.ts';
import { putEvents } from '../../cli/produce/put-events.ts';
import type { PutEvent } from '../../cli/produce/stream-entry.ts';
import { realBackoff } from '../../lambda/backoff.ts';
import { names } from '../../local/resources.ts';
import { countEvents, readChangePoints } from '../../local/stored.ts';
import { usePipeline } from '../use/backend.ts';

const reported: { readonly error?: unknown }[] = [];
const pipeline = usePipeline({ report: (entry) => reported.push(entry) }, 'for each test');

beforeEach(() => {
  reported.length = 0;
});

/** Puts events and waits until every one is tested. */
async function putAndTest(events: readonly PutEvent[]): Promise<void> {
  const before = pipeline.recorder.progress.succeeded;
  const put = await putEvents(pipeline.clients.kinesis, names.stream, events, { backoff: realBackoff });
  await pipeline.recorder.doneWith(before + put);
  await pipeline.detector.doneWith(pipeline.tableStream.length);
}

async function putRaw(...records: readonly (string | Uint8Array)[]): Promise<void> {
  const before = pipeline.recorder.progress.succeeded;
  await pipeline.clients.kinesis.send(
    new PutRecordsCommand({
      StreamName: names.stream,
      Records: records.map((data) => ({ PartitionKey: 'p', Data: Buffer.from(data) })),
    }),
  );
  await pipeline.recorder.doneWith(before + records.length);
}

/** Everything that waits in the queue now. */
async function receiveAll(): Promise<readonly { readonly Message: string }[]> {
  const received = [];
  for (;;) {
    const { Messages = [] } = await pipeline.clients.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: pipeline.resources.queueUrl, MaxNumberOfMessages: 10 }),
    );
    if (Messages.length === 0) return received;
    received.push(...Messages.map(({ Body = '' }) => JSON.parse(Body)));
  }
}

interface QuarantineObject {
  readonly data: string;
  readonly problemCount: number;
  readonly problems: readonly { readonly position: number; readonly reason: string }[];
  readonly shardId: string;
  readonly sequenceNumber: string;
  readonly arrivedAt: string;
}

async function quarantined(): Promise<readonly QuarantineObject[]> {
  const { s3 } = pipeline.clients;
  const Bucket = names.quarantineBucket;
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'quarantine/' }));
  const bodies = Contents.map(async ({ Key }) => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    return JSON.parse((await Body?.transformToString()) ?? '');
  });
  return Promise.all(bodies);
}

const event = (index: number, value: number) =>
  JSON.stringify({ seriesId: 's', timestamp: Date.UTC(2020, 0, 1) + index * 1000, value });

describe('the path of a record', () => {
  test('the Nile: one fall, since 1899, known in 1907, stored, published and marked', async () => {
    await putAndTest((await nile()).readings);

    expect(await countEvents(pipeline.clients)).toBe(100);
    const stored = await readChangePoints(pipeline.clients);
    expect(stored).toEqual([
      expect.objectContaining({
        seriesId: 'nile',
        changedAt: '1899-01-01T00:00:00.000Z',
        detectedAt: '1907-01-01T00:00:00.000Z',
        changedFrom: '1897-01-01T00:00:00.000Z',
        changedTo: '1900-01-01T00:00:00.000Z',
        direction: 'down',
        kind: 'shift',
        magnitude: -294,
        magnitudeInterval: { from: -439, to: -154 },
        before: {
          count: 28,
          median: 1130,
          mean: 1097.75,
          from: '1871-01-01T00:00:00.000Z',
          to: '1898-01-01T00:00:00.000Z',
        },
        after: {
          count: 9,
          median: 833,
          mean: expect.closeTo(807.11, 2),
          from: '1899-01-01T00:00:00.000Z',
          to: '1907-01-01T00:00:00.000Z',
        },
        value: 692,
        publishedAt: expect.any(String),
      }),
    ]);

    const [message, ...others] = await receiveAll();
    expect(others).toEqual([]);
    expect(stored[0]).toMatchObject(JSON.parse(message?.Message ?? ''));
  });

  test('several changes in one batch are all found', async () => {
    const levels = [0, 50, -50, 20, 90];
    const events = levels.flatMap((level, at) =>
      Array.from({ length: 40 }, (_, i) => ({
        seriesId: 's',
        timestamp: Date.UTC(2020) + (at * 40 + i) * 1000,
        value: level + (i % 3),
      })),
    );
    await putAndTest(events);
    const stored = await readChangePoints(pipeline.clients);
    const expected = detectChangePoints(events.map(({ value }) => value));
    expect(expected).toHaveLength(4);
    expect(stored).toMatchObject(
      expected.map(({ changedAt, detectedAt, pValue, magnitude }) => ({
        changedAt: new Date(Date.UTC(2020) + changedAt * 1000).toISOString(),
        detectedAt: new Date(Date.UTC(2020) + detectedAt * 1000).toISOString(),
        pValue,
        magnitude,
      })),
    );
    expect(await receiveAll()).toHaveLength(4);
  });

  test('the same records once more add no event, no change point and no notification', async () => {
    const { readings } = await nile();
    await putAndTest(readings);
    const firstTime = await readChangePoints(pipeline.clients);
    expect(await receiveAll()).toHaveLength(1);

    await putAndTest(readings);
    expect(await countEvents(pipeline.clients)).toBe(100);
    expect(await readChangePoints(pipeline.clients)).toEqual(firstTime);
    expect(await receiveAll()).toEqual([]);
    const changes = pipeline.tableStream.read(undefined, Number.POSITIVE_INFINITY);
    // The second time changed marks alone.
    const [first, second] = [changes.slice(0, 100), changes.slice(100)].map((half) =>
      half.map(({ dynamodb: { NewImage: { wave, ...event } = {} } }) => event),
    );
    expect(second).toEqual(first);
  });

  test('an event older than the regime is stored and changes nothing', async () => {
    const { readings } = await nile();
    await putAndTest(readings);
    const before = await readChangePoints(pipeline.clients);
    await putAndTest([{ seriesId: 'nile', timestamp: '1850-01-01T00:00:00Z', value: 5000 } as PutEvent]);
    expect(await countEvents(pipeline.clients)).toBe(101);
    expect(await readChangePoints(pipeline.clients)).toEqual(before);
    expect(reported.at(-1)).toMatchObject({ step: 'detector', tested: 0, late: 1 });
  });

  test('events that someone deletes or corrects by hand count no more, and as they are, with the next one', async () => {
    await putRaw(Array.from({ length: 40 }, (_, index) => event(index, 0)).join('\n'));
    await pipeline.detector.doneWith(40);
    const { dynamoDb } = pipeline.clients;
    const { Items: items = [] } = await dynamoDb.send(new ScanCommand({ TableName: names.eventsTable }));
    for (const { seriesId = { S: '' }, eventKey = { S: '' } } of items.slice(0, 34))
      await dynamoDb.send(
        new DeleteItemCommand({ TableName: names.eventsTable, Key: { seriesId, eventKey } }),
      );
    await pipeline.detector.doneWith(74);
    expect(reported.every(({ error }) => error === undefined)).toBe(true);
    await putRaw(event(40, 0));
    await pipeline.detector.doneWith(75);
    expect(reported.at(-1)).toMatchObject({ tested: 1, coldReads: 1, regimeLength: 7 });

    const [last] = items.slice(-1);
    await dynamoDb.send(
      new PutItemCommand({ TableName: names.eventsTable, Item: { ...last, value: { N: '5' } } }),
    );
    await pipeline.detector.doneWith(76);
    await putRaw(event(41, 0));
    await pipeline.detector.doneWith(77);
    expect(reported.at(-1)).toMatchObject({ tested: 1, coldReads: 1, regimeLength: 8 });
  });

  test('a change point whose readings are corrected by hand is retracted, stored so and told once more', async () => {
    const newest = Math.floor(Date.now() / 1000);
    const readings = Array.from({ length: 40 }, (_, index) => ({
      seriesId: 's',
      timestamp: (newest - 40 + index) * 1000,
      value: (index < 20 ? 0 : 9) + (index % 3),
    }));
    await putAndTest(readings);
    expect(await receiveAll()).toHaveLength(1);
    const { dynamoDb } = pipeline.clients;
    const { Items: items = [] } = await dynamoDb.send(new ScanCommand({ TableName: names.eventsTable }));
    for (const [index, item] of items.slice(20).entries()) {
      const { value = { N: '0' } } = items[index] ?? {};
      await dynamoDb.send(new PutItemCommand({ TableName: names.eventsTable, Item: { ...item, value } }));
    }
    await pipeline.detector.doneWith(pipeline.tableStream.length);
    const [stored] = await readChangePoints(pipeline.clients);
    expect(stored).toMatchObject({ retractedAt: expect.any(String), publishedAt: expect.any(String) });
    const [message, ...others] = await receiveAll();
    expect(others).toEqual([]);
    expect(JSON.parse(message?.Message ?? '')).toMatchObject({
      id: stored?.id,
      retractedAt: stored?.retractedAt,
    });
    expect(reported.every(({ error }) => error === undefined)).toBe(true);
  });

  test('doubles at the edges of what DynamoDB holds come back as they were', async () => {
    const values = [2 ** 53 + 2, -(2 ** 60), 1e125, 1e-130, 0.1 + 0.2, 123456789.12345679];
    await putRaw(values.map((value, index) => event(index, value)).join('\n'));
    await pipeline.detector.doneWith(values.length);
    expect(reported.every(({ error }) => error === undefined)).toBe(true);
    expect(await countEvents(pipeline.clients)).toBe(values.length);
  });
});

describe('bad input is set aside, and the rest goes on', () => {
  const mebibyte = 1024 * 1024;
  test.each([
    ['unreadable JSON', '{"seriesId": ', 'not-json'],
    ['a missing field', '{"seriesId":"s","timestamp":1600000000000}', 'missing-field'],
    ['NaN', '{"seriesId":"s","timestamp":0,"value":NaN}', 'not-json'],
    ['1e400', '{"seriesId":"s","timestamp":1600000000000,"value":1e400}', 'bad-value'],
    ['a date that is none', '{"seriesId":"s","timestamp":"2023-02-30T00:00:00Z","value":1}', 'bad-timestamp'],
    [
      'a timestamp in 2099',
      '{"seriesId":"s","timestamp":"2099-01-01T00:00:00Z","value":1}',
      'future-timestamp',
    ],
    ['a record of 1 MiB', 'x'.repeat(mebibyte - 1), 'not-json'],
    ['an empty record', '', 'empty'],
  ])('%s', async (_, bad, reason) => {
    await putRaw(event(1, 1), bad, event(2, 2));
    await pipeline.detector.doneWith(2);
    expect(await countEvents(pipeline.clients)).toBe(2);
    const objects = await quarantined();
    expect(objects).toEqual([
      expect.objectContaining({
        data: Buffer.from(bad).toString('base64'),
        problemCount: 1,
        problems: [expect.objectContaining({ position: 0, reason })],
        shardId: 'shardId-000000000000',
        sequenceNumber: expect.stringMatching(/^\d+$/),
        arrivedAt: expect.stringMatching(/Z$/),
      }),
    ]);
  });

  test('one bad line in a record of many', async () => {
    await putRaw([event(1, 1), 'not json', event(2, 2)].join('\n'));
    await pipeline.detector.doneWith(2);
    expect(await countEvents(pipeline.clients)).toBe(2);
    expect((await quarantined())[0]?.problems).toEqual([
      expect.objectContaining({ position: 1, reason: 'not-json' }),
    ]);
  });

  test('a record of 1 MiB that is full of events', async () => {
    const line = (index: number) =>
      JSON.stringify({ seriesId: 's', timestamp: Date.UTC(2020) + index, value: 1, note: 'x'.repeat(900) });
    const count = Math.floor(mebibyte / (line(1000).length + 1));
    await putRaw(Array.from({ length: count }, (_, index) => line(index)).join('\n'));
    expect(await countEvents(pipeline.clients)).toBe(count);
    expect(await quarantined()).toEqual([]);
  });
});
