import { describe, expect, test } from 'vitest';
import type { Event } from '../../../lambda/event.ts';
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
      waveSize: () => processingLimits.waveSize,
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

describe('recordBatch writes waves, and stops after the first one that fails', () => {
  const sums = { merged: 0, quarantined: 0, reasons: {} };

  test('events of many series close their waves, 25 a call', async () => {
    const { calls, parts } = memoryStores();
    expect(await recordBatch(each(numbered(1, 60)), parts)).toEqual({ ...sums, recorded: 60, waves: 60 });
    expect(calls).toEqual([numbered(1, 25), numbered(26, 50), numbered(51, 60)]);
  });

  test('the newest event of a series is written when all others are stored', async () => {
    const { calls, parts } = memoryStores();
    const batch = each([3, 1, 2, 60, ...numbered(4, 40)], 's');
    expect(await recordBatch(batch, parts)).toEqual({ ...sums, recorded: 41, waves: 1 });
    expect(calls).toEqual([[3, 1, 2, ...numbered(4, 25)], numbered(26, 40), [60]]);
  });

  test('a wave ends when it is full, and the next one begins when it is closed', async () => {
    const { calls, parts } = memoryStores();
    const { waveSize } = processingLimits;
    const batch = [record(1, ...numbered(1, 2 * waveSize + 1).map((value) => reading(value, 's')))];
    expect(await recordBatch(batch, parts)).toMatchObject({ recorded: 2 * waveSize + 1, waves: 3 });
    const closing = calls.filter(({ length }) => length === 1).flat();
    expect(closing).toEqual([waveSize, 2 * waveSize, 2 * waveSize + 1]);
  });

  test('a bad record is set aside and the rest goes on', async () => {
    const { calls, parts } = memoryStores();
    const batch = [
      record(1, reading(1)),
      record(2, 'bad'),
      record(3, reading(3), 'bad', reading(4)),
      record(4, reading(5)),
    ];
    expect(await recordBatch(batch, parts)).toEqual({
      ...sums,
      recorded: 4,
      waves: 4,
      quarantined: 2,
      reasons: { 'not-json': 2 },
    });
    expect(calls).toEqual(['#2', '#3', [1, 3, 4, 5]]);
  });

  test('a write that fails names the first record in it, and no other wave begins', async () => {
    const { calls, parts } = memoryStores({ value: 30 });
    const { waveSize } = processingLimits;
    const bad = record(waveSize + 11, 'bad');
    const result = await recordBatch([...each(numbered(1, waveSize + 10)), bad], parts);
    expect(result).toMatchObject({ recorded: waveSize - 25, failure: { sequenceNumber: '#26' } });
    expect(calls.flat()).toEqual([...numbered(1, 25), ...numbered(51, waveSize)]);
  });

  test('an event that stays unprocessed names its record', async () => {
    const { calls, parts } = memoryStores({ leave: 30 });
    const result = await recordBatch([...each(numbered(1, 60)), record(61, 'bad')], parts);
    expect(result).toMatchObject({ recorded: 59, quarantined: 1, failure: { sequenceNumber: '#30' } });
    expect(calls).toHaveLength(4);
  });

  test.each([
    ['a write of it fails', { value: 2 }],
    ['one of it stays unprocessed', { leave: 2 }],
  ])('a series is not told while an older event is missing, as when %s; others are', async (_, refuse) => {
    const { calls, parts } = memoryStores(refuse);
    const batch = [record(0, reading(100)), ...each([1, 2, 3], 's'), record(4, reading(101))];
    const result = await recordBatch(batch, parts);
    expect(result).toMatchObject({ recorded: 2, waves: 2, failure: { sequenceNumber: '#1' } });
    expect(calls.at(-1)).toEqual([100, 101]);
  });

  test('a quarantine that fails names its record', async () => {
    const { calls, parts } = memoryStores({ quarantineOf: '#2' });
    const result = await recordBatch([record(1, reading(1)), record(2, 'bad'), record(3, reading(3))], parts);
    expect(result).toMatchObject({ recorded: 2, quarantined: 0, failure: { sequenceNumber: '#2' } });
    expect(calls).toEqual([[1, 3]]);
  });

  test('a record of many events is one unit: its first lost event names it', async () => {
    const { parts } = memoryStores({ value: 40 });
    const batch = [record(1, reading(100)), record(2, ...numbered(1, 60).map((value) => reading(value)))];
    expect((await recordBatch(batch, parts)).failure?.sequenceNumber).toBe('#2');
  });

  test('a record of as many events of one series as fit is stored in full calls', async () => {
    const { calls, parts } = memoryStores();
    const { entriesPerRecord, waveSize, writeBatchItems } = processingLimits;
    const batch = [record(1, ...numbered(1, entriesPerRecord).map((value) => reading(value, 's')))];
    expect(await recordBatch(batch, parts)).toMatchObject({
      recorded: entriesPerRecord,
      waves: entriesPerRecord / waveSize,
    });
    // Of each wave the closing event takes a call of its own.
    expect(calls.length).toBe(
      (entriesPerRecord / waveSize) * (Math.ceil((waveSize - 1) / writeBatchItems) + 1),
    );
  });

  test('the problems of many records are not gathered without bound', async () => {
    const { calls, parts } = memoryStores();
    const count = Math.ceil(processingLimits.waveSize / 3);
    const bad = numbered(1, count).map(() => 'bad' as const);
    const batch = [1, 2, 3].map((number) => record(number, reading(number), ...bad));
    expect(await recordBatch(batch, parts)).toMatchObject({ recorded: 3, quarantined: 3 * count });
    expect(calls).toEqual(['#1', '#2', '#3', [1, 2, 3]]);
    calls.length = 0;
    await recordBatch([...batch, record(4, reading(4))], parts);
    expect(calls).toEqual(['#1', '#2', '#3', [1, 2, 3], [4]]);
  });
});

