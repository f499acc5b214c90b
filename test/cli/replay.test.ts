import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';
import type { Snapshot } from '../../web/wire.ts';
import { jsonLines } from '../json-lines.ts';
import { useFolder } from '../use/folder.ts';
import { readEvents } from '../web/server/event-source.ts';
import { launcher } from './aed.ts';
import { runHere } from './in-process.ts';

/** As `npm start` does it, but built. */
const command = [launcher, 'replay'];

function replay(...args: string[]): Promise<{ code: number; out: string; error: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [...command, ...args], (failure, out, error) => {
      resolve({ code: typeof failure?.code === 'number' ? failure.code : failure ? -1 : 0, out, error });
    });
  });
}

const folder = useFolder();

describe('the Nile', () => {
  test('as JSON: one change point, since 1899, known in 1907, then the summary', async () => {
    const { code, out, error } = await replay('--dataset', 'nile', '--json');
    expect(error).toBe('');
    expect(code).toBe(0);
    expect(jsonLines(out)).toEqual([
      expect.objectContaining({
        type: 'changePoint',
        seriesId: 'nile',
        changedAt: 28,
        changedAtTime: '1899-01-01T00:00:00.000Z',
        interval: { from: 26, to: 29 },
        changedFrom: '1897-01-01T00:00:00.000Z',
        changedTo: '1900-01-01T00:00:00.000Z',
        kind: 'shift',
        magnitudeInterval: { from: -439, to: -154 },
        detectedAt: 36,
        detectedAtTime: '1907-01-01T00:00:00.000Z',
        magnitude: -294,
        other: { statistic: 'scan', detectedAt: expect.any(Number) },
      }),
      expect.objectContaining({
        type: 'summary',
        put: 100,
        recorded: 100,
        setAside: 0,
        repeated: 0,
        tested: 100,
        found: 1,
        published: 1,
        notified: 1,
        other: { statistic: 'scan', found: 1 },
      }),
    ]);
  });

  test('for people: the notification, the table and the counts', async () => {
    const { code, out } = await replay('--dataset', 'nile');
    expect(code).toBe(0);
    expect(out).toContain('▼ nile: 1130 → 833 10⁸ m³ (−294), new level since reading 28 (26–29) (1899-');
    expect(out).toMatch(
      /known after 8 readings \(1907-01-01T00:00:00Z\); by the scan after \d+; shift, p = 0\.0045\n/,
    );
    expect(out).toMatch(
      /│ nile +│ 28 +│ 36 +│ \d+ +│ 1130 → 833 +│ −294 +│ 0\.0045 +│ – +│ shift +│ 26–29 +│ −439 … −154 +│/,
    );
    expect(out).toContain(
      'put 100 = recorded 100 + set aside 0\ntested 100, found 1, notified 1; the scan would have found 1\n',
    );
    expect(out).toContain('by the scan: reading at which the scan would have detected it;\n');
  });

  test('with the scan: the MPP test beside it, and what p is', async () => {
    const { out } = await replay('--dataset', 'nile', '--statistic', 'scan', '--false-alarm-every', '500');
    expect(out).toMatch(
      /known after \d+ readings \(19\d\d-01-01T00:00:00Z\); by MPP after 7; \w+, p = 0\.\d+\n/,
    );
    expect(out).toContain('\np: without a change, such a score comes once in 1/p readings.\n');
  });

  test('a change that the other statistic would not report', async () => {
    const { out } = await replay('--dataset', 'nile', '--minimum-length', '60');
    expect(out).toContain('); not by the scan; shift, p = 0.0045\n');
    expect(out).toMatch(/│ nile +│ 28 +│ 36 +│ – +│/);
  });
});

