import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { detectChangePoints } from '@aed/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sensorNetwork } from '../../cli/datasets/sensor-network.ts';
import { normal } from '../../cli/produce/random.ts';
import { jsonLines } from '../json-lines.ts';
import { textOf } from '../pages.ts';
import { useFolder } from '../use/folder.ts';
import { runsOf } from '../use/share-of-runs.ts';
import { aed } from './aed.ts';
import { runHere } from './in-process.ts';

const folder = useFolder();

/** A level of 1, then of 9; the change is at 30. */
const stepped = Array.from({ length: 60 }, (_, index) => (index < 30 ? 1 : 9));
const column = (values: readonly unknown[]) => `${values.join('\n')}\n`;
describe('what it reads', () => {
  const change = { changedAt: 30, interval: { from: 28, to: 31 }, detectedAt: 37, direction: 'up' };
  const timed = {
    ...change,
    changedAtTime: '2026-01-01T00:00:30Z',
    changedFromTime: '2026-01-01T00:00:28Z',
    changedToTime: '2026-01-01T00:00:31Z',
    detectedAtTime: '2026-01-01T00:00:37Z',
  };
  const time = (index: number) => `2026-01-01T00:00:${String(index % 60).padStart(2, '0')}Z`;
  test.each([
    ['one column without a header', [], column(stepped), change],
    ['one column with a header', [], `temp\n${column(stepped)}`, change],
    [
      'the usual columns',
      [],
      `timestamp,seriesId,value\n${column(stepped.map((value, i) => `${time(i)},a,${value}`))}`,
      { ...timed, seriesId: 'a' },
    ],
    [
      'a column by its name',
      ['--column', 'b'],
      `a,b\n${column(stepped.map((value) => `1,${value}`))}`,
      change,
    ],
    ['a column by its number', ['--column', '2'], column(stepped.map((value) => `1,${value}`)), change],
    [
      'a header that must be told',
      ['--header', '--column', '2'],
      `7,8\n${column(stepped.map((value) => `1,${value}`))}`,
      change,
    ],
    [
      'a time column by its name',
      ['--time-column', 'when'],
      `when,value\n${column(stepped.map((value, i) => `${time(i)},${value}`))}`,
      timed,
    ],
    [
      'another delimiter',
      ['--delimiter', ';'],
      `a;value\n${column(stepped.map((value) => `1;${value}`))}`,
      change,
    ],
    ['tabs', ['--delimiter', '\\t'], `a\tvalue\n${column(stepped.map((value) => `1\t${value}`))}`, change],
    [
      'quotes, spaces and Windows line ends',
      [],
      `"value"\r\n${stepped.map((value) => ` "${value}" `).join('\r\n')}`,
      change,
    ],
    ['a byte order mark', [], `\uFEFFvalue\n${column(stepped)}`, change],
    [
      'JSON Lines',
      [],
      stepped.map((value, i) => JSON.stringify({ seriesId: 'a', timestamp: time(i), value })).join('\n'),
      { ...timed, seriesId: 'a' },
    ],
    ['JSON Lines of numbers alone', ['--format', 'jsonl'], column(stepped), change],
    [
      'JSON Lines with other fields',
      ['--column', 'v', '--series-column', 'n'],
      stepped.map((v) => JSON.stringify({ n: 'b', v })).join('\n'),
      { ...change, seriesId: 'b' },
    ],
  ])('%s', async (_, args, input, expected) => {
    const { code, out, error } = await runHere(['detect', '-', '--json', ...args], { input });
    expect(error).toBe('');
    expect(code).toBe(0);
    const [found, summary] = jsonLines(out);
    expect(found).toMatchObject({ type: 'changePoint', ...expected });
    expect('seriesId' in found).toBe('seriesId' in expected);
    expect(summary).toMatchObject({ type: 'summary', rows: 60, series: 1, found: 1, skipped: 0 });
  });
});

