import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCsv, readCsv } from '../../../cli/input/csv/read-csv.ts';

type Reader = typeof readCsv;

async function rowsBy(read: Reader, text: string, delimiter: string, pieceBytes: number) {
  const bytes = Buffer.from(text);
  async function* pieces() {
    for (let from = 0; from < bytes.length; from += pieceBytes) yield bytes.subarray(from, from + pieceBytes);
  }
  const rows: [number, readonly string[]][] = [];
  try {
    await read(pieces(), delimiter, (cells, row) => rows.push([row, cells]));
  } catch (error) {
    return (error as Error).message.replace(/at line.*/, '');
  }
  return rows;
}

test('lines that are cut plainly give the cells that the rules of CSV give, wherever pieces are cut', async () => {
  const cell = fc.oneof(
    { weight: 20, arbitrary: fc.stringMatching(/^[a-z0-9.äμ°\u00a0 -]{0,5}$/) },
    { weight: 1, arbitrary: fc.constantFrom('"a"', '"a,b"', '"1\n2"', '5" pipe', '"', ' "x" ', '\r') },
  );
  const row = fc.array(cell, { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { maxLength: 12 }),
      fc.constantFrom(',', ';', '\t', '|'),
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      fc.integer({ min: 1, max: 60 }),
      async (rows, delimiter, end, isEnded, pieceBytes) => {
        const text = rows.map((cells) => cells.join(delimiter)).join(end) + (isEnded ? end : '');
        expect(await rowsBy(readCsv, text, delimiter, pieceBytes)).toEqual(
          await rowsBy(parseCsv, text, delimiter, pieceBytes),
        );
      },
    ),
    { numRuns: 1000 },
  );
});
