import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { runEvaluate } from '../../../bench/evaluate/run.ts';
import { withoutControls } from '../../../lambda/printable.ts';
import { sink } from '../../cli/in-process.ts';
import { folderWith } from './folder.ts';

/** Runs the command in this process, with output that is no terminal. */
async function run(args: readonly string[], signal = new AbortController().signal) {
  const [out, error] = [sink(), sink()];
  const streams = { input: Readable.from([]), out: out.stream, error: error.stream };
  const code = await runEvaluate(args, { ...streams, signal, environment: {} });
  return { code, out: out.text(), error: error.text() };
}

const small = ['--seed', '1', '--series', '2', '--points', '400'];

describe('a synthetic set, written and scored', () => {
  const folder = join(folderWith({}), 'synthetic');

  test('is written once', async () => {
    const written = await run(['--synthesize', folder, ...small]);
    expect(written).toMatchObject({ code: 0, error: '' });
    expect(written.out).toMatch(/^16 series of 400 points with \d+ changes in /);
    const again = await run(['--synthesize', folder, ...small]);
    expect(again.code).toBe(2);
    expect(again.error).toContain('--synthesize must name a folder that is empty or does not exist');
  });

  test('as one JSON object, in which the default beats both who reports nothing and who reports every point', async () => {
    const { code, out } = await run([folder, '--json', '--margin', '7']);
    expect(code).toBe(0);
    const { format, margin, results } = JSON.parse(out);
    expect({ format, margin }).toEqual({ format: 'csv', margin: 7 });
    const of = (name: string) => results.find((one: { name: string }) => one.name === name);
    expect(of('mpp').groups.shifts.f1).toBeGreaterThan(of('reports nothing').groups.shifts.f1);
    expect(of('mpp').groups.shifts.f1).toBeGreaterThan(of('reports every point').groups.shifts.f1);
    expect(of('perfect annotator')).toMatchObject({ series: 16, f1: 1, covering: 1, delayMedian: 0 });
    expect(of('mpp').perSeries.map(({ name }: { name: string }) => name)).toContain('ar-1/2');
  });

  test('as tables, and as a page with pictures', async () => {
    const report = join(folder, '..', 'evaluation.html');
    const { code, out, error } = await run([folder, '--report', report, '--draw', 'mpp, alpha 0.001']);
    expect({ code, error }).toEqual({ code: 0, error: `report written to ${report}\n` });
    for (const name of ['reports nothing', 'reports every point', 'mpp, alpha 0.001', 'perfect annotator'])
      expect(out).toContain(`│ ${name} `);
    expect(out).toContain('│ heavy-tails │');
    const page = readFileSync(report, 'utf8');
    expect(page).toContain('marked by an annotator');
    expect(page).toContain('The plots show what mpp, alpha 0.001 reports.');
    expect(page).toContain('rare-events/2');
  });
});

test('windows are scored, drawn and told as counts; what is left out is told', async () => {
  const rows = Array.from({ length: 60 }, (_, minute) => {
    const time = `2014-04-01 00:${String(minute).padStart(2, '0')}:00`;
    return `${time},${minute < 30 ? minute % 3 : 50 + (minute % 3)}\n`;
  });
  const window = ['2014-04-01 00:28:00', '2014-04-01 00:58:00'];
  const folder = folderWith({
    'combined_windows.json': JSON.stringify({ 'a.csv': [window], 'b.csv': [] }),
    'a.csv': `timestamp,value\n${rows.join('')}`,
  });
  const report = join(folder, 'windows.svg');
  const { code, out } = await run([folder, '--report', report]);
  expect(code).toBe(0);
  expect(out).toMatch(/│ mpp +│ 1\.000 │ 1\.000 +│ 1\.000 +│ 1 of 1 +│ 1 +│ 0 +│ \d+ +│/);
  expect(out).toMatch(/│ reports nothing +│ 0\.000 │ – +│ 0\.000 +│ 0 of 1 /);
  expect(out).toMatch(/^1 series of aed-evaluate-\w+\n/);
  expect(out).toContain('delay: median of the points from the start of a window to detectedAt\n');
  expect(out).toContain('left out: b.csv has windows but no file');
  expect(existsSync(report)).toBe(true);
});