test('an event may lie ahead of its arrival as far as the setting says', async () => {
  const { calls, parts } = memoryStores();
  const sinceStart = 1_000_000;
  const batch = [sinceStart + 500, sinceStart + 501].map((value) => record(value, reading(value)));
  const result = await recordBatch(batch, { ...parts, maxFutureSkewMs: 500 });
  expect(result).toMatchObject({ recorded: 1, reasons: { 'future-timestamp': 1 } });
  expect(calls).toEqual(['#1000501', [sinceStart + 500]]);
});

describe('entries of one key in one wave are one write', () => {
  const same = (value: number) => ({ seriesId: 's', eventId: 'e', value });

  test('the last one stands, and each is counted', async () => {
    const { calls, parts } = memoryStores();
    const batch = [record(1, same(1)), record(2, reading(9)), record(3, same(2), same(3))];
    expect(await recordBatch(batch, parts)).toMatchObject({ recorded: 4, merged: 2, waves: 2 });
    expect(calls).toEqual([[3, 9]]);
  });

  test('a failure names the record of the first one', async () => {
    const { parts } = memoryStores({ value: 2 });
    const batch = [record(1, reading(9)), record(2, same(1)), record(3, same(2))];
    expect((await recordBatch([record(0, 'bad'), ...batch], parts)).failure?.sequenceNumber).toBe('#1');
    expect((await recordBatch(batch.slice(1), parts)).failure?.sequenceNumber).toBe('#2');
  });
});

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

  test('it reads no more records, and writes those that it has read', async () => {
    const { calls, parts } = memoryStores();
    let asked = 0;
    const isLate = () => asked++ === 3;
    const result = await recordBatch(each(numbered(1, 60)), parts, undefined, isLate);
    expect(calls).toEqual([[1, 2, 3]]);
    expect(result).toMatchObject({
      recorded: 3,
      failure: { sequenceNumber: '#4', error: { message: 'the invocation came near its time-out' } },
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
