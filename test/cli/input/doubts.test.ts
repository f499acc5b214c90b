import { describe, expect, test } from 'vitest';
import { jsonLines } from '../../json-lines.ts';
import { runHere } from '../in-process.ts';

/** A level of 20, then of 24 from reading 40 on, with a little noise. */
const values = Array.from({ length: 80 }, (_, index) => (index < 40 ? 20 : 24) + ((index * 7) % 10) / 10);
const timeOf = (index: number) => new Date(Date.UTC(2026, 0, 30, 20, 5 * index)).toISOString().slice(0, 19);
const times = values.map((_, index) => timeOf(index));
const comma = (value: number, digits: number) => value.toFixed(digits).replace('.', ',');
const lines = (head: readonly string[], row: (value: number, index: number) => string) =>
  `${[...head, ...values.map(row)].join('\n')}\n`;
async function detect(input: string | Buffer, ...flags: readonly string[]) {
  const { code, out, error } = await runHere(['detect', '-', '--json', ...flags], { input });
  const found = out === '' ? [] : jsonLines(out);
  return { code, error, changes: found.slice(0, -1), summary: found.at(-1) };
}

const change = { changedAt: 40, direction: 'up' };

describe('numbers that may be other numbers are refused', () => {
  test.each<[string, string, RegExp]>([
    [
      'thousands with points beside whole numbers below 1,000',
      lines(['timestamp\tvalue'], (v, i) => `${times[i]}Z\t${i % 2 ? '1.080' : Math.round(v * 40)}`),
      /column 'value' can be read in two ways: '1\.080' as 1\.08 or 1080; --decimal \. or --thousands \. says which/,
    ],
    [
      'the same long after those',
      `value\n${[...Array(5_050).fill('950'), '1.080'].join('\n')}`,
      /can be read in two ways: '1\.080' as 1\.08 or 1080/,
    ],
    [
      'decimal points that come in for decimal commas, all with three digits',
      lines(['timestamp;value'], (v, i) => `${times[i]}Z;${i < 70 ? comma(v, 2) : v.toFixed(3)}`),
      /can be read in two ways: '\d+\.\d00' as [\d.]+ or \d+/,
    ],
    [
      'decimals that commas cut off, in rows that fit the header',
      lines(['timestamp,value,note'], (v, i) => `${times[i]}Z,${comma(v, 2)}`).replace(',20,00', ',20,05'),
      /^error: standard input: '20' in column 'value' and '05' beside it may be one number, 20,05, cut at its decimal comma; put such numbers in quotes, .*--decimal \. says that they are two/,
    ],
    [
      'the same of one digit, in rows shorter than the header',
      lines(['timestamp,value,unit,note'], (v, i) => `${times[i]}Z,${comma(v, 1)}`),
      /may be one number, 20,\d, cut/,
    ],
    [
      'the same where zeros are left out',
      lines(['timestamp,value,note'], (v, i) => `${times[i]}Z,${String(v).replace('.', ',')}`),
      /may be one number, 20,7, cut/,
    ],
  ])('%s', async (_, input, message) => {
    const { code, error } = await detect(input);
    expect(error).toMatch(message);
    expect(code).toBe(1);
  });

  test.each<[string, string, readonly string[], number]>([
    [
      'numbers of JSON, which have no marks to be found',
      lines([], (v, i) =>
        JSON.stringify({ timestamp: `${1 + (i >> 3)}.02.2026 0${i % 8}:00`, value: v + 0.001 }),
      ),
      [],
      20.451,
    ],
    [
      'numbers of JSON beside texts with decimal commas',
      lines([], (v, i) => JSON.stringify({ timestamp: `${times[i]}Z`, value: i % 2 ? v : comma(v, 2) })),
      [],
      20.45,
    ],
    [
      'two columns of counts',
      lines(['timestamp,value,n'], (v, i) => `${times[i]}Z,${Math.round(v * 10)},${i % 17}`),
      [],
      204.5,
    ],
    [
      'a column of codes, if it is said so',
      lines(['timestamp,value,code'], (v, i) => `${times[i]}Z,${Math.round(v * 10)},00${i % 17}`),
      ['--decimal', '.'],
      204.5,
    ],
  ])('but not %s', async (_, input, flags, median) => {
    const { error, changes } = await detect(input, ...flags);
    expect(error).toBe('');
    expect(changes).toMatchObject([{ ...change, before: { median } }]);
  });
});

describe('a header further down', () => {
  test.each([
    ['with its columns in another order', 'time,rh,temp', "'time', 'rh', 'temp'"],
    ['with another column in place of one', 'time,pressure,rh', "'time', 'pressure', 'rh'"],
  ])('%s is refused', async (_, second, names) => {
    const rows = values.map((v, i) => `${times[i]},${v},${50 + (i % 3)}`);
    const input = ['time,temp,rh', ...rows.slice(0, 50), second, ...rows.slice(50)].join('\n');
    const { code, error } = await detect(input, '--column', 'temp');
    expect(error).toContain(
      `row 52 is a header with other columns than the first one: ${names}; split the file before that row`,
    );
    expect(code).toBe(1);
  });

  test('that ends earlier is the same', async () => {
    const rows = values.map((v, i) => `${times[i]},${v}`);
    const { changes, summary } = await detect(
      ['time,temp,rh', ...rows.slice(0, 50), 'time,temp', ...rows.slice(50)].join('\n'),
      ...['--column', 'temp'],
    );
    expect(changes).toMatchObject([change]);
    expect(summary?.skippedReasons).toEqual({ 'repeated-header': 1 });
  });
});
