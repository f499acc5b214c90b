import { expect, test } from 'vitest';
import { jsonLines } from '../../json-lines.ts';
import { runHere } from '../in-process.ts';

const timeOf = (index: number) => new Date(Date.UTC(2026, 0, 31, 12, index)).toISOString();
const rows = Array.from({ length: 80 }, (_, index) =>
  [index + 1, (2000 + ((index * 7) % 11) + (index < 40 ? 0 : 40)) / 100, timeOf(index)].map(String),
);

async function detect(lines: readonly string[]) {
  const { out, error } = await runHere(['detect', '-', '--json'], { input: lines.join('\n') });
  expect(error).toBe('');
  const [change, ...others] = jsonLines(out).slice(0, -1);
  expect(others).toEqual([]);
  return change;
}

const change = { before: { median: 20.05 }, changedAtTime: expect.stringMatching(/^2026-01-31T12:(39|40)/) };

test.each(
  [',', ';', '\t', '|'].flatMap((separator) =>
    [1, 2].flatMap((empty) => ['#', '%'].map((first) => [separator, empty, first] as const)),
  ),
)('with %j between cells and %d empty ones at the end of each row, %s is a name', async (...kind) => {
  const [separator, empty, first] = kind;
  const names = [first, 'value', 'time', ...['note', 'by'].slice(0, empty)];
  const cells = rows.map((row) => [...row, ...Array(empty).fill('')]);
  expect(await detect([names, ...cells].map((row) => row.join(separator)))).toMatchObject(change);
});

test.each([',', ';', '\t', '|', ' '])(
  'with %j between cells, a mark of comments that no cell stands below is none',
  async (separator) => {
    const lines = [['#', 'value', 'time'], ...rows.map((row) => row.slice(1))];
    expect(await detect(lines.map((row) => row.join(separator)))).toMatchObject(change);
  },
);
