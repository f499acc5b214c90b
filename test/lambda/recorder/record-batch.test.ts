import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Event, eventKey } from '../../../lambda/event.ts';
import { processingLimits } from '../../../lambda/processing-limits.ts';
import { eventReading } from '../../../lambda/record/event-reading.ts';
import { recordBatch } from '../../../lambda/recorder/record-batch.ts';

/** Keeps, call by call, what reached either store; refuses as told. */
function memoryStores(refuse: { value?: number; leave?: number; quarantineOf?: string } = {}) {
  const calls: (readonly number[] | string)[] = [];
  return {
    calls,
    parts: {
      events: {
        async write(events: readonly Event[]) {
          if (events.some(({ value }) => value === refuse.value)) throw new Error('the table is gone');
          const unstored = events.filter(({ value }) => value === refuse.leave);
          calls.push(events.filter((event) => !unstored.includes(event)).map(({ value }) => value));
          return unstored;
        },
      },
      quarantine: {
        async keep({ sequenceNumber }: { sequenceNumber: string }) {
          if (sequenceNumber === refuse.quarantineOf) throw new Error('the bucket is gone');
          calls.push(sequenceNumber);
        },
      },
      reading: eventReading(),
      maxFutureSkewMs: 0,
      newId: () => 'a wave',
    },
  };
}

const start = Date.UTC(2023, 0);

type Line = 'bad' | { readonly seriesId: string; readonly value: number; readonly eventId?: string };

const record = (number: number, ...lines: Line[]) => ({
  shardId: 'shard',
  sequenceNumber: `#${number}`,
  partitionKey: 's',
  arrivedAt: start + 1_000_000,
  data: Buffer.from(
    lines
      .map((line) =>
        line === 'bad'
          ? '?'
          : JSON.stringify({ timestamp: start + (line.eventId ? 0 : line.value), ...line }),
      )
      .join('\n'),
  ),
});

const numbered = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
/** Each of its own series, unless told otherwise. */
const reading = (value: number, seriesId = `series of ${value}`) => ({ seriesId, value });
const each = (values: readonly number[], seriesId?: string) =>
  values.map((value) => record(value, reading(value, seriesId)));

describe('recordBatch goes in order and stops at the first failure', () => {
  test('events of many series go 25 a call, in order', async () => {
    const { calls, parts } = memoryStores();
    expect(await recordBatch(each(numbered(1, 60)), parts)).toEqual({
      recorded: 60,
      quarantined: 0,
      reasons: {},
    });
    expect(calls).toEqual([numbered(1, 25), numbered(26, 50), numbered(51, 60)]);
  });

  test('events of one series go one a call', async () => {
    const { calls, parts } = memoryStores();
    await recordBatch(each([1, 2, 3], 's'), parts);
    expect(calls).toEqual([[1], [2], [3]]);
  });

  test('a bad record is set aside in its place and the rest goes on', async () => {
    const { calls, parts } = memoryStores();
    const batch = [
      record(1, reading(1)),
      record(2, 'bad'),
      record(3, reading(3), 'bad', reading(4)),
      record(4, reading(5)),
    ];
    expect(await recordBatch(batch, parts)).toEqual({
      recorded: 4,
      quarantined: 2,
      reasons: { 'not-json': 2 },
    });
    expect(calls).toEqual([[1], '#2', [3, 4], '#3', [5]]);
  });

  test('a write that fails names the first record in it, and no call follows', async () => {
    const { calls, parts } = memoryStores({ value: 30 });
    const result = await recordBatch([...each(numbered(1, 60)), record(61, 'bad')], parts);
    expect(result).toMatchObject({ recorded: 25, failure: { sequenceNumber: '#26' } });
    expect(calls).toEqual([numbered(1, 25)]);
  });

  test('an event that stays unprocessed names its record, and no call follows', async () => {
    const { calls, parts } = memoryStores({ leave: 30 });
    const result = await recordBatch([...each(numbered(1, 60)), record(61, 'bad')], parts);
    expect(result).toMatchObject({ recorded: 29, failure: { sequenceNumber: '#30' } });
    expect(calls).toHaveLength(2);
  });

  test('a quarantine that fails names its record, and no call follows', async () => {
    const { calls, parts } = memoryStores({ quarantineOf: '#2' });
    const result = await recordBatch([record(1, reading(1)), record(2, 'bad'), record(3, reading(3))], parts);
    expect(result).toMatchObject({ recorded: 1, quarantined: 0, failure: { sequenceNumber: '#2' } });
    expect(calls).toEqual([[1]]);
  });

  test('a record of many events is one unit: its first lost event names it', async () => {
    const { parts } = memoryStores({ value: 40 });
    const batch = [record(1, reading(100)), record(2, ...numbered(1, 60).map((value) => reading(value)))];
    expect((await recordBatch(batch, parts)).failure?.sequenceNumber).toBe('#2');
  });
});

