import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareEventKeys, eventKey } from '../../../lambda/event.ts';
import { processingLimits } from '../../../lambda/processing-limits.ts';
import { eventReading } from '../../../lambda/record/event-reading.ts';
import { recordBatch, type StreamRecord } from '../../../lambda/recorder/record-batch.ts';
import type { WrittenEvent } from '../../../lambda/tables/events-table.ts';

/** What becomes of a call: nothing went in before it failed, all of it did, or every other item; or the function dies. */
const fates = ['well', 'throws before', 'throws after', 'leaves some', 'dies before', 'dies after'] as const;
type Fate = (typeof fates)[number];

/** One entry of a record: a series, the place of the event in its order of time; or an unreadable one. */
type Line = { readonly series: number; readonly at: number } | 'bad';

/** An event as it was put. Its value is its place among all lines, so that each is told from the others. */
interface PutEvent {
  readonly seriesId: string;
  readonly key: string;
  readonly value: number;
}

const start = Date.UTC(2024, 0);
const keyOf = (at: number) => eventKey({ timestamp: start + at, eventId: 'e' });

/** The records, and the events in them in the order in which they were put. */
function recordsOf(lines: readonly (readonly Line[])[]) {
  const put: PutEvent[] = [];
  const records = lines.map((entries, number): StreamRecord => {
    const texts = entries.map((line) => {
      if (line === 'bad') return '?';
      const seriesId = `s${line.series}`;
      const value = put.length;
      put.push({ seriesId, key: keyOf(line.at), value });
      return JSON.stringify({ seriesId, timestamp: start + line.at, value, eventId: 'e' });
    });
    const data = Buffer.from(texts.join('\n'));
    return {
      shardId: 'shard',
      sequenceNumber: `#${number}`,
      partitionKey: 'p',
      arrivedAt: start + 1e9,
      data,
    };
  });
  return { records, put };
}

/** A change of an item, or a write of a closing one: what the table's stream would hold. */
interface Change {
  readonly seriesId: string;
  readonly key: string;
  readonly value: number;
  readonly wave?: { readonly oldest: string; readonly count: number };
}

/** A table and a bucket that fail as told, call by call, until nothing more is told. */
function faultyStores(toldFates: readonly Fate[], waveSizes: readonly number[]) {
  const fate = toldFates.values();
  let waves = 0;
  const items = new Map<string, { value: number; mark: string | undefined }>();
  const changes: Change[] = [];
  const kept = new Set<string>();
  let underWay = 0;

  /** Runs an invocation. @returns nothing if it died */
  async function invoke(records: readonly StreamRecord[]) {
    let dead = false;
    const call = async <T>(effect: (isHalf: boolean) => T): Promise<T> => {
      const next = dead ? 'dies before' : (fate.next().value ?? 'well');
      dead ||= next.startsWith('dies');
      expect(++underWay).toBeLessThanOrEqual(2 * processingLimits.writesAtOnce);
      await Promise.resolve();
      underWay--;
      if (next.endsWith('before')) throw new Error(next);
      const done = effect(next === 'leaves some');
      if (next.endsWith('after')) throw new Error(next);
      return done;
    };
    const answer = await recordBatch(records, {
      events: {
        write: (events) =>
          call((isHalf) => {
            expect(events.length).toBeLessThanOrEqual(processingLimits.writeBatchItems);
            const left = events.filter((_, index) => isHalf && index % 2 === 0);
            for (const event of events) if (!left.includes(event)) put(event);
            return left;
          }),
      },
      quarantine: { keep: ({ sequenceNumber }) => call(() => void kept.add(sequenceNumber)) },
      newId: () => `${changes.length}`.padEnd(8, '-'),
      waveSize: () => waveSizes[waves++ % waveSizes.length] ?? 1,
      reading: eventReading(),
      maxFutureSkewMs: 0,
    });
    return dead ? undefined : answer;
  }

  function put(event: WrittenEvent): void {
    const { seriesId, value, wave } = event;
    const key = eventKey(event);
    const name = `${seriesId} ${key}`;
    const known = items.get(name);
    if (known?.value === value && known.mark === wave?.id) return;
    items.set(name, { value, mark: wave?.id });
    const told = wave && { oldest: wave.oldest ?? key, count: wave.count ?? 1 };
    changes.push({ seriesId, key, value, ...(told && { wave: told }) });
  }

  return { invoke, items, changes, kept };
}

