import { describe, expect, test } from 'vitest';
import { jsonLines } from '../../json-lines.ts';
import { runHere } from '../in-process.ts';

/** A level of 20, then of 24 from reading 40 on, with a little noise. */
const values = Array.from({ length: 80 }, (_, index) => (index < 40 ? 20 : 24) + ((index * 7) % 10) / 10);
const timeOf = (index: number, stepMinutes = 5) =>
  new Date(Date.parse('2026-01-30T08:00:00Z') + index * stepMinutes * 60_000).toISOString();
const linesOf = (row: (value: number, index: number) => string) => values.map(row).join('\n');
const plain = linesOf((value, index) => `${timeOf(index)},${value}`);
const hourOf = (index: number) => timeOf(index, 60).slice(11, 13);

async function detect(input: string, ...flags: readonly string[]) {
  const { code, out, error } = await runHere(['detect', '-', '--json', ...flags], { input: `${input}\n` });
  const lines = out === '' ? [] : jsonLines(out);
  return { code, error, changes: lines.slice(0, -1), summary: lines.at(-1) };
}

describe('what stands about a table does not become the table', () => {
  test.each<[string, string]>([
    ['a smaller table below', `time,temp\n${plain}\n\nsensor,temp\n1,20\n2,21`],
    [
      'a smaller table below one with the usual names',
      `timestamp,value\n${plain}\n\nsensor,temp\n1,20\n2,21`,
    ],
    [
      'more names and numbers above than rows below',
      `${Array.from({ length: 120 }, (_, index) => `parameter${index},${index}`).join('\n')}\ntimestamp,value\n${plain}`,
    ],
    ['units below the names', `time,temp\n[UTC],[°C]\n${plain}`],
    ['one unit below the names', `time,temp\n,°C\n${plain}`],
  ])('%s', async (_, input) => {
    const { changes } = await detect(input);
    expect(changes).toMatchObject([{ changedAt: 40, changedAtTime: timeOf(40).replace('.000Z', 'Z') }]);
  });

  test('units are no names of columns', async () => {
    const { summary } = await detect(`time,temp\n[UTC],[°C]\n${plain}`);
    expect(summary?.readAs).toEqual([
      '1 line before the table left out',
      "times from 'time'",
      "values from 'temp', the only column of numbers",
    ]);
  });
});

test('two columns of two devices are not one series, whatever has a slash', async () => {
  const rows = values.flatMap((value, index) => [
    `${timeOf(index)},d1/a,${value},`,
    `${timeOf(index)},d1,,${-value}`,
  ]);
  const { changes, summary } = await detect(
    `timestamp,device,b,a/b\n${rows.join('\n')}`,
    ...['--all-columns', '--series-column', 'device'],
  );
  expect(changes.map(({ seriesId, changedAt }) => [seriesId, changedAt])).toEqual([
    ['d1/a/b', 40],
    ['d1/a~1b', 40],
  ]);
  expect(summary?.readAs).toContain("'/' in the name of a column is written '~1' in the name of its series");
});

describe('numbers that are no times do not put rows in another order', () => {
  test('the day of the month', async () => {
    const days = linesOf((value, index) => `2026,1,${1 + Math.floor(index / 3)},${value}`);
    const { changes, summary } = await detect(`year,month,day,value\n${days}`);
    expect(changes).toMatchObject([{ changedAt: 40 }]);
    expect(summary?.repeated).toBe(0);
    expect(summary?.readAs).toContain(
      "no times from 'year', which stays the same from row to row (--time-column)",
    );
  });

  test('a counter that starts again', async () => {
    const { changes } = await detect(`t,value\n${linesOf((value, index) => `${index % 50},${value}`)}`);
    expect(changes).toMatchObject([{ changedAt: 40 }]);
  });

  test('seconds and milliseconds in one column', async () => {
    const { code, error } = await detect(
      `timestamp,value\n${linesOf((value, index) => `${Date.parse(timeOf(index)) / (index % 2 === 0 ? 1 : 1000)},${value}`)}`,
    );
    expect(code).toBe(1);
    expect(error).toContain(
      "the numbers of the column of times 'timestamp' are partly milliseconds and partly seconds since 1970",
    );
  });
});

