import fc from 'fast-check';
import { expect, test } from 'vitest';
import { trackCheckpoint } from '../../local/event-source-mapping/checkpoint.ts';
import { record } from './memory-source.ts';

/** Batches of records, and the order in which they are done. */
const work = fc
  .array(fc.array(fc.nat(9), { minLength: 1, maxLength: 4 }), { maxLength: 8 })
  .chain((batches) =>
    fc.record({
      batches: fc.constant(batches),
      order: fc.shuffledSubarray([...batches.keys()], { minLength: batches.length }),
    }),
  );

test('in whatever order batches are done, the checkpoint is the last record before the first that is not done', () => {
  fc.assert(
    fc.property(work, ({ batches, order }) => {
      let count = 0;
      const records = batches.map((batch) => batch.map((bytes) => record(++count, { bytes })));
      const all = records.flat();
      const moves: string[] = [];
      const checkpoint = trackCheckpoint((sequenceNumber) => moves.push(sequenceNumber));
      for (const batch of records) checkpoint.read(batch);
      const done = new Set<string>();
      for (const index of order) {
        const before = moves.length;
        checkpoint.done(records[index] ?? []);
        for (const { sequenceNumber } of records[index] ?? []) done.add(sequenceNumber);
        const firstOpen = all.findIndex(({ sequenceNumber }) => !done.has(sequenceNumber));
        const passed = all.slice(0, firstOpen === -1 ? all.length : firstOpen).at(-1)?.sequenceNumber;
        expect(moves.at(-1)).toBe(passed);
        expect(moves.length - before).toBeLessThanOrEqual(1);
        const open = all.filter(({ sequenceNumber }) => !done.has(sequenceNumber));
        expect(checkpoint.open).toBe(open.length);
        expect(checkpoint.openBytes).toBe(open.reduce((sum, { bytes }) => sum + bytes, 0));
      }
      expect(moves).toEqual([...new Set(moves)].sort());
    }),
  );
});

test('what is read after all was done counts from there', () => {
  const moves: string[] = [];
  const checkpoint = trackCheckpoint((sequenceNumber) => moves.push(sequenceNumber));
  const [first, second, third] = [1, 2, 3].map((event) => [record(event, { bytes: event })]);
  checkpoint.read(first ?? []);
  checkpoint.done(first ?? []);
  checkpoint.read(second ?? []);
  checkpoint.read(third ?? []);
  expect([checkpoint.open, checkpoint.openBytes]).toEqual([2, 5]);
  checkpoint.done(third ?? []);
  checkpoint.done(second ?? []);
  expect([moves, checkpoint.open, checkpoint.openBytes]).toEqual([['00001', '00003'], 0, 0]);
});
