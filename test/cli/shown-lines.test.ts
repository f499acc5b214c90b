import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { forgottenText } from '../../cli/forget/view.ts';
import { fileDataset } from '../../cli/replay/file-dataset.ts';
import { run } from '../../cli/run.ts';
import { useRuntimeFolder } from '../use/folder.ts';
import { runHere, sink } from './in-process.ts';

const folder = useRuntimeFolder();
const toRed = '\u001b[31m';

function table(names: readonly string[]): string {
  const row = (_: unknown, index: number) =>
    [`2026-01-01T00:00:${String(index).padStart(2, '0')}Z`, ...names.map(() => index)].join(',');
  return `timestamp,${names.join(',')}\n${Array.from({ length: 60 }, row).join('\n')}\n`;
}

/** What aed replay says of a file, without the pipeline. */
async function saidOfDataset(text: string): Promise<string> {
  const path = join(folder, 'readings.csv');
  await writeFile(path, text);
  const { stream: error, text: said } = sink();
  await fileDataset(
    path,
    { allColumns: true },
    { input: new PassThrough(), error, signal: AbortSignal.any([]) },
  );
  return said();
}

async function saidOf(args: readonly string[], text: string): Promise<string> {
  const { code, out, error } = await runHere(args, { input: text });
  expect({ code, error }).toEqual({ code: 0, error: '' });
  return out;
}

const commands: readonly (readonly [string, (text: string) => Promise<string>])[] = [
  ['aed detect', (text) => saidOf(['detect', '-', '--all-columns'], text)],
  ['aed put', (text) => saidOf(['put', '-', '--dry-run', '--series', 's', '--all-columns'], text)],
  ['aed replay', saidOfDataset],
];

test.each(commands)('%s says to its end how a file was read, however long that is', async (_, said) => {
  const names = Array.from({ length: 24 }, (_, index) => `temperature_of_the_room_${index}`);
  expect(await said(table(names))).toContain(", 'temperature_of_the_room_19' and 4 more\n");
});

test.each(commands)('%s shows the name of a column without its control characters', async (_, said) => {
  const text = await said(table([`${toRed}red`, 'b']));
  expect(text).toMatch(/^read: .*' \[31mred'/m);
  // Events are JSON.
  expect(text).not.toContain(toRed);
});

test('what a live input waits for is shown without control characters', async () => {
  const input = new PassThrough();
  const [out, error] = [sink(), sink()];
  const interrupt = new AbortController();
  const { signal } = interrupt;
  const context = { input, out: out.stream, error: error.stream, signal, environment: {} };
  const ended = run(['detect', '-'], context);
  input.write(`${toRed}red,b,c\n${'1,2,3\n'.repeat(20)}`);
  while (!error.text().includes('\n')) await once(error.stream, 'data');
  interrupt.abort();
  await ended;
  expect(error.text()).toMatch(/^standard input waits .* the columns are ' \[31mred', 'b', 'c'/);
  expect(error.text()).not.toContain(toRed);
});

test('the key of an object that cannot be forgotten is shown whole, without control characters', () => {
  const key = `quarantine/${'x'.repeat(400)}.json`;
  const text = forgottenText('s', { deleted: {}, inseparable: [`${toRed}${key}`], tooLarge: [key] });
  expect(text).toContain(`   [31m${key}\n`);
  expect(text).toContain(`  ${key}\n`);
});
