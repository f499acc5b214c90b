import { detectChangePoints } from '@aed/core';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DetectorHandler, detectorHandler } from '../../lambda/detector.ts';
import { type RecorderHandler, recorderHandler } from '../../lambda/recorder.ts';
import { type Backend, startBackend } from '../../local/backend.ts';
import { readChangePoints } from '../../local/stored.ts';
import { kinesisRecord } from '../lambda/kinesis-record.ts';

let backend: Backend;
let recorder: RecorderHandler;
/** Two instances of the function, each with what it remembers. */
let detectors: readonly [DetectorHandler, DetectorHandler];

beforeAll(async () => {
  backend = await startBackend();
  // A short longest regime brings set points into play as well.
  const environment = { ...backend.environment, MAX_REGIME_LENGTH: '60', RESTART: 'change', ALPHA: '0.05' };
  recorder = recorderHandler(environment, () => {});
  detectors = [detectorHandler(environment, () => {}), detectorHandler(environment, () => {})];
});

afterAll(() => backend.close());

/** Quiet and shifted stretches, with noise that repeats values. */
const values = [3, 3, 9, 9, 4, 4, 4, 4, 4, 12, 12, 5, 5].flatMap((level, at) =>
  Array.from({ length: 17 }, (_, i) => level + ((i * 7 + at) % 5) / 4),
);

let sequence = 0;

const event = (seriesId: string, index: number) => ({
  seriesId,
  timestamp: index * 1000,
  value: values[index],
  eventId: `reading ${index}`,
});

/** Records one stretch of the series and tests what is new in the table, each as often as told. */
async function bring(
  seriesId: string,
  from: number,
  to: number,
  times: number,
  instance: 0 | 1,
): Promise<void> {
  const { tableStream } = backend;
  const position = tableStream.read(undefined, Number.POSITIVE_INFINITY).at(-1)?.dynamodb.SequenceNumber;
  const Records = values
    .slice(from, to)
    .map((_, i) => kinesisRecord(String(++sequence), JSON.stringify(event(seriesId, from + i))));
  for (let time = 0; time < times; time++) {
    expect(await recorder({ Records })).toEqual({ batchItemFailures: [] });
  }
  const arrived = [...tableStream.read(position, Number.POSITIVE_INFINITY)];
  for (let time = 0; time < times; time++) {
    expect(await detectors[instance]({ Records: arrived })).toEqual({ batchItemFailures: [] });
  }
}

/** What the change-points table holds of a series, but for its name and the clock. */
async function table(seriesId: string) {
  const all = await readChangePoints(backend.clients);
  return all
    .filter((stored) => stored.seriesId === seriesId)
    .map(({ seriesId: _, id: __, publishedAt, ...rest }) => ({
      ...rest,
      published: !!publishedAt,
    }));
}

test('cut into batches in a hundred random ways, some brought twice, to either of two instances, the table is the same', async () => {
  await bring('all at once', 0, values.length, 1, 0);
  const expected = await table('all at once');
  expect(expected.map(({ changedAt }) => Date.parse(changedAt) / 1000)).toEqual(
    detectChangePoints(values, { alpha: 0.05, restart: 'change', maxRegimeLength: 60 }).map(
      ({ changedAt }) => changedAt,
    ),
  );
  expect(expected.length).toBeGreaterThanOrEqual(4);

  let ways = 0;
  const rest = { size: values.length, brought: 1, instance: 0 as const };
  const batch = fc.record({
    size: fc.integer({ min: 1, max: 60 }),
    brought: fc.constantFrom(1, 1, 1, 2),
    instance: fc.constantFrom(0 as const, 0 as const, 1 as const),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(batch, { minLength: 1, maxLength: 12 }), async (batches) => {
      const seriesId = `way ${++ways}`;
      let from = 0;
      for (const { size, brought, instance } of [...batches, rest]) {
        await bring(seriesId, from, from + size, brought, instance);
        from = Math.min(values.length, from + size);
      }
      expect(await table(seriesId)).toEqual(expected);
    }),
    { numRuns: 100 },
  );
});
