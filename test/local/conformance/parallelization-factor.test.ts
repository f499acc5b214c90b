import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { MappingLimits } from '../../../lib/deployment-limits.ts';
import { trackCheckpoint } from '../../../local/event-source-mapping/checkpoint.ts';
import { payloadBytes } from '../../../local/event-source-mapping/gather-batch.ts';
import type { Handler } from '../../../local/event-source-mapping/invoke.ts';
import { startMapping } from '../../../local/event-source-mapping/mapping.ts';
import type { Source } from '../../../local/event-source-mapping/source.ts';
import { limits, memorySource, record, sequenceNumber } from '../memory-source.ts';

function start(source: Source<number>, handler: Handler<number>, mapping: Partial<MappingLimits>) {
  return startMapping<number>({
    source,
    functionName: 'recorder',
    handler,
    limits: { mapping: { ...limits, ...mapping }, function: { timeoutSeconds: 60, memoryMegabytes: 128 } },
    onFailure: async () => {},
    wait: async () => {},
    now: () => 0,
  });
}

/** Records 1 to n of so many keys, in turn. */
const ofKeys = (count: number, keys: number) =>
  Array.from({ length: count }, (_, index) => record(index + 1, { key: `key ${index % keys}` }));

test.each([1, 2, 10])(
  'as many batches of one shard are under way at once as the factor says, and no more: %i',
  async (parallelizationFactor) => {
    let underWay = 0;
    let most = 0;
    let allThere = () => {};
    const full = new Promise<void>((resolve) => {
      allThere = resolve;
    });
    const handler = async () => {
      most = Math.max(most, ++underWay);
      if (underWay === parallelizationFactor) allThere();
      await full;
      underWay--;
    };
    const source = memorySource(ofKeys(400, 100));
    const mapping = start(source, handler, { batchSize: 4, parallelizationFactor });
    await mapping.doneWith(400);
    await mapping.stop();
    expect(most).toBe(parallelizationFactor);
    expect(source.checkpoints).toEqual([sequenceNumber(400)]);
  },
);

test('records of one key keep their order whatever is repeated, each done once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 10 }),
      fc.integer({ min: 1, max: 7 }),
      fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 60 }),
      fc.infiniteStream(fc.constantFrom('done', 'done', 'throws', 'first half', 'later')),
      async (parallelizationFactor, batchSize, keys, fates) => {
        const records = keys.map((key, index) => record(index + 1, { key: `key ${key}` }));
        const done: number[] = [];
        const mapping = start(
          memorySource(records),
          async ({ Records }) => {
            const fate = fates.next().value;
            if (fate === 'throws') throw new Error('store is gone');
            if (fate === 'later') await new Promise(setImmediate);
            const end = fate === 'first half' ? Math.floor(Records.length / 2) : Records.length;
            done.push(...Records.slice(0, end));
            const next = Records[end];
            return next && { batchItemFailures: [{ itemIdentifier: sequenceNumber(next) }] };
          },
          { batchSize, parallelizationFactor, bisectBatchOnError: true, retryAttempts: 10_000 },
        );
        await mapping.doneWith(records.length);
        await mapping.stop();
        expect(done.toSorted((a, b) => a - b)).toEqual(records.map(({ event }) => event));
        for (const key of new Set(keys)) {
          const ofKey = done.filter((event) => keys[event - 1] === key);
          expect(ofKey).toEqual(ofKey.toSorted((a, b) => a - b));
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('a key that fails holds up its own batch, and the others only once the shard is read far ahead', async () => {
  let release = () => {};
  const blocked = new Promise<void>((resolve) => {
    release = resolve;
  });
  const source = memorySource(ofKeys(200, 40));
  const mapping = start(
    source,
    async ({ Records }) => {
      if (Records.includes(1)) await blocked;
    },
    { batchSize: 5, parallelizationFactor: 4 },
  );
  await mapping.doneWith(30);
  // The first record is under way: nothing after it may be taken as done with.
  expect(source.checkpoints).toEqual([undefined]);
  // Two batches ahead for each of the four that may be under way.
  expect(mapping.progress.succeeded).toBeLessThanOrEqual(40);
  release();
  await mapping.doneWith(200);
  await mapping.stop();
  expect(source.checkpoints).toEqual([sequenceNumber(200)]);
});

test('a shard of large records is read no further ahead than two payloads for each invocation', async () => {
  const bytes = payloadBytes / 2;
  const records = Array.from({ length: 40 }, (_, index) => record(index + 1, { bytes }));
  const source = memorySource(records);
  let read = 0;
  let release = () => {};
  const blocked = new Promise<void>((resolve) => {
    release = resolve;
  });
  const mapping = start(
    {
      ...source,
      async open(...place) {
        const shard = await source.open(...place);
        return {
          ...shard,
          async read() {
            read++;
            return shard.read(1);
          },
        };
      },
    },
    async () => blocked,
    { batchSize: 100, parallelizationFactor: 1 },
  );
  await vi.waitFor(() => expect(read).toBe(4));
  await new Promise(setImmediate);
  expect(read).toBe(4);
  release();
  await mapping.doneWith(40);
  await mapping.stop();
  expect(source.checkpoints).toEqual([sequenceNumber(40)]);
});

test('the checkpoint is the last record before which all are done with, in whatever order they end', () => {
  const order = fc.integer({ min: 1, max: 40 }).chain((count) =>
    fc.shuffledSubarray(
      Array.from({ length: count }, (_, index) => index),
      { minLength: count, maxLength: count },
    ),
  );
  fc.assert(
    fc.property(order, (ending) => {
      const moves: number[] = [];
      const checkpoint = trackCheckpoint((sequence) => moves.push(Number(sequence)));
      const read = ending.map((_, index) => ({ sequenceNumber: String(index), bytes: index }));
      checkpoint.read(read);
      const done = new Set<number>();
      for (const index of ending) {
        checkpoint.done(read.slice(index, index + 1));
        done.add(index);
        let contiguous = -1;
        while (done.has(contiguous + 1)) contiguous++;
        expect(moves.at(-1) ?? -1).toBe(contiguous);
        const open = read.filter(({ bytes }) => !done.has(bytes));
        expect(checkpoint.open).toBe(open.length);
        expect(checkpoint.openBytes).toBe(open.reduce((sum, { bytes }) => sum + bytes, 0));
      }
      expect(moves).toEqual(moves.toSorted((a, b) => a - b));
    }),
  );
});
