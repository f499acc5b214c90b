import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { run } from '../../cli/run.ts';
import { useFolder } from '../use/folder.ts';
import { sink } from './in-process.ts';

const folder = useFolder();
const rows = '1\n2\n3\n'.repeat(20);

/** What a terminal shows of the messages of a command. */
async function shownBy(args: readonly string[]): Promise<string> {
  const [out, error] = [sink(), sink()];
  const signal = new AbortController().signal;
  const input = Readable.from([Buffer.from(rows)], { objectMode: false });
  const terminal = Object.assign(error.stream, { isTTY: true, columns: 80 });
  expect(await run(args, { input, out: out.stream, error: terminal, signal, environment: {} })).toBe(0);
  return error.text();
}

test('a file is read with a bar, and a pipe, of which nobody knows the size, without one', async () => {
  const path = join(folder, 'readings.csv');
  await writeFile(path, rows);
  expect(await shownBy(['detect', path])).toMatch(/readings\.csv .* \d+ %/);
  expect(await shownBy(['detect', '-'])).toBe('');
});
