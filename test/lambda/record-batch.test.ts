import { describe, expect, test } from 'vitest';
import type { Event } from '../../lambda/event.ts';
import { recordBatch } from '../../lambda/record-batch.ts';
import { defaultFieldNames } from '../../lambda/settings.ts';

/** Keeps, in order, what reached either store; refuses as told. */
function memoryStores(refuse: { value?: number; leave?: number; quarantineOf?: string } = {}) {
  const done: (number | string)[] = [];
  return {
    done,
    parts: {
      events: {
        async write(events: readonly Event[]) {
          if (events.some(({ value }) => value === refuse.value)) throw new Error('the table is gone');
          const unstored = events.filter(({ value }) => value === refuse.leave);
          done.push(...events.filter((event) => !unstored.includes(event)).map(({ value }) => value));
          return unstored;
        },
      },
      quarantine: {
        async keep({ sequenceNumber }: { sequenceNumber: string }) {
          if (sequenceNumber === refuse.quarantineOf) throw new Error('the bucket is gone');
          done.push(sequenceNumber);
        },
      },
      fields: defaultFieldNames,
      maxFutureSkewMs: 0,
    },
  };
}

const record = (number: number, ...lines: (number | 'bad')[]) => ({
  shardId: 'shard',
  sequenceNumber: `#${number}`,
  partitionKey: 's',
  arrivedAt: 1_000_000,
  data: Buffer.from(
    lines
      .map((value) => (value === 'bad' ? '?' : JSON.stringify({ seriesId: 's', timestamp: value, value })))
      .join('\n'),
  ),
});

const numbered = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('recordBatch goes in order and stops at the first failure', () => {
  test('all good: everything is stored in order', async () => {
    const { done, parts } = memoryStores();
    const batch = numbered(1, 60).map((n) => record(n, n));
    expect(await recordBatch(batch, parts)).toEqual({ recorded: 60, quarantined: 0, reasons: {} });
    expect(done).toEqual(numbered(1, 60));
  });

  test('a bad record is set aside in its place and the rest goes on', async () => {
    const { done, parts } = memoryStores();
    const batch = [record(1, 1), record(2, 'bad'), record(3, 3, 'bad', 4), record(4, 5)];
    expect(await recordBatch(batch, parts)).toEqual({
      recorded: 4,
      quarantined: 2,
      reasons: { 'not-json': 2 },
    });
    expect(done).toEqual([1, '#2', 3, 4, '#3', 5]);
  });

  test('a write that fails names the first record in it', async () => {
    const { done, parts } = memoryStores({ value: 30 });
    const result = await recordBatch(
      numbered(1, 60).map((n) => record(n, n)),
      parts,
    );
    expect(result).toMatchObject({ recorded: 25, failure: { sequenceNumber: '#26' } });
    expect(done).toEqual(numbered(1, 25));
  });

  test('an event that stays unprocessed names its record', async () => {
    const { parts } = memoryStores({ leave: 30 });
    const result = await recordBatch(
      numbered(1, 60).map((n) => record(n, n)),
      parts,
    );
    expect(result).toMatchObject({ recorded: 29, failure: { sequenceNumber: '#30' } });
  });

  test('a quarantine that fails names its record, and nothing later is touched', async () => {
    const { done, parts } = memoryStores({ quarantineOf: '#2' });
    const result = await recordBatch([record(1, 1), record(2, 'bad'), record(3, 3)], parts);
    expect(result).toMatchObject({ recorded: 1, quarantined: 0, failure: { sequenceNumber: '#2' } });
    expect(done).toEqual([1]);
  });

  test('a record of many events is one unit: its first lost event names it', async () => {
    const { parts } = memoryStores({ value: 40 });
    const result = await recordBatch([record(1, 100), record(2, ...numbered(1, 60))], parts);
    expect(result.failure?.sequenceNumber).toBe('#2');
  });
});