test('a CSV file of several series, some of its rows bad and one repeated', async () => {
  const path = join(folder, 'readings.csv');
  const rows = ['a', 'b'].flatMap((seriesId) =>
    Array.from({ length: 60 }, (_, i) => `${seriesId},${i * 1000},${(i < 30 ? 0 : 8) + (i % 3)}`),
  );
  rows.splice(10, 0, 'a,yesterday,1', 'a,5000,high');
  await writeFile(path, ['seriesId,timestamp,value', ...rows, rows[0]].join('\n'));

  const { code, out } = await replay('--dataset', path, '--json', '-p', '4');
  expect(code).toBe(0);
  const lines = jsonLines(out);
  expect(lines.at(-1)).toMatchObject({
    put: 123,
    recorded: 120,
    setAside: 2,
    setAsideReasons: { 'bad-timestamp': 1, 'bad-value': 1 },
    repeated: 1,
    tested: 120,
    found: 2,
  });
  // The two bad rows are readings of the file as well.
  expect(lines.filter(({ seriesId }) => seriesId === 'a')).toMatchObject([
    { changedAt: 32, direction: 'up' },
  ]);
  expect(lines.filter(({ seriesId }) => seriesId === 'b')).toMatchObject([
    { changedAt: 30, direction: 'up' },
  ]);
});

test('a CSV file of which nothing can be recorded is a failure that says why', async () => {
  const path = join(folder, 'no-numbers.csv');
  await writeFile(
    path,
    'seriesId,timestamp,value\na,2026-01-01T00:00:00Z,low\na,2026-01-01T00:00:01Z,high\na,0,1\n',
  );
  const { code, error } = await replay('--dataset', path);
  expect(code).toBe(1);
  expect(error).toBe('error: none of 3 readings could be recorded: 2 bad-value, 1 implausible-timestamp\n');
});

describe('a wrong command line gets an error of one line, before anything starts', () => {
  test.each([
    [['-a', '0'], 'error: --alpha must be a number greater than 0 and less than 1, got 0'],
    [['-a', 'low'], "error: --alpha must be a number, got 'low'"],
    [['-p', '-1'], /error: --practical-threshold must be .*, got -1/],
    [['--window', '1.5'], /error: --window must be .*, got 1.5/],
    [['--startup', '1'], /error: --startup must be .*, got 1/],
    [['--serve', '--port', '99999'], "It must be a whole number from 0 to 65535, got '99999'"],
    [['--port', '8080'], '--port is the port of the page; it needs --serve'],
    [['--rate', '0'], "It must be a number greater than 0, got '0'"],
    [['--restart', 'never'], "'never' is invalid. Allowed choices are detection, change."],
    [['--max-regime-length', '3'], /error: --max-regime-length must be .*, got 3/],
    [['--bogus'], "unknown option '--bogus'"],
    [['extra'], 'too many arguments'],
  ])('%j', async (args, message) => {
    const { code, out, error } = await runHere(['replay', ...args]);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(error).toMatch(message);
    expect(error).not.toMatch(/^ +at /m);
  });
});

test('a data set that does not exist gets an error of one line', async () => {
  const { code, out, error } = await runHere(['replay', '--dataset', 'no-such.csv']);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(error).toMatch(/^error: cannot read no-such.csv: there is no such file/);
});

test('help names every option and gives examples', async () => {
  const { code, out } = await runHere(['replay', '--help']);
  expect(code).toBe(0);
  for (const option of [
    '-p, --practical-threshold',
    '-a, --alpha',
    '-w, --window',
    '-x, --startup',
    '--restart',
    '--max-regime-length',
    '--dataset',
    '--json',
    '--serve',
    '--port',
    '--rate',
  ]) {
    expect(out).toContain(option);
  }
  expect(out).toContain('aed replay --dataset nile');
  expect(out).toContain('npm start -- --dataset nile');
});

test('Ctrl-C ends it cleanly', async () => {
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'pipe'] });
  let error = '';
  child.stderr.on('data', (chunk) => {
    error += chunk;
  });
  await once(child.stdout, 'data');
  child.kill('SIGINT');
  const [code] = await once(child, 'exit');
  expect(error.trim()).toBe('stopped');
  expect(code).toBe(130);
});