test('an event may lie ahead of its arrival as far as the setting says', async () => {
  const { calls, parts } = memoryStores();
  const sinceStart = 1_000_000;
  const batch = [sinceStart + 500, sinceStart + 501].map((value) => record(value, reading(value)));
  const result = await recordBatch(batch, { ...parts, maxFutureSkewMs: 500 });
  expect(result).toMatchObject({ recorded: 1, reasons: { 'future-timestamp': 1 } });
  expect(calls[0]).toEqual([sinceStart + 500]);
});

describe('entries of one key in one call are one write', () => {
  const same = (value: number) => ({ seriesId: 's', eventId: 'e', value });

  test('the last one stands, and each is counted', async () => {
    const { calls, parts } = memoryStores();
    const batch = [record(1, same(1)), record(2, reading(9)), record(3, same(2), same(3))];
    expect(await recordBatch(batch, parts)).toMatchObject({ recorded: 4 });
    expect(calls).toEqual([[3, 9]]);
  });

  test('a failure names the record of the first one', async () => {
    const { parts } = memoryStores({ value: 2 });
    const batch = [record(1, reading(9)), record(2, same(1)), record(3, same(2))];
    expect((await recordBatch([record(0, 'bad'), ...batch], parts)).failure?.sequenceNumber).toBe('#1');
    expect((await recordBatch(batch.slice(1), parts)).failure?.sequenceNumber).toBe('#2');
  });
});

test('any batch: no call holds two events of a series, and the calls hold each series in its order', async () => {
  const lines = fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 2 })), {
    maxLength: 80,
  });
  await fc.assert(
    fc.asyncProperty(lines, async (given) => {
      const written: (readonly Event[])[] = [];
      const events = {
        async write(call: readonly Event[]) {
          written.push(call);
          return [];
        },
      };
      const batch = given.map(([series, id], value) =>
        record(value, { seriesId: `s${series}`, eventId: `e${id}`, value }),
      );
      expect((await recordBatch(batch, { ...memoryStores().parts, events })).recorded).toBe(given.length);
      for (const call of written) {
        expect(call.length).toBeLessThanOrEqual(processingLimits.writeBatchItems);
        expect(new Set(call.map(({ seriesId }) => seriesId)).size).toBe(call.length);
      }
      // What the table holds in the end, and in which order each series came: as if written one by one.
      const oneByOne = new Map<string, number>();
      for (const [value, [series, id]] of given.entries()) oneByOne.set(`s${series} e${id}`, value);
      const stored = new Map<string, number>();
      for (const { seriesId, eventId, value } of written.flat()) stored.set(`${seriesId} ${eventId}`, value);
      expect(stored).toEqual(oneByOne);
      for (const seriesId of new Set(written.flat().map((event) => event.seriesId))) {
        const keys = written
          .flat()
          .filter((event) => event.seriesId === seriesId)
          .map(eventKey);
        const came = given.filter(([series]) => `s${series}` === seriesId).map(([, id]) => `e${id}`);
        const runs = came.filter((id, index) => id !== came[index - 1]);
        expect(withoutRepeats(keys).map((key) => key.split('#')[1])).toEqual(runs);
      }
    }),
  );
});

function withoutRepeats(keys: readonly string[]): readonly string[] {
  return keys.filter((key, index) => key !== keys[index - 1]);
}

describe('near the time-out', () => {
  test('it stops before the next call and names the record that it had come to', async () => {
    const { calls, parts } = memoryStores();
    const end = new AbortController();
    const events = {
      async write(call: readonly Event[]) {
        if (calls.length === 1) end.abort();
        return parts.events.write(call);
      },
    };
    const result = await recordBatch(each(numbered(1, 60)), { ...parts, events }, end.signal);
    expect(calls).toEqual([numbered(1, 25), numbered(26, 50)]);
    expect(result).toMatchObject({
      recorded: 50,
      failure: { sequenceNumber: '#51', error: { message: 'the invocation came near its time-out' } },
    });
  });

  test('a quarantine counts as a call', async () => {
    const { calls, parts } = memoryStores();
    const end = AbortSignal.abort();
    const result = await recordBatch([record(1, 'bad')], parts, end);
    expect(calls).toEqual([]);
    expect(result.failure?.sequenceNumber).toBe('#1');
  });
});
