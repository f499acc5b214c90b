import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonLines } from '../../json-lines.ts';
import { runHere } from '../in-process.ts';

const values = Array.from(
  { length: 80 },
  (_, index) => (2000 + ((index * 7) % 11) + (index < 40 ? 0 : 40)) / 100,
);
const clock = (index: number) => new Date(Date.UTC(2026, 0, 31, 12, index)).toISOString().slice(11, 19);
const starts: readonly ((index: number) => string[])[] = [
  () => [],
  (index) => [clock(index)],
  (index) => [`31.01.26 ${clock(index)}`],
  (index) => [`2026-01-31T${clock(index)}Z`],
  (index) => [index % 2 === 0 ? 'on' : 'off'],
];
const units: readonly ((value: number) => string)[] = [
  (value) => `${value.toFixed(2)}%`,
  (value) => `${value.toFixed(2)} °C`,
  (value) => `${value.toFixed(2).replace('.', ',')} kWh`,
  (value) => `${value.toFixed(2).replace('.', ',')}°`,
];

async function detect(input: string, column: string) {
  const { out, error } = await runHere(['detect', '-', '--json', '--column', column], { input });
  expect(error).toBe('');
  const lines = jsonLines(out);
  return { changes: lines.slice(0, -1), summary: lines.at(-1) };
}

const change = { changedAt: 39, before: { median: 20.05 }, after: { median: 20.44 } };

test('the first row of a file without names is a reading, though its numbers have units', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...starts),
      fc.constantFrom(...units),
      fc.constantFrom(',', ';', '\t', '|', 'JSON'),
      async (start, written, separator) => {
        const isJson = separator === 'JSON';
        // A word alone could be a name in JSON; a comma that nothing else separates is refused.
        fc.pre(!(isJson && start(0)[0] === 'on'));
        fc.pre(isJson || !written(1.5).includes(',') || (separator !== ',' && start(0).length > 0));
        const rows = values.map((value, index) => [...start(index), written(value)]);
        const lines = rows.map((row) => (isJson ? JSON.stringify(row) : row.join(separator)));
        const { changes, summary } = await detect(lines.join('\n'), String(start(0).length + 1));
        expect(summary?.rows).toBe(80);
        expect(changes).toMatchObject([change]);
      },
    ),
    { numRuns: 60 },
  );
});

test.each<[string, (index: number) => string, (value: number) => string]>([
  ['plain numbers', (index) => `2026-01-31T${clock(index)}Z`, String],
  ['numbers with another unit', clock, (value) => `${value}%`],
  ['numbers with its unit', clock, (value) => `${value} cm`],
])('names such as 10 cm above %s are names', async (_, start, written) => {
  const rows = values.map((value, index) => `${start(index)},${written(value)}`);
  const { changes, summary } = await detect(['Zeit,10 cm', ...rows].join('\n'), '10 cm');
  expect(summary?.rows).toBe(80);
  expect(changes).toMatchObject([change]);
});
