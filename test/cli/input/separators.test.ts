import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonLines } from '../../json-lines.ts';
import { runsOf } from '../../use/share-of-runs.ts';
import { runHere } from '../in-process.ts';

const clock = (index: number) => new Date(Date.UTC(2026, 0, 31, 12, index)).toISOString().slice(11, 19);
/** What stands before the number of a row: words that spaces separate, too. */
const starts = {
  iso: (index: number) => `2026-01-31T${clock(index)}Z`,
  'a date and a clock': (index: number) => `2026-01-31 ${clock(index)}`,
  'a German date': (index: number) => `31.01.2026 ${clock(index)}`,
  'a year of two digits': (index: number) => `31.01.26 ${clock(index)}`,
  clock,
  seconds: (index: number) => String(1_769_860_800 + 60 * index),
  words: () => 'Pumpe ein',
  'a name with a number': () => 'Pumpe 3',
} as const;
/** The first crosses no whole number, the second one does. */
const levels = [
  [20, 20.4],
  [20.9, 19.4],
] as const;

async function detect(input: string, ...flags: readonly string[]) {
  const { code, out, error } = await runHere(['detect', '-', '--json', ...flags], { input });
  return { code, error, changes: out === '' ? [] : jsonLines(out).slice(0, -1) };
}

test('a comma within numbers separates no cells, where something else does', async () => {
  let read = 0;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...(Object.keys(starts) as (keyof typeof starts)[])),
      fc.constantFrom(' ', '   ', '\t', ';', '|'),
      fc.constantFrom(...levels),
      fc.boolean(),
      fc.constantFrom([], ['--decimal', ',']),
      async (start, separator, [before, after], hasHeader, flags) => {
        const isSpaced = separator.startsWith(' ');
        const words = isSpaced ? starts[start](0).split(' ').length : 1;
        const names = [...['Anfang', 'Rest'].slice(0, words), 'Wert'];
        const rows = Array.from({ length: 80 }, (_, index) => {
          const value = (index < 40 ? before : after) + ((index * 7) % 11) / 100;
          return `${starts[start](index)}${separator}${value.toFixed(2).replace('.', ',')}`;
        });
        const column = ['--column', hasHeader ? 'Wert' : String(names.length)];
        const input = [...(hasHeader ? [names.join(separator)] : []), ...rows].join('\n');
        const { error, changes } = await detect(input, ...flags, ...column);
        if (error !== '') {
          expect(isSpaced).toBe(true);
          const { error: advice } = await detect(input, ...flags);
          expect(advice).toContain('--delimiter another separator');
          refused++;
          return;
        }
        read++;
        expect(changes).toHaveLength(1);
        expect(changes[0]?.magnitude).toBeCloseTo(after - before, 1);
      },
    ),
    { numRuns: runsOf(100) },
  );
  expect(read).toBeGreaterThan(2 * refused);
});

test.each<[string, (value: number, index: number) => string, readonly string[]]>([
  ['names with numbers, below names that commas separate', (value) => `Pump 3,${value}`, []],
  ['the same without names, where points are the decimal marks', (v) => `Pump 3,${v}`, ['--decimal', '.']],
  ['a date and a clock', (value, index) => `2026-01-31 ${clock(index)},${value}`, []],
  ['quoted decimal commas', (value) => `Pump 3,"${value},5"`, []],
])('a comma separates cells: %s', async (_, row, flags) => {
  const rows = Array.from({ length: 80 }, (__, index) => row((index < 40 ? 20 : 24) + (index % 3), index));
  const { error, changes } = await detect(
    [...(flags.length === 0 ? ['name,count'] : []), ...rows].join('\n'),
    ...flags,
  );
  expect(error).toBe('');
  expect(changes).toMatchObject([{ direction: 'up', changedAt: 40 }]);
});

test('an empty cell in quotes is a cell, also where spaces separate', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(' ', '  ', '\t', ',', ';'),
      fc.constantFrom('""', '" "'),
      fc.integer({ min: 0, max: 3 }),
      fc.integer({ min: 1, max: 3 }),
      fc.boolean(),
      async (separator, empty, at, step, isTold) => {
        const rows = Array.from({ length: 80 }, (_, index) => {
          const cells = [`2026-01-31T${clock(index)}Z`, String((index < 40 ? 20 : 24) + (index % 3)), '45'];
          cells.splice(at, 0, index % step === 0 ? empty : '"a b"');
          return cells.join(separator);
        });
        const names = ['Date', 'Temp', 'Hum'];
        names.splice(at, 0, 'Note');
        const flags = isTold ? ['--delimiter', separator.slice(-1)] : [];
        const { error, changes } = await detect(
          [names.join(separator), ...rows].join('\n'),
          ...['--column', 'Temp', ...flags],
        );
        expect(error).toBe('');
        expect(changes).toMatchObject([{ changedAt: 40, before: { median: 21 } }]);
      },
    ),
    { numRuns: runsOf(60) },
  );
});