test('says of a change where it may be, how large, of what kind, and both levels', async () => {
  const values = stepped.map((value, index) => value + ((index * index * 31) % 97) / 97);
  const { out } = await runHere(['detect', '-', '--json', '--statistic', 'scan'], { input: column(values) });
  const [found] = jsonLines(out);
  expect(found).toMatchObject({
    changedAt: 30,
    interval: { from: 30, to: 30 },
    kind: 'shift',
    before: { count: 30 },
  });
  expect(found.before.mean).toBeCloseTo(1.5357, 4);
  expect(found.before.median).toBeCloseTo(1.5979, 4);
  expect(found.magnitudeInterval.from).toBeLessThanOrEqual(8);
  expect(found.magnitudeInterval.to).toBeGreaterThanOrEqual(8);
  expect(found.falseAlarmEvery).toBeGreaterThan(10_000);
  expect(found.falseAlarmEvery).toBeCloseTo(1 / found.pValue, 0);

  const table = await runHere(['detect', '-'], { input: column(values) });
  expect(table.out).toMatch(/│ p +│ kind +│ since, 95 % +│ size, 95 % +│/);
  expect(table.out).toMatch(/│ 30 +│ 36 +│.*│ shift +│ 30–30 +│ \+7\.4124 … \+8\.1237 +│/);
  expect(table.out).toContain(
    'size: the median difference, without the readings next to the change.\np: of one test; it must fall below alpha.\nkind: unsure where a shift cannot be told from a drift; 95 %: confidence intervals\n',
  );
});

test('rows without a number are left out, counted by reason, and keep their number', async () => {
  const values: (number | string)[] = [...stepped];
  values.splice(10, 0, '', 'NaN', '0x10', 'Infinity', '1e999');
  const { out } = await runHere(['detect', '-', '--json'], { input: `value\n${column(values)}` });
  const [found, summary] = jsonLines(out);
  expect(found).toMatchObject({ changedAt: 35, interval: { from: 33, to: 36 }, detectedAt: 42 });
  expect(summary).toMatchObject({
    rows: 65,
    skipped: 5,
    skippedReasons: { empty: 2, 'not-a-number': 3 },
    firstBadRow: 12,
  });

  const table = await runHere(['detect', '-'], { input: `value\n${column(values)}` });
  expect(table.out).toContain(
    '65 rows, 1 series, 1 change point; 5 rows left out (3 not-a-number, 2 empty, the first is row 12)',
  );
});

test('lines whose fields hold more than JSON can show are left out, and end nothing', async () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const odd = [
    '{"seriesId":{"toString":1},"value":1}',
    `{"seriesId":${deep},"value":1}`,
    `{"value":${deep}}`,
    deep,
  ];
  const input = [...odd, ...stepped.map((value) => JSON.stringify({ value, timestamp: {} }))].join('\n');
  const { code, out } = await runHere(['detect', '-', '--json', '--format', 'jsonl'], { input });
  expect(code).toBe(0);
  expect(jsonLines(out).at(-1)).toMatchObject({
    found: 1,
    skippedReasons: { 'bad-series': 2, 'not-a-number': 1, 'not-json': 1 },
  });
});

test('options that only the service refuses are accepted', async () => {
  const { code, out } = await runHere(['detect', '-', '--json', '--max-regime-length', 'Infinity'], {
    input: column([...Array(20_000).fill(1), ...Array(300).fill(9)]),
  });
  expect(code).toBe(0);
  // With a regime cut to its newest half, fewer readings would speak for the change.
  expect(jsonLines(out)[0]).toMatchObject({ changedAt: 20_000, before: { count: 20_000 } });
  expect((await runHere(['detect', '-', '-a', '1e-300'], { input: column(stepped) })).code).toBe(0);
});

test('a p-value just below alpha is shown below it', async () => {
  const { out } = await runHere(['detect', '-'], {
    input: column([...Array(59).fill(1), ...Array(9).fill(9)]),
  });
  // 2 exp(−6 (59 · 9)² / (68³ + 68²)) = 0.009959.
  expect(out).toMatch(/│ 59 +│ 67 +│.*│ 0\.00996 │/);
});

test('says what p is in the table of a scan', async () => {
  const draw = normal(1);
  const { out } = await runHere(['detect', '-', '--statistic', 'scan'], {
    input: column(stepped.map((level) => level + draw())),
  });
  expect(out).toContain(
    'level: medians before and after, or means where only these moved; size: the median difference, without the readings next to the change.\np: without a change, such a score comes once in 1/p readings.\n',
  );
});

