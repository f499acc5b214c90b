import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonLines } from '../../json-lines.ts';
import { runHere } from '../in-process.ts';

/** A level of 20, then of 24 from reading 40 on, with a little noise. */
const values = Array.from({ length: 80 }, (_, index) => (index < 40 ? 20 : 24) + ((index * 7) % 10) / 10);
const timeOf = (index: number) => new Date(Date.UTC(2026, 0, 30, 20, 5 * index)).toISOString();
const comma = (value: number, digits: number) => value.toFixed(digits).replace('.', ',');
const thousands = (value: number) => `1,${100 + Math.round(10 * value)}`;

async function detect(
  names: string,
  row: (value: number, index: number) => string,
  ...flags: readonly string[]
) {
  const rows = values.map((value, index) => `${timeOf(index)},${row(value, index)}`);
  const input = [`time,${names}`, ...rows].join('\n');
  const { code, out, error } = await runHere(['detect', '-', '--json', ...flags], { input });
  return { code, error, changes: out === '' ? [] : jsonLines(out).slice(0, -1) };
}

test('numbers with a currency or unit that commas cut are refused, whichever half is chosen, also where an empty cell makes the rows fit', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom<(value: number) => string>(
        (value) => `$${thousands(value)}`,
        (value) => `€ ${thousands(value)}`,
        (value) => `USD ${comma(value, 2)}`,
        (value) => `${thousands(value)} €`,
        (value) => `${comma(value, 1)} °C`,
        (value) => `${comma(value + 0.11, 2)}%`,
      ),
      fc.constantFrom('', ','),
      fc.constantFrom('value', 'note'),
      async (written, rest, column) => {
        const { code, error } = await detect(
          'value,note',
          (value) => `${written(value)}${rest}`,
          ...['--column', column],
        );
        expect(error).toMatch(/'.*\d' in column 'value' and '\d+.*' beside it may be one number/);
        expect(error).toContain('--decimal . says that they are two numbers');
        expect(code).toBe(1);
      },
    ),
    { numRuns: 30 },
  );
});

test.each<[string, string, (value: number, index: number) => string]>([
  [
    'whole numbers before some with a unit',
    'value,temp',
    (value, index) => `${Math.round(10 * value)},${20 + (index % 7)} °C`,
  ],
  ['a price before counts', 'price,value', (value) => `$5,${Math.round(10 * value)}`],
  ['a number before a day', 'value,checked', (value) => `${Math.round(10 * value)},05 Jan 2026`],
])('but not %s', async (_, names, row) => {
  const { error, changes } = await detect(names, row, '--column', 'value');
  expect(error).toBe('');
  expect(changes).toMatchObject([{ changedAt: 40, before: { median: 204.5 } }]);
});

test.each<[string, (index: number) => number, boolean]>([
  ['by other steps, as a meter does,', (index) => 12_345 + Math.floor(1.7 * index), true],
  ['by the same steps', (index) => 5 * index, false],
  ['by the same steps, newest first', (index) => 900 - index, false],
])('of two columns without names, first halves that run %s are refused: %s', async (_, first, isRefused) => {
  const input = values.map((value, index) => `${first(index)},${Math.round(10 * value)}`).join('\n');
  for (const flags of [['--column', '1'], ['--all-columns']]) {
    const { error } = await runHere(['detect', '-', '--json', ...flags], { input });
    if (isRefused) expect(error).toMatch(/may be one number, \d+,\d+, cut at its comma/);
    else expect(error).not.toContain('cut at its comma');
    expect((await runHere(['detect', '-', '--decimal', '.', ...flags], { input })).error).toBe('');
  }
});
