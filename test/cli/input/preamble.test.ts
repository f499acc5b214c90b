import { expect, test } from 'vitest';
import { jsonLines } from '../../json-lines.ts';
import { runHere } from '../in-process.ts';

const values = Array.from(
  { length: 80 },
  (_, index) => (2000 + ((index * 7) % 11) + (index < 40 ? 0 : 40)) / 100,
);
const clock = (index: number) => new Date(Date.UTC(2026, 0, 31, 12, index)).toISOString().slice(11, 19);

async function detect(lines: readonly string[], ...flags: readonly string[]) {
  const { out, error } = await runHere(['detect', '-', '--json', ...flags], { input: lines.join('\n') });
  expect(error).toBe('');
  const found = jsonLines(out);
  return { changes: found.slice(0, -1), summary: found.at(-1) };
}

const change = { changedAt: 39, before: { median: 20.05 }, after: { median: 20.44 } };
const pairs = [
  ['Device,A7', 'Serial,12345'],
  ['Serial,12345'],
  ['Device,A7', 'Site,North', 'Serial,12345', 'Interval,60'],
];

test.each(
  pairs.flatMap((before) => [
    ...[
      clock,
      (index: number) => `31.01.26 ${clock(index)}`,
      (index: number) => `2026-01-31T${clock(index)}Z`,
    ].flatMap((first) =>
      [[], ['']].map((blank) => [before.join(' / '), first(0), { before, first, blank }] as const),
    ),
    ...[(index: number) => (index % 2 === 0 ? 'on' : 'off'), () => 'on', (index: number) => `c${index}`].map(
      (first) => [before.join(' / '), first(0), { before, first, blank: [''] }] as const,
    ),
  ]),
)(
  'pairs of names and numbers, %s, before a table of rows such as %s are no rows of it',
  async (_, __, file) => {
    const { before, first, blank } = file;
    const rows = values.map((value, index) => `${first(index)},${value}`);
    const { changes, summary } = await detect([...before, ...blank, 'Stand,Temp', ...rows]);
    expect(summary).toMatchObject({ rows: 80, skipped: 0 });
    expect(summary?.readAs).toContain("values from 'Temp', the only column of numbers");
    expect(changes).toMatchObject([change]);
  },
);

test('a row of words in a table is no header, though a blank line stands before it', async () => {
  const rows = values.map((value, index) => `${index % 2 === 0 ? 'on' : 'off'},${value}`);
  const { changes, summary } = await detect(
    ['state,temp', ...rows.slice(0, 15), '', 'stopped,failure', ...rows.slice(15)],
    ...['--on-bad', 'skip'],
  );
  expect(summary?.skippedReasons).toEqual({ empty: 1, 'not-a-number': 1 });
  expect(changes).toHaveLength(1);
});

test.each(['v', 'value', 'V', '[V]', 'Spannung [V]'])(
  'the name %s of one column is one, below a title that stands apart',
  async (name) => {
    for (const title of [[], ['Station 5', ''], ['Station 5', 'Hall 2', '', '']])
      for (const unit of [[], ['[V]'], ['°C'], ['%']]) {
        const { changes, summary } = await detect([...title, name, ...unit, ...values.map(String)]);
        expect(summary).toMatchObject({ rows: 80, skipped: 0 });
        expect(changes).toMatchObject([change]);
      }
  },
);

test.each([['failed'], ['v', 'failed'], ['failed', 'v']])(
  'texts below the name of one column are readings that failed, unless a unit stands there alone: %s',
  async (...texts) => {
    const { summary } = await detect(['value', ...texts, ...values.map(String)]);
    expect(summary).toMatchObject({ rows: 80 + texts.length, skipped: texts.length });
  },
);