describe('a time between false alarms', () => {
  const start = Date.parse('2026-01-01T00:00:00Z');
  const draw = normal(1);
  const rows = (series: string, seconds: number) =>
    Array.from(
      { length: 300 },
      (_, index) =>
        `${series},${new Date(start + index * seconds * 1000).toISOString()},${draw() + (index < 200 ? 0 : 9)}`,
    );
  const file = (...lines: readonly string[]) => `seriesId,timestamp,value\n${column(lines)}`;
  const scan = ['detect', '-', '--statistic', 'scan', '--false-alarm-every'];

  test('is as good as the points that it comes to, which are shown', async () => {
    const input = file(...rows('a', 60));
    const inPoints = await runHere([...scan, '2880'], { input });
    const inTime = await runHere([...scan, '2d'], { input });
    const words = '--false-alarm-every 2d = 2880 readings, one every 1m';
    expect(inTime.out.split('\n').slice(0, 6)).toEqual(inPoints.out.split('\n').slice(0, 6));
    expect(inTime.out).toContain(`│ 200 `);
    expect(inTime.out.split('\n').at(-2)).toBe(words);
    const path = join(folder, 'timed.html');
    const { out } = await runHere([...scan, '2d', '--json', '--report', path], { input });
    expect(jsonLines(out).at(-1)).toMatchObject({ times: [words] });
    expect(await readFile(path, 'utf8')).toContain(`<p>${words}.</p>`);
  });

  test('is turned into points by the interval of each series, however short the series', async () => {
    const input = file(
      ...rows('a', 60),
      ...rows('b', 60),
      ...rows('c', 600).slice(0, 20),
      'd,2026-01-01T00:00:00Z,1',
      'e,,',
    );
    const { code, out } = await runHere([...scan, '2d'], { input });
    expect(code).toBe(0);
    expect(out).toContain('--false-alarm-every 2d = 2880 readings, one every 1m (2 series)\n');
    expect(out).toContain('--false-alarm-every 2d = 288 readings, one every 10m (1 series)\n');
    expect(out).toContain('622 rows, 5 series, 2 change points; 1 row left out');
  });

  test('is refused where it is out of bounds or there are no times', async () => {
    const hourly = await runHere([...scan, '1d'], { input: file(...rows('a', 3600)) });
    expect(hourly).toMatchObject({ code: 1, out: '' });
    expect(hourly.error).toContain(
      '\nerror: standard input: --false-alarm-every 1d = 24 readings, one every 1h: --false-alarm-every must be a number from 100 to 10,000,000, got 24; the shortest time is 100h, or 100 readings\n',
    );
    const untimed = await runHere([...scan, '1d'], { input: column(stepped) });
    expect(untimed.error).toMatch(
      /\nerror: standard input: --false-alarm-every 1d is a time, but the readings have no times/,
    );
    expect((await runHere([...scan, 'daily'], { input: '' })).code).toBe(2);
  });
});

describe('change points that may be wander', () => {
  let level = 0;
  const draw = normal(1);
  const wandering = Array.from({ length: 2_000 }, () => {
    level = 0.9 * level + draw();
    return level.toFixed(3);
  });
  const note =
    /\d+ change points; neighbouring readings resemble each other \(lag-1 rank correlation 0\.\d\d\), so many of these may be wander, not events\. /;

  test('are told from events below the table, in JSON and in the report', async () => {
    const path = join(folder, 'wander.html');
    const { out } = await runHere(['detect', '-', '--report', path], { input: column(wandering) });
    expect(out.split('\n').at(-2)).toMatch(new RegExp(`^note: ${note.source}`));
    expect(await readFile(path, 'utf8')).toMatch(new RegExp(`<p>${note.source}.*</p>`));
    const { out: json } = await runHere(['detect', '-', '--json'], { input: column(wandering) });
    expect(jsonLines(json).at(-1)?.note).toMatch(note);
  });

  test('are those of a quiet sensor, as docs/command-line.md shows', async () => {
    const rows = sensorNetwork()
      .readings.filter(({ seriesId }) => seriesId === 'mote-2-humidity')
      .map(({ value }) => value);
    const { out } = await runHere(['detect', '-'], { input: column(rows) });
    const shown = out.split('\n').at(-2) ?? '';
    expect(textOf('docs/command-line.md').replaceAll('\n', ' ')).toContain(shown);
    expect(shown).toMatch(note);
  });

  test('are not mentioned with the scan, which is the other opinion, nor of independent readings', async () => {
    const scanned = await runHere(['detect', '-', '--statistic', 'scan'], { input: column(wandering) });
    expect(scanned.out).not.toContain('note:');
    // Levels that do not come back in turn: that would be a season.
    const steps = Array.from(
      { length: 2_000 },
      (_, index) => 5 * (Math.floor(index / 100) ** 2 % 7) + draw(),
    );
    expect((await runHere(['detect', '-'], { input: column(steps) })).out).not.toContain('note:');
  });
});

