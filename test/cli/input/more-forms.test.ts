import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { jsonLines } from '../../json-lines.ts';
import { runHere } from '../in-process.ts';

/** A level of 20, then of 24 from reading 40 on, with a little noise. */
const values = Array.from({ length: 80 }, (_, index) => (index < 40 ? 20 : 24) + ((index * 7) % 10) / 10);
const times = values.map((_, index) =>
  new Date(Date.UTC(2026, 0, 30, 20, 5 * index)).toISOString().slice(0, 19),
);
const rowsOf = (row: (time: string, value: number) => string) =>
  values.map((value, index) => row(times[index] ?? '', value)).join('\n');
const germanDay = (time: string) => `${time.slice(8, 10)}.${time.slice(5, 7)}.${time.slice(2, 4)}`;

const dayOfYear = (time: string) => (time.slice(5, 7) === '01' ? 0 : 31) + Number(time.slice(8, 10));
const ordinalDate = (time: string) => `2026-0${dayOfYear(time)}${time.slice(10, 16)}`;
const weekDate = (time: string) => `2026-W05-${dayOfYear(time) - 25}${time.slice(10, 16)}`;

const inWords = (time: string, write: (day: string, month: string, year: string) => string) =>
  write(time.slice(8, 10), time.slice(5, 7) === '01' ? 'Jan' : 'Feb', time.slice(0, 4));

async function detect(input: string | Buffer, ...flags: readonly string[]) {
  const { code, out, error } = await runHere(['detect', '-', '--json', ...flags], { input });
  const lines = out === '' ? [] : jsonLines(out);
  return { code, error, changes: lines.slice(0, -1), summary: lines.at(-1) };
}

describe('is read', () => {
  const change = { changedAt: 40, changedAtTime: `${times[40]}Z` };
  test.each<[string, string | Buffer, readonly string[], string | undefined]>([
    [
      'a table separated by spaces, in columns',
      `timestamp                 value\n${rowsOf((time, value) => `${time}Z    ${value}`)}`,
      [],
      'cells separated by spaces',
    ],
    [
      'the same with a quote in it',
      `timestamp value note\n${rowsOf((time, value) => `${time}Z ${value}  "a b"`)}`,
      [],
      'cells separated by spaces',
    ],
    [
      'a date, a time of day and a value, separated by spaces',
      `date time temp\n${rowsOf((time, value) => `${time.replace('T', ' ')} ${value}`)}`,
      [],
      "times from 'date' and 'time'",
    ],
    [
      'a unit behind each number',
      `timestamp,value\n${rowsOf((time, value) => `${time}Z,${value} °C`)}`,
      [],
      "the unit '°C' in 'value'",
    ],
    [
      'a unit behind decimal commas, in a column that nobody chose',
      `timestamp;Feuchte\n${rowsOf((time, value) => `${time}Z;${String(value).replace('.', ',')}%`)}`,
      [],
      "decimal commas and the unit '%' in 'Feuchte'",
    ],
    [
      'years of two digits, whose order is given',
      `date,value\n${rowsOf((time, value) => `${germanDay(time)} ${time.slice(11)},${value}`)}`,
      ['--time-format', 'dmy'],
      "times from 'date'",
    ],
    [
      'years of two digits in a pattern',
      `date,value\n${rowsOf((time, value) => `${germanDay(time)} ${time.slice(11)},${value}`)}`,
      ['--time-format', '%d.%m.%y %H:%M:%S'],
      "times from 'date'",
    ],
    ...(
      [
        ['a date with points, the year first', (time) => time.replaceAll('-', '.').replace('T', ' ')],
        [
          'what web servers log',
          (time) => inWords(time, (d, m, y) => `${d}/${m}/${y}:${time.slice(11)} +0000`),
        ],
        [
          'what date prints',
          (time) => inWords(time, (d, m, y) => `Fri ${m} ${d} ${time.slice(11)} UTC ${y}`),
        ],
        ['what ctime prints', (time) => inWords(time, (d, m, y) => `Fri ${m} ${d} ${time.slice(11)} ${y}`)],
      ] as readonly (readonly [string, (time: string) => string])[]
    ).map(
      ([name, written]) =>
        [
          name,
          `when,value\n${rowsOf((time, value) => `${written(time)},${value}`)}`,
          [],
          "times from 'when'",
        ] as [string, string, readonly string[], string],
    ),
    ['zlib', deflateSync(`timestamp,value\n${rowsOf((time, value) => `${time}Z,${value}`)}`), [], undefined],
  ])('%s', async (_, input, flags, note) => {
    const { error, changes, summary } = await detect(input, ...flags);
    expect(error).toBe('');
    expect(changes).toMatchObject([change]);
    if (note !== undefined) expect(summary?.readAs).toContain(note);
  });

  test('spaces in numbers and in dates are no separators', async () => {
    const { changes, summary } = await detect(`value\n${rowsOf((_, value) => `1 0${value}`)}`);
    expect(changes).toMatchObject([{ changedAt: 40, before: { median: 1020.45 } }]);
    expect(summary?.readAs).toEqual(["spaces between thousands in 'value'"]);
    const dated = await detect(
      `date,value\n${rowsOf((time, value) => `${time.replace('T', ' ')},${value}`)}`,
    );
    expect(dated.changes).toMatchObject([change]);
  });

  test('names that begin with a number are no numbers', async () => {
    const { changes, summary } = await detect(
      `id,temp\n${rowsOf((time, value) => `5${time.slice(-1)}a,${value}`)}`,
    );
    expect(changes).toMatchObject([{ changedAt: 40 }]);
    expect(summary?.readAs).toEqual(["values from 'temp', the only column of numbers"]);
  });
});