const line: fc.Arbitrary<Line> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ series: fc.nat({ max: 2 }), at: fc.nat({ max: 20 }) }) },
  { weight: 1, arbitrary: fc.constant('bad' as const) },
);
const schedule = fc.record({
  lines: fc.array(fc.array(line, { minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 12 }),
  /** Number of records in each batch. */
  cuts: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 20 }),
  waveSizes: fc.array(fc.constantFrom(1, 2, 3, 10, 60, 500), { minLength: 1, maxLength: 6 }),
  fates: fc.array(fc.constantFrom(...fates, 'well' as const, 'well' as const), { maxLength: 40 }),
});

test('however batches are cut and calls fail: nothing is lost, no series is told out of order, each change is told', async () => {
  await fc.assert(
    fc.asyncProperty(schedule, async ({ lines, cuts, waveSizes, fates }) => {
      const { records, put } = recordsOf(lines);
      const stores = faultyStores(fates, waveSizes);
      for (let done = 0, invocation = 0; done < records.length; invocation++) {
        const batch = records.slice(done, done + (cuts[invocation % cuts.length] ?? 1));
        const answer = await stores.invoke(batch);
        if (answer === undefined) continue;
        const failedAt = batch.findIndex(
          ({ sequenceNumber }) => sequenceNumber === answer.failure?.sequenceNumber,
        );
        expect(failedAt === -1).toBe(answer.failure === undefined);
        done += failedAt === -1 ? batch.length : failedAt;
      }

      const expected = new Map(put.map(({ seriesId, key, value }) => [`${seriesId} ${key}`, value]));
      expect(new Map([...stores.items].map(([name, { value }]) => [name, value]))).toEqual(expected);
      const bad = records.filter((_, number) => lines[number]?.includes('bad'));
      expect([...stores.kept].sort()).toEqual(bad.map(({ sequenceNumber }) => sequenceNumber).sort());
      expect(toldOutOfOrder(stores.changes, put)).toEqual([]);
      expect(untold(stores.changes)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('a batch that comes again, cut as before, tells of what it changes and changes back', async () => {
  const at = (at: number): Line => ({ series: 0, at });
  const { records } = recordsOf([
    [at(1), at(2)],
    [at(1), at(3)],
  ]);
  const stores = faultyStores([], [2]);
  await stores.invoke(records);
  const first = stores.changes.length;
  await stores.invoke(records);
  // The first event had its first value for a while, which a detector may have read.
  const changed = stores.changes.slice(first).filter(({ wave }) => wave === undefined);
  expect(changed.map(({ value }) => value)).toEqual([0, 2]);
  expect(untold(stores.changes)).toEqual([]);
});

/** Closing items that were written while an event that was put before them was not stored. */
function toldOutOfOrder(changes: readonly Change[], put: readonly PutEvent[]): readonly Change[] {
  const stored = new Set<string>();
  return changes.filter(({ seriesId, key, value, wave }) => {
    stored.add(`${seriesId} ${key}`);
    if (wave === undefined) return false;
    return put
      .slice(0, value)
      .some((one) => one.seriesId === seriesId && !stored.has(`${seriesId} ${one.key}`));
  });
}

/** Changes after which no wave was closed whose events lie around them. */
function untold(changes: readonly Change[]): readonly Change[] {
  return changes.filter(
    ({ seriesId, key }, place) =>
      !changes
        .slice(place)
        .some(
          (told) =>
            told.seriesId === seriesId &&
            told.wave !== undefined &&
            compareEventKeys(told.wave.oldest, key) <= 0 &&
            compareEventKeys(key, told.key) <= 0,
        ),
  );
}