describe('readings that resemble their neighbours', () => {
  let level = 0;
  const draw = normal(4);
  const alike = Array.from({ length: 1_000 }, () => {
    level = 0.8 * level + draw();
    return level.toFixed(3);
  });
  const apart = Array.from({ length: 1_000 }, () => draw().toFixed(3));
  const detectScan = (rows: readonly string[], ...more: string[]) =>
    runHere(['detect', '-', '--statistic', 'scan', ...more], { input: column(rows) });

  test('are told below the counts and in the summary, with the series in which they do most', async () => {
    const line = /Neighbours resemble each other, so that (\d+|\d\.\d) readings count as one\.\n/;
    expect((await detectScan(alike)).out).toMatch(line);
    expect(jsonLines((await detectScan(alike, '--json')).out).at(-1)?.dependence).toEqual({
      inflation: expect.any(Number),
    });
    const rows = ['seriesId,value', ...alike.map((value, i) => `a,${apart[i]}\nb,${value}`)];
    expect((await detectScan(rows)).out).toMatch(/\nb: neighbours resemble each other/);
    expect(jsonLines((await detectScan(rows, '--json')).out).at(-1)?.dependence).toMatchObject({
      seriesId: 'b',
    });
  });

  test('are not mentioned if they do not, nor with the MPP test, nor if they are taken as independent', async () => {
    expect((await detectScan(apart)).out).not.toContain('resemble');
    expect((await detectScan(alike, '--dependence', 'independent')).out).not.toContain('resemble');
    const mpp = await runHere(['detect', '-', '--json'], { input: column(apart) });
    expect(jsonLines(mpp.out).at(-1)).not.toHaveProperty('dependence');
  });
});

describe('what it says of a file in which it finds nothing', () => {
  test.each([
    [[], 60, 'No change point.'],
    [
      [],
      15,
      'No change point: the longest series has 15 readings; with alpha 0.01 and startup 5, a change needs at least 16.',
    ],
    [
      ['--statistic', 'scan'],
      15,
      'No change point: the longest series has 15 readings; with a false alarm every 10000, minimum length 8 and startup 16, a change needs at least 20, or a few less where values are equal.',
    ],
    [
      ['-x', '90'],
      80,
      /^No change point: the longest .* 80 readings; with .* startup 90, a change needs at least 90\./,
    ],
    [
      ['--max-regime-length', '10'],
      60,
      /^No change point: a regime has at most 10 readings \(--max-regime-length\); with .* a change needs at least 16\./,
    ],
  ])('%j of %d readings', async (args, readings, text) => {
    const { out } = await runHere(['detect', '-', ...args], { input: column(Array(readings).fill(1)) });
    const [first] = out.split('\n');
    expect(first).toEqual(typeof text === 'string' ? text : expect.stringMatching(text));
  });

  test('and the fewest that can show a change do show it', async () => {
    const middle = [...Array(8).fill(1), ...Array(8).fill(9)];
    const { out } = await runHere(['detect', '-'], { input: column(middle) });
    expect(out).toMatch(/│ 8 +│ 15 +│/);
    expect(out).toContain('since: first reading of the new level; known: reading at which');
  });
});

