import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { beforeAll, expect, test } from 'vitest';
import { runHere } from '../cli/in-process.ts';
import { textOf } from '../pages.ts';
import { useFolder } from '../use/folder.ts';

const folder = useFolder();
const readme = textOf('examples/benchmark-results/README.md');
const results = join(folder, 'results.csv');
beforeAll(() =>
  copyFileSync(new URL('../../examples/benchmark-results/results.csv', import.meta.url), results),
);

/** The words of a command of the page, in the folder of this test. */
function wordsOf(command: RegExp): readonly string[] {
  const [, line = ''] = command.exec(readme) ?? [];
  const inFolder: Readonly<Record<string, string>> = {
    'results.csv': results,
    'changes.html': join(folder, 'changes.html'),
  };
  return line.split(' ').map((word) => inFolder[word] ?? word.replaceAll("'", ''));
}

test('the command finds both changes, as the page shows, and no other', async () => {
  const { code, out } = await runHere(wordsOf(/^aed (detect results.csv .*)$/m));
  expect(code).toBe(0);
  const [, table = ''] = /```text\n(.*?)```/s.exec(readme) ?? [];
  expect(out).toContain(table);
  const { document } = parseHTML(readFileSync(join(folder, 'changes.html'), 'utf8'));
  expect([...document.querySelectorAll('.sortable tbody th')].map(({ textContent }) => textContent)).toEqual([
    'p99_ms',
    'requests_per_s',
    'p50_ms',
  ]);
});

test('the time of a change leads to its commit, which the page names', () => {
  const lines = readFileSync(results, 'utf8').split('\n');
  const [, shown = ''] = /^grep \^2026-02-28 results.csv +# (.*)$/m.exec(readme) ?? [];
  expect(lines.filter((line) => line.startsWith('2026-02-28'))).toEqual([shown]);
});

test('as a gate it fails on the whole file, and not on what came after the change that was accepted', async () => {
  const gate = wordsOf(/^ {2}aed (detect - .*)$/m);
  const [head = '', ...rows] = readFileSync(results, 'utf8').split('\n');
  expect((await runHere(gate, { input: [head, ...rows].join('\n') })).code).toBe(3);
  const accepted = rows.filter((row) => row > '2026-03-17');
  expect((await runHere(gate, { input: [head, ...accepted].join('\n') })).code).toBe(0);
});