describe('what cannot be is told in a line', () => {
  test.each([
    [[], 2, 'DIR must be given'],
    [['/nowhere/at/all'], 2, "DIR must be a folder that exists, got '/nowhere/at/all'"],
    [['a', '--synthesize', 'b'], 2, "--synthesize must be given without DIR, got 'a'"],
    [['a', '--margin', '1.5'], 2, "It must be a whole number of at least 0, got '1.5'"],
    [['a', '--format', 'xls'], 2, "argument 'xls' is invalid. Allowed choices are tcpd, nab, csv, skab"],
    [['a', '--report', 'a.pdf'], 2, "It must end in one of .html, .svg, .png, got 'a.pdf'"],
    [['a', '--period', '1'], 2, "It must be a whole number of at least 2, got '1'"],
    [
      ['a', '--report', 'a.svg', '--draw', 'scan, alpha 1'],
      2,
      "--draw must be one of 'mpp', 'mpp, alpha 0.001', ",
    ],
    [['--synthesize', 'b', '--points', '99'], 2, "a whole number from 100 to 1000000, got '99'"],
    [['--synthesize', ''], 2, "--synthesize must name a folder, got ''"],
    [['--synthesize', 'b', '--json'], 2, '--json has no effect with --synthesize; leave out one of the two'],
    [['--synthesize', 'b', '--margin', '5'], 2, '--margin has no effect with --synthesize'],
    [['--synthesize', 'b', '--draw', 'mpp', '--report', 'a.svg'], 2, '--report has no effect with'],
    [['a', '--seed', '4'], 2, '--seed has no effect without --synthesize; add one, or leave it out'],
    [['a', '--draw', 'mpp'], 2, '--draw has no effect without --report; add one, or leave it out'],
    [['--synthesize', 'package.json'], 1, 'cannot write package.json: it is a file'],
    [['a', '--report', 'package.json/a.svg'], 1, 'a.svg: a file stands where a folder should be'],
    [['a', '--report', 'no-such-folder/a.svg'], 1, 'a.svg: there is no such folder'],
    [['--frobnicate'], 2, 'unknown option'],
  ])('%j', async (args, code, message) => {
    const ended = await run(args);
    expect(ended.code).toBe(code);
    expect(ended.error).toContain(message);
  });

  test('a file that is not as its format says ends it with 1', async () => {
    const { code, error } = await run([folderWith({ 'annotations.json': '[]' })]);
    expect({ code, error }).toMatchObject({ code: 1 });
    expect(error).toMatch(/^error: .*annotations\.json: it must be a JSON object, got \[\]\n$/);
  });
});

test('a report that is a folder is refused before anything is scored', async () => {
  const report = join(folderWith({ 'a.svg/file': '' }), 'a.svg');
  expect(await run(['a', '--report', report])).toMatchObject({
    code: 1,
    error: `error: cannot write ${report}: it is a folder\n`,
  });
});

test('names with control characters reach neither the terminal nor a report', async () => {
  const hostile = '\u001b[31mg\u202e';
  const values = Array.from({ length: 40 }, (_, at) => at % 2);
  const rowsOf = (name: string) => values.map((value, at) => `${name},${at},${value}\n`).join('');
  const folder = folderWith({
    'readings.csv': `seriesId,timestamp,value\n${rowsOf(`${hostile}/a`)}${rowsOf('h/b')}`,
    'changepoints.csv': 'seriesId,reading\n',
  });
  const { code, out } = await run([folder, '--report', join(folder, 'a.html')]);
  expect({ code, out: withoutControls(out) }).toEqual({ code: 0, out: out.replaceAll('\n', ' ') });
  expect(out).toContain('│  [31mg ');
});

test('an interrupt ends it', async () => {
  const folder = folderWith({
    'readings.csv': `seriesId,timestamp,value\n${Array.from({ length: 50 }, (_, at) => `a,${at},${at % 2}\n`).join('')}`,
    'changepoints.csv': 'seriesId,reading\n',
  });
  expect(await run([folder], AbortSignal.abort())).toMatchObject({ code: 130, out: '', error: 'stopped\n' });
});

test('help says what there is', async () => {
  const { code, out } = await run(['--help']);
  expect(code).toBe(0);
  for (const option of ['--format', '--margin', '--report', '--json', '--synthesize', '--seed'])
    expect(out).toContain(option);
});