describe('rows that are not in the order of time', () => {
  const rows = (times: readonly (string | number)[]) =>
    `timestamp,seriesId,value\n${times.map((time, i) => `${time},${i % 2 === 0 ? 'a' : 'b'},1`).join('\n')}\n`;
  const day = (number: number) => `2026-01-${String(number).padStart(2, '0')}T00:00:00Z`;
  test.each([
    ['later ones first', [9, 8, 7, 6].map(day), ['rows stand newest first: sorted by time']],
    [
      'numbers that are no dates',
      [10_000, 10_000, 10_001, 9_000, 10_002],
      [
        "times that are numbers but no dates, such as '10000', used for the order alone",
        '1 row earlier than the rows before: sorted by time',
      ],
    ],
    ['each series in its order', [5, 1, 6, 2].map(day), []],
    ['equal times', [5, 5, 6, 6].map(day), []],
    [
      'a number that grows by a digit',
      [998, 999, 1000, 1001],
      ["times that are numbers but no dates, such as '998', used for the order alone"],
    ],
    ['no times at all', ['x', 'x', 'b', 'a'], ["no times, since 'timestamp' has neither dates nor numbers"]],
  ])('%s', async (_, times, notes) => {
    const { code, out, error } = await runHere(['detect', '-', '--json'], { input: rows(times) });
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(jsonLines(out).at(-1)).toMatchObject({ readAs: notes, repeated: 0 });
  });
});

test('counts of one are in the singular', async () => {
  const { out } = await runHere(['detect', '-'], { input: 'value\n1\n\n' });
  expect(out).toMatch(/has 1 reading; .*\n2 rows, 1 series, 0 change points; 1 row left out \(1 empty, /);
});

test('several series, mixed, are tested each by itself', async () => {
  const rows = stepped.flatMap((value, index) => [`up,${value}`, `down,${-value}`, `flat,${index % 3}`]);
  const { out } = await runHere(['detect', '-'], { input: `seriesId,value\n${column(rows)}` });
  expect(out).toMatch(/│ down +│ 30 +│ 37 +│.*│\n.*│ up +│ 30 +│ 37 +│/);
  expect(out).not.toMatch(/│ flat/);
  expect(out).toContain('180 rows, 3 series, 2 change points');
});

test('it finds what the core finds, wherever regimes are cut', async () => {
  const value = fc.oneof(
    fc.integer({ min: -3, max: 3 }),
    fc.integer({ min: 40, max: 44 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  );
  const stretch = fc
    .tuple(value, fc.integer({ min: 1, max: 40 }))
    .map(([level, length]) => Array.from({ length }, (_, i) => level + (i % 2)));
  await fc.assert(
    fc.asyncProperty(fc.array(stretch, { minLength: 1, maxLength: 8 }), async (stretches) => {
      const series = stretches.flat();
      const { out } = await runHere(['detect', '-', '--json', '--max-regime-length', '50'], {
        input: column(series),
      });
      const found = jsonLines(out).slice(0, -1);
      const expected = detectChangePoints(series, { maxRegimeLength: 50 });
      expect(found.map(({ changedAt, detectedAt, magnitude }) => [changedAt, detectedAt, magnitude])).toEqual(
        expected.map(({ changedAt, detectedAt, magnitude }) => [changedAt, detectedAt, magnitude]),
      );
    }),
    { numRuns: runsOf(60) },
  );
});

test('a series name with control characters cannot move the cursor', async () => {
  const rows = stepped.map((value) => `"\u001b[31mred\u202e",${value}`);
  const { out } = await runHere(['detect', '-'], { input: `seriesId,value\n${column(rows)}` });
  expect(out).toContain(' [31mred ');
  expect(out).not.toContain('\u001b');
  expect(out).not.toContain('\u202e');
});

describe('as a program of its own', () => {
  test('a pipe in, a table out, no colour and no progress without a terminal', async () => {
    const { code, out, error } = await aed(['detect', '-'], { input: column(stepped) });
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(out).toMatch(/│ 30 +│ 37 +│ 1 → 9 +│ \+8 +│/);
    expect(out).not.toContain('\u001b');
  });

  test('reports: a page without network, SVG and PNG', async () => {
    const file = join(folder, 'stepped.csv');
    await writeFile(file, `seriesId,value\n${column(stepped.map((value) => `<img onerror=x>,${value}`))}`);
    for (const extension of ['html', 'svg', 'png']) {
      const report = join(folder, `report.${extension}`);
      const { code, error } = await aed(['detect', file, '--report', report]);
      expect({ code, error }).toEqual({ code: 0, error: `report written to ${report}\n` });
      const bytes = await readFile(report);
      if (extension === 'png') expect(bytes.subarray(1, 4).toString()).toBe('PNG');
      else expect(bytes.toString()).toContain('&lt;img onerror=x&gt;');
      expect(bytes.includes('<img')).toBe(false);
    }
  });
});