describe('months are read as their first days', () => {
  const monthOf = (index: number) => new Date(Date.UTC(2010, index)).toISOString().slice(0, 7);
  const table = (write: (month: string) => string, order = [...values.keys()]) =>
    `month,value\n${order.map((index) => `${write(monthOf(index))},${values[index]}`).join('\n')}`;
  const named = (month: string) =>
    `${new Date(month).toLocaleString('en', { month: 'short', timeZone: 'UTC' })} ${month.slice(0, 4)}`;

  test.each<[string, string, readonly string[]]>([
    ['ISO 8601', table((month) => month), []],
    ['names', table(named), []],
    [
      'a pattern without a day',
      table((month) => month.replace('-', '/')),
      ['--time-column', 'month', '--time-format', '%Y/%m'],
    ],
  ])('%s', async (_, input, flags) => {
    const { error, changes } = await detect(input, ...flags);
    expect(error).toBe('');
    expect(changes).toMatchObject([{ changedAtTime: `${monthOf(40)}-01T00:00:00Z` }]);
  });

  test.each([
    ['ISO 8601', (month: string) => month],
    ['names', named],
  ])('%s, the second half first: they are sorted', async (_, write) => {
    const { changes } = await detect(
      table(
        write,
        [...values.keys()].map((index) => (index + 40) % 80),
      ),
    );
    expect(changes).toMatchObject([{ changedAtTime: `${monthOf(40)}-01T00:00:00Z`, direction: 'up' }]);
  });
});

describe('is refused, and says why', () => {
  test.each<[string, string, RegExp]>([
    [
      'two units',
      `timestamp,value\n${rowsOf((time, value) => (time.endsWith('5:00') ? `${time}Z,${value} kW` : `${time}Z,${value}00 W`))}`,
      /the numbers of column 'value' have several units, 'W' and 'kW'; write them in one/,
    ],
    [
      'years of two digits',
      `timestamp,value\n${rowsOf((time, value) => `${germanDay(time)} ${time.slice(11)},${value}`)}`,
      /'30\.01\.26 20:00:00' in the column of times 'timestamp' has a year of two digits, .* --time-format dmy or --time-format mdy says which is the day, or a pattern such as --time-format %y\/%m\/%d/,
    ],
    [
      'times of day alone',
      `timestamp,value\n${rowsOf((time, value) => `${time.slice(11)},${value}`)}`,
      /'20:00:00' in the column of times 'timestamp' is a time of day without a date; put the date before it, /,
    ],
    [
      'dates in which the day and the month may change places, by those in which that matters',
      `timestamp,value\n02/02/2026,1\n03/02/2026,2\n02/02/2026,1\n04/03/2026,1`,
      /two ways: '03\/02\/2026' as 2026-02-03 or 2026-03-02, '04\/03\/2026' as 2026-03-04 or 2026-04-03; --time-format dmy/,
    ],
    [
      'several columns of numbers',
      'timestamp,a,b\n2026-01-01,1,2\n2026-01-02,1,2',
      /choose the column of the values with --column, or take all that have numbers with --all-columns; the columns are 'timestamp', 'a', 'b'/,
    ],
  ])('%s', async (_, input, message) => {
    const { code, error } = await detect(input);
    expect(code).toBe(1);
    expect(error).toMatch(message);
  });
});

test.each([
  ['time', (time: string) => time.slice(11), "no times from 'time', which has times of day without a date"],
  [
    'date',
    germanDay,
    "no times from 'date', since '30.01.26' is in no form of time that is known (--time-format)",
  ],
  ...['Zeitpunkt', 'when_it_was'].flatMap((name): [string, (time: string) => string, string][] => [
    [name, (time) => time.slice(11), `no times from '${name}', which has times of day without a date`],
    [
      name,
      germanDay,
      `no times from '${name}', since '30.01.26' is in no form of time that is known (--time-format)`,
    ],
    [
      name,
      weekDate,
      `no times from '${name}', since '2026-W05-5T20:00' is an ISO week date, which is not read`,
    ],
    [
      name,
      ordinalDate,
      `no times from '${name}', since '2026-030T20:00' is an ISO ordinal date, which is not read`,
    ],
  ]),
])(
  'a column that is named %s and has no times that are known is not left out in silence',
  async (name, written, note) => {
    const { summary } = await detect(
      `${name},value\n${rowsOf((time, value) => `${written(time)},${value}`)}`,
    );
    expect(summary?.readAs).toContain(note);
  },
);