test.each(['hour', 'Hour', 'hour_of_day', 'Stunde'])(
  'a date goes with the hours of a column %s',
  async (name) => {
    const rows = linesOf(
      (value, index) => `${timeOf(index, 60).slice(0, 10)},${Number(hourOf(index))},${value}`,
    );
    const { changes, summary } = await detect(`date,${name},value\n${rows}`);
    expect(changes).toMatchObject([{ changedAt: 40, changedAtTime: timeOf(40, 60).replace('.000Z', 'Z') }]);
    expect(summary?.readAs).toContain(`times from 'date' and '${name}'`);
  },
);

test('readings that share their times are told, though no column tells series apart', async () => {
  const rows = linesOf((value, index) => `${timeOf(index)},${value}\n${timeOf(index)},${30 + (index % 7)}`);
  const { summary } = await detect(`timestamp,value\n${rows}`);
  expect(summary?.hint).toMatch(
    /^80 of 160 readings have the time of another one: if the file has several series/,
  );
  expect(summary).not.toHaveProperty('seasonNote');
});

test('readings of one moment are taken in the order of the file, whatever their ids are', async () => {
  const rows = linesOf((value, index) => `${timeOf(0)},${value},${(index * 37) % 80}`);
  const { changes } = await detect(`timestamp,value,eventId\n${rows}`);
  expect(changes).toMatchObject([{ changedAt: 40 }]);
});

test('two columns of one name are two series', async () => {
  const rows = linesOf((value, index) => `${timeOf(index)},${value},${(index * 3) % 7}`);
  const { changes, summary } = await detect(`time,temp,temp\n${rows}`, '--all-columns');
  expect(changes).toMatchObject([{ seriesId: 'temp (column 2)', changedAt: 40 }]);
  expect(summary).toMatchObject({ series: 2 });
});

describe('a column that tells series apart is named', () => {
  const boxes = (row: (value: number, index: number, box: number) => string) =>
    linesOf((value, index) => `${row(value, 2 * index, 1)}\n${row(30 + (index % 7) / 10, 2 * index + 1, 2)}`);

  test('by its values, if it has numbers and its name says nothing', async () => {
    const rows = boxes((value, index, box) => `${timeOf(index)},${value},${box}`);
    const { summary } = await detect(`time,temp,box\n${rows}`, '--column', 'temp');
    expect(summary?.hint).toMatch(/^'box' has 2 values .* add --series-column box$/);
  });

  test('by its values, if another one is in use', async () => {
    const rows = boxes((value, index, box) => `${timeOf(index)},${value},north,b${box}`);
    const { summary } = await detect(`time,temp,site,sensor\n${rows}`, '--series-column', 'site');
    expect(summary?.hint).toMatch(/^'sensor' has 2 values .* add --series-column sensor$/);
  });

  test('not for numbers that follow the values', async () => {
    const rows = linesOf((value, index) => `${timeOf(index)},${value},${index < 40 ? 0 : 1},${index % 2}`);
    const { summary } = await detect(`time,temp,valve,parity\n${rows}`, '--column', 'temp');
    expect(summary).not.toHaveProperty('hint');
  });

  test.each<[string, (temperature: number) => string]>([
    ['points', (temperature) => temperature.toFixed(1)],
    ['commas', (temperature) => `"${temperature.toFixed(1).replace('.', ',')}"`],
    ['three places', (temperature) => temperature.toFixed(3)],
    ['a unit', (temperature) => `${temperature.toFixed(1)} °C`],
    ['an exponent', (temperature) => `${(10 * temperature).toFixed(0)}e-1`],
  ])('not for measured numbers, which have a fraction: %s', async (_, written) => {
    const rows = linesOf(
      (_, index) => `${timeOf(index)},${40 + 10 * (index % 3)},${written(20.5 + (index % 3))}`,
    );
    const input = `time,humidity,room temp\n${rows}`;
    const { code, summary } = await detect(input, '--column', 'humidity');
    expect(summary).not.toHaveProperty('hint');
    expect(code).toBe(0);
    const put = ['put', '-', '--dry-run', '--column', 'humidity', '--series', 'cellar'];
    expect(await runHere(put.slice(0, -2), { input })).toMatchObject({
      error: expect.not.stringContaining('room temp'),
    });
    expect(await runHere(put, { input })).toMatchObject({ code: 0 });
  });

  test('by whole numbers, also where a program wrote them with a point', async () => {
    const rows = boxes((value, index, box) => `${timeOf(index)},${value},${box}.0`);
    const { summary } = await detect(`time,temp,box\n${rows}`, '--column', 'temp');
    expect(summary?.hint).toMatch(/^'box' has 2 values/);
  });
});
