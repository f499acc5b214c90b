import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { normal, randomOf } from '../core/random.ts';
import { jsonLines } from '../json-lines.ts';
import { useFolder } from '../use/folder.ts';
import { runHere } from './in-process.ts';

const folder = useFolder();
const start = Date.parse('2026-01-01T00:00:00Z');

/** Sixty days of hours, 3 higher after the fiftieth; a day and some hours are missing after the twentieth. */
async function hours(): Promise<string> {
  const random = randomOf(11);
  const rows = Array.from({ length: 60 * 24 }, (_, index) => {
    const value = 20 + 4 * Math.sin((index * Math.PI) / 12) + normal(random) + (index < 1200 ? 0 : 3);
    return `${new Date(start + index * 3_600_000).toISOString()},${value.toFixed(2)}`;
  }).filter((_, index) => index < 500 || index >= 531);
  const path = join(folder, 'hours.csv');
  await writeFile(path, `timestamp,value\n${rows.join('\n')}\n`);
  return path;
}

const scan = ['--statistic', 'scan'];
const changesOf = (out: string) => jsonLines(out).filter(({ type }) => type === 'changePoint');

describe('aed detect with a season', () => {
  test.each([
    ['a time, in points of the readings', ['--period', '24h']],
    ['points and an interval', ['--period', '24', '--interval', '3600']],
    ['a time and an interval that is one', ['--period', '1d', '--interval', '1h']],
  ])('minds a gap if its period is %s', async (_, flags) => {
    const { out, code } = await runHere(['detect', await hours(), ...scan, ...flags, '--json']);
    expect(code).toBe(0);
    const [change, ...others] = changesOf(out);
    expect(others).toEqual([]);
    expect(change).toMatchObject({ direction: 'up' });
    expect(Math.abs(Number(change?.changedAt) - 1169)).toBeLessThan(4);
  });

  test('shows what a time came to', async () => {
    const { out, error } = await runHere(['detect', await hours(), ...scan, '--period', '24h']);
    expect(out).toContain('--period 24h = 24 readings, one every 1h');
    expect(error).toBe('');
  });

  test('counts rows with a period in points alone, those without a value included', async () => {
    const counted = await runHere(['detect', await hours(), ...scan, '--period', '24', '--json']);
    expect(changesOf(counted.out).length).toBeGreaterThan(1);
    const random = randomOf(12);
    const rows = Array.from({ length: 900 }, (_, index) =>
      index % 100 < 5 ? '' : (4 * Math.sin((index * Math.PI) / 12) + normal(random)).toFixed(2),
    );
    const { out } = await runHere(['detect', '-', '--column', '1', ...scan, '--period', '24', '--json'], {
      input: `x,y\n${rows.map((row) => `${row},`).join('\n')}\n`,
    });
    expect(changesOf(out)).toEqual([]);
  });

  test.each([
    [
      ['--period', '24', '--interval', '1h'],
      '1\n2\n',
      'reading 0 must have a time for its place in the season, got none; name the column with --time-column, or leave --interval out',
    ],
    [
      ['--period', '24h'],
      '1\n2\n',
      '--period 24h is a time, but the readings have no times that tell how far apart they are; give it in readings, or name the column with --time-column',
    ],
    [
      ['--period', 'a day'],
      '1\n',
      "error: --period must be a number of readings, or a time such as 30s, 5m, 24h, 7d or 1w, got 'a day'",
    ],
  ])('%j is refused for %j', async (flags, input, message) => {
    const { error, code } = await runHere(['detect', '-', ...scan, ...flags], { input });
    expect(code).not.toBe(0);
    expect(error).toContain(message);
  });

  test('a time where several series are read as one is refused, with the column that tells them apart', async () => {
    const rows = Array.from({ length: 400 }, (_, index) => {
      const time = new Date(start + (index >> 2) * 60_000).toISOString();
      return `${time},s${index % 4},${(index * 7) % 10}`;
    });
    const input = `time,sensor,value\n${rows.join('\n')}\n`;
    const flags = [...scan, '--false-alarm-every', '30d'];
    const { error, code } = await runHere(['detect', '-', ...flags], { input });
    expect(code).toBe(1);
    expect(error).toMatch(
      /\nerror: standard input: --false-alarm-every 30d is a time, but most readings have the time of the one before, .*; 'sensor' has 4 values in the first 400 rows: if each is a series of its own, add --series-column sensor\n$/,
    );
    const apart = await runHere(['detect', '-', '--series-column', 'sensor', ...flags], { input });
    expect(apart.code).toBe(0);
  });

  test.each([
    [
      'by its time',
      [],
      'note: The readings have a season of about 24 readings (1d), and a season is no change; --statistic scan --period 1d compares like with like.',
    ],
    [
      'to the scan too',
      scan,
      'note: The readings have a season of about 24 readings (1d), and a season is no change; --period 1d compares like with like.',
    ],
    [
      'that the period given is not that of the readings',
      [...scan, '--period', '25'],
      'note: With a period of 25 readings a season of about 24 readings (1d) remains, and a season is no change; is the period right?',
    ],
  ])('tells of a season %s', async (_, flags, note) => {
    const { out } = await runHere(['detect', await hours(), ...flags]);
    expect(out).toContain(note);
  });

  test.each([
    { apart: 5, interval: '1m', readings: 17_280 },
    { apart: 10, interval: '5m', readings: 8_640 },
    { apart: 30, interval: '15m', readings: 2_880 },
  ])(
    'says that no regime holds a day of readings every $apart s, until one does',
    async ({ apart, interval, readings }) => {
      const random = randomOf(13);
      const rows = Array.from(
        { length: 600 },
        (_, index) => `${new Date(start + index * apart * 1000).toISOString()},${normal(random).toFixed(2)}`,
      );
      const detect = (...flags: readonly string[]) =>
        runHere(['detect', '-', ...scan, '--period', '24h', '--interval', interval, ...flags], {
          input: `timestamp,value\n${rows.join('\n')}\n`,
        });
      const { out } = await detect();
      const note = `The period has about ${readings} readings, and a regime holds at most 10000;`;
      expect(out).toContain(note);
      expect(out).toContain(`Give --max-regime-length ${4 * readings}.`);
      const longer = ['--max-regime-length', String(4 * readings), '--false-alarm-every', '10d'];
      const { out: then } = await detect(...longer);
      expect(then).not.toContain('note:');
    },
  );

  test.each([
    { period: 1_250, every: 10_000, blind: undefined },
    { period: 1_300, every: 10_000, blind: 21 },
    { period: 288, every: 1_000, blind: 37 },
    { period: 288, every: 18 * 288, blind: undefined },
  ])(
    'says for how much of the time false alarms blind it: period $period, one every $every',
    async ({ period, every, blind }) => {
      const flags = ['--period', String(period), '--false-alarm-every', String(every)];
      const { out } = await runHere(['detect', '-', ...scan, ...flags], { input: '1\n2\n3\n' });
      if (blind === undefined) expect(out).not.toContain('note:');
      else
        expect(out).toContain(
          `With a false alarm every ${every}, it is blind for ${blind} % of the time; --false-alarm-every ${18 * period} makes that a tenth.`,
        );
    },
  );

  test('says nothing of a season that is taken into account, and tells one of readings without times by their number', async () => {
    const told = await runHere(['detect', await hours(), ...scan, '--period', '24h']);
    expect(told.out).not.toContain('note:');
    const random = randomOf(2);
    const values = Array.from(
      { length: 600 },
      (_, index) => 3 * Math.sin((index * Math.PI) / 12) + normal(random),
    );
    const { out } = await runHere(['detect', '-', ...scan], { input: `${values.join('\n')}\n` });
    expect(out).toContain('a season of about 24 readings, and a season is no change; --period 24 compares');
  });
});