test('npm start is the same, options included', async () => {
  const child = spawn('npm', ['--silent', 'start', '--', '--dataset', 'nile', '--json']);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  expect(JSON.parse((await lines.next()).value ?? '')).toMatchObject({ seriesId: 'nile', changedAt: 28 });
  expect(JSON.parse((await lines.next()).value ?? '')).toMatchObject({ type: 'summary', put: 100 });
  const [code] = await once(child, 'exit');
  expect(code).toBe(0);
});

test('every option of the detector reaches the pipeline', async () => {
  const { out } = await replay(
    ...['--dataset', 'nile', '--json', '-a', '0.02', '-p', '7', '-x', '6', '-w', '4'],
    ...['--restart', 'change', '--max-regime-length', '500'],
  );
  expect(jsonLines(out)[0]).toMatchObject({
    type: 'changePoint',
    options: {
      alpha: 0.02,
      practicalThreshold: 7,
      startup: 6,
      window: 4,
      restart: 'change',
      maxRegimeLength: 500,
    },
  });
});

describe('no process is left', () => {
  // Each process of the group has the two streams of the first one, so that these close when the last one has ended.
  test.each([
    ['SIGINT', 'feeding', []],
    ['SIGTERM', 'serving', ['--dataset', 'nile', '--serve']],
  ] as const)('by %s to the whole group while %s', async (signal, _, args) => {
    const child = spawn('npm', ['--silent', 'start', '--', ...args], { detached: true });
    const ended = once(child, 'close');
    let error = '';
    child.stderr.on('data', (chunk) => {
      error += chunk;
    });
    for await (const line of createInterface({ input: child.stdout })) {
      if (/^(pipeline up|watch it)/.test(line)) break;
    }
    process.kill(-(child.pid as number), signal);
    await ended;
    expect(error.trim()).toBe('stopped');
  });

  test.each(['SIGTERM', 'SIGKILL'] as const)('by %s to the process alone', async (signal) => {
    const child = spawn(process.execPath, [...command, '--dataset', 'nile', '--serve', '--json']);
    const ended = once(child, 'close');
    let error = '';
    child.stderr.on('data', (chunk) => {
      error += chunk;
    });
    const [line] = await once(createInterface({ input: child.stdout }), 'line');
    child.kill(signal);
    await ended;
    expect(error.trim()).toBe(signal === 'SIGTERM' ? 'stopped' : '');
    await expect(fetch(JSON.parse(line).url)).rejects.toThrow('fetch failed');
  });
});

test('with --serve the page is there from the first reading on, and stays until Ctrl-C', async () => {
  const child = spawn(process.execPath, [
    ...command,
    '--dataset',
    'nile',
    '--json',
    '--serve',
    '--rate',
    '400',
  ]);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const { type, url } = JSON.parse((await lines.next()).value ?? '');
  expect(type).toBe('page');
  expect(await (await fetch(url)).text()).toContain('<title>Change points</title>');

  expect(JSON.parse((await lines.next()).value ?? '')).toMatchObject({
    type: 'changePoint',
    seriesId: 'nile',
  });
  expect(JSON.parse((await lines.next()).value ?? '')).toMatchObject({ type: 'summary', put: 100 });
  const reader = await readEvents(`${url}api/overview`);
  const snapshot = await reader.first<Snapshot>('snapshot');
  expect(snapshot).toMatchObject({
    title: 'Annual flow of the Nile at Aswan',
    unit: '10⁸ m³',
    series: [{ seriesId: 'nile', value: 740 }],
    notices: [{ found: { magnitude: -294 } }],
  });
  expect(snapshot.counts).toMatchObject({ put: 100, recorded: 100, tested: 100, found: 1, notified: 1 });
  child.kill('SIGINT');
  const [code] = await once(child, 'exit');
  expect(code).toBe(0);
  reader.close();
});
