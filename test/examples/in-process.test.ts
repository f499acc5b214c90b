import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { useFolder } from '../use/folder.ts';
import { runExample, startExample } from './run-example.ts';

const folder = useFolder('for each test');

const readings = [...Array(20).fill(5), ...Array(20).fill(9)];
const watch = (args: readonly string[], lines: readonly unknown[]) =>
  runExample('in-process/watch.ts', args, lines.map((line) => `${line}\n`).join(''));

test('a change of level is printed, and lines that are not numbers count as missing', async () => {
  const { stdout, stderr } = await watch(['--threshold', '2'], ['five', ...readings, '']);
  expect(stdout).toBe('new level since reading 21, known at 27: +4\n');
  expect(stderr).toBe('not a number, taken as missing: "five"\nnot a number, taken as missing: ""\n');
});

test.each([
  [[], 'no reading since the last change'],
  [[3, 4], 'level 3.5 since reading 0; evidence of another change: 0 %'],
  [readings.slice(0, 23), 'level 5 since reading 0; evidence of another change: 56 %, from reading 20 on up'],
])('with its status it says what holds, and what may come: %j', async (lines, status) => {
  expect((await watch(['--status'], lines)).stdout).toBe(`${status}\n`);
});

test('with its state in a file it goes on where it stopped', async () => {
  const state = ['--state', join(folder, 'detector.json')];
  expect((await watch(state, readings.slice(0, 23))).stdout).toBe('');
  const whole = await watch([], readings);
  expect((await watch(state, readings.slice(23))).stdout).toBe(whole.stdout);
  expect(whole.stdout).toContain('new level since reading 20');
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends it with its state saved, and it goes on there',
  async (signal) => {
    const args = ['--state', join(folder, 'detector.json')];
    const first = [...readings.slice(0, 23), 'end'];
    const child = startExample('in-process/watch.ts', args);
    onTestFinished(() => void child.kill('SIGKILL'));
    child.stdin.write(first.map((line) => `${line}\n`).join(''));
    // It has read all lines once it complains about the last one.
    await once(child.stderr, 'data');
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(readdirSync(folder)).toEqual(['detector.json']);
    const whole = await watch([], [...first, ...readings.slice(23)]);
    expect((await watch(args, readings.slice(23))).stdout).toBe(whole.stdout);
    expect(whole.stdout).toContain('new level since reading 20');
  },
);

test('help says how it is used', async () => {
  const { stdout, stderr } = await watch(['--help'], []);
  expect(stdout).toMatch(/^Usage: .*--threshold.*--state/);
  expect(stderr).toBe('');
});

test.each([
  [['--threshold=-1'], 'practicalThreshold must be a finite number of at least 0, got -1'],
  [['--threshold', '-1'], "Option '--threshold' argument is ambiguous"],
  [['--bogus'], "Unknown option '--bogus'"],
  [['--state', 'broken'], 'JSON'],
])('a wrong command line gets an error of one line: %j', async (args, message) => {
  const broken = join(folder, 'broken');
  writeFileSync(broken, '{');
  const failing = watch(
    args.map((arg) => (arg === 'broken' ? broken : arg)),
    [],
  );
  await expect(failing).rejects.toThrow(/failed: error: .+\n$/);
  await expect(failing).rejects.toThrow(message);
});
