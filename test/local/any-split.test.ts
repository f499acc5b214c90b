import { detectChangePoints } from '@aed/core';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { type DetectorHandler, detectorHandler } from '../../lambda/detector/detector.ts';
import { type RecorderHandler, recorderHandler } from '../../lambda/recorder/recorder.ts';
import { readChangePoints } from '../../local/stored.ts';
import { kinesisRecord } from '../lambda/kinesis-record.ts';
import { useBackend } from '../use/backend.ts';

const backend = useBackend();
let recorder: RecorderHandler;
/** Two instances of the function, each with what it remembers. */
let detectors: readonly [DetectorHandler, DetectorHandler];

beforeAll(() => {
  // With a short longest regime, regimes are cut to their newest half as well.
  const environment = { ...backend.environment, MAX_REGIME_LENGTH: '60', RESTART: 'change', ALPHA: '0.05' };
  recorder = recorderHandler(environment, () => {});
  detectors = [detectorHandler(environment, () => {}), detectorHandler(environment, () => {})];
});

/** Quiet and shifted stretches, with noise that repeats values. */
const values = [3, 3, 9, 9, 4, 4, 4, 4, 4, 12, 12, 5, 5].flatMap((level, at) =>
  Array.from({ length: 17 }, (_, i) => level + ((i * 7 + at) % 5) / 4),
);

let sequence = 0;

/** Ten ways each: twenty by default, fifty with all random values. */
const numRuns = Math.ceil((fc.readConfigureGlobal()?.numRuns ?? 100) / 20);

const event = (seriesId: string, index: number) => ({
  seriesId,
  timestamp: Date.UTC(2020) + index * 1000,
  value: values[index],
  eventId: `reading ${index}`,
});

/** A stretch of a series, how often it is brought, and to which instance of the detector. */
interface Stretch {
  readonly seriesId: string;
  readonly from: number;
  readonly to: number;
  readonly brought: number;
  readonly instance: 0 | 1;
}

/** Records stretches of several series side by side, and tests what is new in the table, each as often as told. */
async function bring(stretches: readonly Stretch[]): Promise<void> {
  const { tableStream } = backend;
  const position = tableStream.read(undefined, Number.POSITIVE_INFINITY).at(-1)?.dynamodb.SequenceNumber;
  for (const time of [0, 1]) {
    const brought = stretches.filter((stretch) => stretch.brought > time);
    const longest = Math.max(0, ...brought.map(({ from, to }) => to - from));
    const Records = Array.from({ length: longest }, (_, i) =>
      brought
        .filter(({ from, to }) => from + i < Math.min(to, values.length))
        .map(({ seriesId, from }) =>
          kinesisRecord(String(++sequence), JSON.stringify(event(seriesId, from + i))),
        ),
    ).flat();
    expect(await recorder({ Records })).toEqual({ batchItemFailures: [] });
  }
  const arrived = [...tableStream.read(position, Number.POSITIVE_INFINITY)];
  for (const { seriesId, brought, instance } of stretches) {
    const Records = arrived.filter(({ dynamodb }) => dynamodb.NewImage?.seriesId?.S === seriesId);
    for (let time = 0; time < brought; time++) {
      expect(await detectors[instance]({ Records })).toEqual({ batchItemFailures: [] });
    }
  }
}

/** What the change-points table holds of each series, but for its name and the clock. */
async function tables(seriesIds: readonly string[]) {
  const all = await readChangePoints(backend.clients);
  return seriesIds.map((seriesId) =>
    all
      .filter((stored) => stored.seriesId === seriesId)
      .map(({ seriesId: _, id: __, publishedAt, ...rest }) => ({ ...rest, published: !!publishedAt })),
  );
}

test('cut into batches in any way, some brought twice, to either of two instances, the table is the same', async () => {
  await bring([{ seriesId: 'all at once', from: 0, to: values.length, brought: 1, instance: 0 }]);
  const [expected = []] = await tables(['all at once']);
  expect(expected.map(({ changedAt }) => (Date.parse(changedAt) - Date.UTC(2020)) / 1000)).toEqual(
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
  const way = fc.array(batch, { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(fc.array(way, { minLength: 10, maxLength: 10 }), async (tenWays) => {
      const running = tenWays.map((batches) => ({
        seriesId: `way ${++ways}`,
        batches: [...batches, rest],
        from: 0,
      }));
      for (let step = 0; running.some(({ batches }) => step < batches.length); step++) {
        const stretches = running.flatMap((each) => {
          const next = each.batches[step];
          if (next === undefined) return [];
          const { seriesId, from } = each;
          const to = Math.min(values.length, from + next.size);
          each.from = to;
          return [{ ...next, seriesId, from, to }];
        });
        await bring(stretches);
      }
      expect(await tables(running.map(({ seriesId }) => seriesId))).toEqual(running.map(() => expected));
    }),
    { numRuns },
  );
  // Some seconds of processor time, of which a busy machine gives a small part.
}, 300_000);
