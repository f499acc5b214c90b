import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openInput } from '../../../cli/input/open-input.ts';
import { type ReadOptions, readReadings } from '../../../cli/input/read-readings.ts';
import { runsOf } from '../../use/share-of-runs.ts';
import { startAed } from '../aed.ts';

const timeOf = (row: number) => new Date(Date.parse('2026-01-01T00:00:00Z') + row * 1000).toISOString();

/** What is read of a text that comes in pieces of these sizes, with a lull before each. */
async function readInPieces(text: string, sizes: readonly number[], options: ReadOptions, hasLulls: boolean) {
  const signal = new AbortController().signal;
  const listeners = new Set<() => void>();
  const input = await openInput('-', { input: Readable.from([text], { objectMode: false }), signal });
  async function* pieces() {
    let from = 0;
    for (const size of sizes) {
      yield Buffer.from(text.slice(from, from + size));
      from += size;
      if (hasLulls) for (const listener of listeners) listener();
    }
    yield Buffer.from(text.slice(from));
  }
  const lulls = {
    isOn: false,
    listen(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const read: { readonly time: number; readonly value: number }[] = [];
  const gaps: number[] = [];
  const summary = await readReadings({ ...input, pieces: pieces(), lulls }, options, {
    reading: (_, { time, value }) => void read.push({ time: time?.ms ?? Number.NaN, value }),
    gap: (_, { row }) => void gaps.push(row),
    repeated() {},
  });
  return { read, gaps, summary };
}

const piecesOf = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 30 });
const valuesOf = fc.array(fc.integer({ min: -999, max: 999 }), { minLength: 12, maxLength: 120 });

test('lulls anywhere change nothing in what is read of rows in order', async () => {
  await fc.assert(
    fc.asyncProperty(valuesOf, piecesOf, fc.boolean(), async (values, sizes, timed) => {
      const rows = values.map((value, row) => (timed ? `${timeOf(row)},${value / 10}` : String(value / 10)));
      const text = `${timed ? 'timestamp,value' : 'value'}\n${rows.join('\n')}\n`;
      const plain = await readInPieces(text, sizes, {}, false);
      expect(await readInPieces(text, sizes, {}, true)).toEqual(plain);
      expect(plain.read.map(({ value }) => value)).toEqual(values.map((value) => value / 10));
    }),
    { numRuns: runsOf(200) },
  );
});

test('rows that are not in order are read in order or left out as late, and each is one of both', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 12, maxLength: 120 }),
      piecesOf,
      async (delays, sizes) => {
        const order = delays.map((delay, row) => ({ row, at: row + delay })).sort((a, b) => a.at - b.at);
        const text = `timestamp,value\n${order.map(({ row }) => `${timeOf(row)},${row}`).join('\n')}\n`;
        const { read, summary } = await readInPieces(text, sizes, { skipBad: true }, true);
        expect(read.every(({ time }, index) => index === 0 || time > (read[index - 1]?.time ?? 0))).toBe(
          true,
        );
        expect(read.length + (summary.skippedReasons.late ?? 0)).toBe(delays.length);
        expect(summary.skipped).toBe(summary.skippedReasons.late ?? 0);
      },
    ),
    { numRuns: runsOf(200) },
  );
});

test('an error ends the tool, though more may come on standard input', async () => {
  const { child, nextLine, ended, error } = startAed(['detect', '-', '--json', '--on-bad', 'fail']);
  const rows = Array.from({ length: 60 }, (_, row) => `${timeOf(row)},${(row < 30 ? 20 : 40) + (row % 3)}`);
  child.stdin?.write(`timestamp,value\n${rows.join('\n')}\n`);
  expect(JSON.parse(await nextLine())).toMatchObject({ type: 'changePoint', direction: 'up' });
  child.stdin?.write('oops,oops\n');
  expect(await ended()).toBe(1);
  expect(error()).toContain('row 62');
});
