import { gzipSync } from 'node:zlib';
import { detectChangePoints } from '@aed/core';
import { PutRecordCommand } from '@aws-sdk/client-kinesis';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, expect, test } from 'vitest';
import { keptObjects } from '../../cli/quarantine/bucket.ts';
import { replayObject } from '../../cli/quarantine/replay-object.ts';
import { dynamoClient } from '../../lambda/clients.ts';
import { recordVariables } from '../../lambda/environment/recorder.ts';
import { timeOfEventKey } from '../../lambda/event.ts';
import type { ReportEntry } from '../../lambda/function-report.ts';
import { aggregateRecords } from '../../lambda/record/aggregated-record.ts';
import { recorderHandler } from '../../lambda/recorder/recorder.ts';
import { realSurroundings } from '../../lambda/surroundings.ts';
import { eventReader } from '../../lambda/tables/events-table.ts';
import { localIdentity } from '../../local/clients.ts';
import type { Pipeline } from '../../local/pipeline.ts';
import { names } from '../../local/resources.ts';
import { countEvents, readChangePoints } from '../../local/stored.ts';
import { kinesisRecord } from '../lambda/kinesis-record.ts';
import { usePipeline } from '../use/backend.ts';

const reported: ReportEntry[] = [];
const usual = usePipeline({ report: (entry) => reported.push(entry) });
const mended = usePipeline({
  environment: recordVariables.write({
    seriesIdField: 'device.id',
    timestampField: 'at',
    valueField: 'data.*',
    timestampUnit: 's',
    numbersAsText: true,
  }),
});
const byArrival = usePipeline({
  environment: recordVariables.write({
    seriesIdField: 'partitionKey',
    timestampField: 'arrival',
    valueField: 'value',
    timestampUnit: 'auto',
    numbersAsText: false,
  }),
});
const lambda = new LambdaClient({ ...localIdentity, endpoint: 'http://127.0.0.1:9' });
afterAll(() => lambda.destroy());

async function put(
  { clients, recorder, detector, tableStream }: Pipeline,
  ...records: (string | Uint8Array)[]
) {
  const done = recorder.progress.succeeded + records.length;
  for (const data of records) {
    await clients.kinesis.send(
      new PutRecordCommand({ StreamName: names.stream, PartitionKey: 'key', Data: Buffer.from(data) }),
    );
  }
  await recorder.doneWith(done);
  await tableStream.caughtUp();
  await detector.doneWith(tableStream.length);
}

async function keysOf({ environment }: Pipeline, seriesId: string): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const page of eventReader(dynamoClient(environment, realSurroundings), names.eventsTable).read(
    seriesId,
    undefined,
    '~',
  ))
    keys.push(...page.map(({ eventKey }) => eventKey));
  return keys;
}

test('what is set aside by the usual settings is recovered by a replay with mended ones, and tested', async () => {
  const levels = Array.from({ length: 40 }, (_, index) => (index < 20 ? 0 : 9) + (index % 3));
  const messages = levels.map((level, index) =>
    JSON.stringify({
      device: { id: 7 },
      at: 1_769_860_800 + index,
      data: { temp: `${level}.5`, hum: String(-level) },
    }),
  );
  const third = (at: number) => messages.slice(at, at + 20);
  await put(
    usual,
    gzipSync(third(0).join('')),
    aggregateRecords(
      third(20).map((text) => ({ partitionKey: 'k', explicitHashKey: 'undefined', data: gzipSync(text) })),
    ),
  );
  expect(reported.filter(({ step }) => step === 'recorder').map(({ reasons }) => reasons)).toContainEqual({
    'missing-field': expect.any(Number),
  });
  const objects = keptObjects(usual.clients.s3, names.quarantineBucket);
  const done = mended.recorder.progress.succeeded + 2;
  for await (const key of objects.keys()) {
    const parts = { objects, kinesis: mended.clients.kinesis, lambda, streamName: names.stream };
    expect(await replayObject(key, parts)).toMatchObject({ outcome: 'replayed', records: 1 });
  }
  await mended.recorder.doneWith(done);
  await mended.tableStream.caughtUp();
  await mended.detector.doneWith(mended.tableStream.length);

  expect(await countEvents(mended.clients)).toBe(80);
  const [expected] = detectChangePoints(levels);
  const at = (index = 0) => new Date((1_769_860_800 + index) * 1000).toISOString();
  const found = [...(await readChangePoints(mended.clients))].sort((a, b) => a.magnitude - b.magnitude);
  const change = { changedAt: at(expected?.changedAt), detectedAt: at(expected?.detectedAt) };
  expect(found).toMatchObject([
    { ...change, seriesId: '7/data.hum', magnitude: -(expected?.magnitude ?? 0) },
    { ...change, seriesId: '7/data.temp', magnitude: expected?.magnitude },
  ]);
});

test('events named by their arrival are all stored, and the same when the record is read again', async () => {
  await put(byArrival, '{"value":1}\n{"value":1}\n{"value":2}', '{"value":1}');
  const keys = await keysOf(byArrival, 'key');
  expect(keys).toHaveLength(4);
  for (const key of keys) expect(Date.now() - Date.parse(timeOfEventKey(key))).toBeLessThan(600_000);

  const again = recorderHandler(byArrival.environment, () => {});
  const record = kinesisRecord('17', '[{"value":1},{"value":1}]');
  for (const _ of [1, 2]) expect(await again({ Records: [record] })).toEqual({ batchItemFailures: [] });
  expect(await keysOf(byArrival, 'p')).toEqual([
    '2023-11-14T22:13:20.000Z#17.00000',
    '2023-11-14T22:13:20.000Z#17.00001',
  ]);
});

test('readings of one millisecond are all stored in their order; those that came before are counted', async () => {
  reported.length = 0;
  const line = (micros: number, value: number, eventId?: string) =>
    JSON.stringify({ seriesId: 'm', timestamp: `2026-01-31T12:00:00.000${micros}Z`, value, eventId });
  const lines = [
    line(100, 1),
    line(200, 1),
    line(150, 1),
    line(100, 1),
    line(300, 1, 'e'),
    line(300, 2, 'e'),
    '{"seriesId":"m","timestamp":"2026-01-31T12:00:00Z","value":1}',
  ];
  // In one record: of two, the second may come to the detector later, and then counts as late.
  await put(usual, lines.join('\n'));
  const keys = await keysOf(usual, 'm');
  expect(keys.map((key) => timeOfEventKey(key))).toEqual([
    '2026-01-31T12:00:00.000Z',
    '2026-01-31T12:00:00.0001Z',
    '2026-01-31T12:00:00.00015Z',
    '2026-01-31T12:00:00.0002Z',
    '2026-01-31T12:00:00.0003Z',
  ]);
  const sum = (name: string) => reported.reduce((total, entry) => total + Number(entry[name] ?? 0), 0);
  // The two lines with an id are one event and one write.
  expect(sum('recorded')).toBe(7);
  expect(sum('tested') - sum('again')).toBe(5);

  reported.length = 0;
  await put(usual, line(300, 3, 'e'));
  expect([sum('recorded'), sum('tested'), sum('again')]).toEqual([1, 1, 1]);
});
