import { join } from 'node:path';
import { expect, test } from 'vitest';
import { useRuntimeFolder } from '../use/folder.ts';
import { runHere } from './in-process.ts';

const folder = useRuntimeFolder();

test('says before it starts a pipeline what it puts there, and how long that takes', async () => {
  const report = join(folder, 'validation.svg');
  const args = ['validate', '--points', '5', '--rate', '100', '--seed', '1', '--report', report];
  const { code, out, error } = await runHere(args);
  expect(error).toBe(
    `putting 5 readings into a pipeline that this command starts, since no service runs: each at its time, in about 50ms\nreport written to ${report}\n`,
  );
  expect(out).toContain('5 readings through a pipeline of its own');
  expect(code).toBe(0);
});
