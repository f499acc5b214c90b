import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonLines } from '../../json-lines.ts';
import { runsOf } from '../../use/share-of-runs.ts';
import { runHere } from '../in-process.ts';

/** A level of 20, then of 24 from reading 40 on, with a little noise. */
const values = Array.from({ length: 80 }, (_, index) => (index < 40 ? 20 : 24) + ((index * 7) % 10) / 10);
const timeOf = (index: number) => new Date(Date.UTC(2026, 0, 30, 20, 5 * index)).toISOString().slice(0, 19);
const times = values.map((_, index) => timeOf(index));
const comma = (value: number, digits: number) => value.toFixed(digits).replace('.', ',');
const european = (index: number) => `${timeOf(index).slice(8, 10)}.01.2026 ${timeOf(index).slice(11, 16)}`;
const twelve = (index: number) =>
  `${timeOf(index).slice(11, 13) === '12' ? 12 : Number(timeOf(index).slice(11, 13)) % 12 || 12}:${timeOf(index).slice(14, 16)}`;
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
      /^error: standard input: '20' in column 'value' and '05' beside it may be one number, 20,05, cut at its comma; put such numbers in quotes, .*--decimal \. says that they are two/,
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

  test('numbers that commas cut, in rows that end with one: by decimals of any length, or by thousands', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('flag', '', 'note', 'alarm,unit'),
        fc.constantFrom<(value: number) => string>(
          (value) => comma(value, 1),
          (value) => comma(value + 0.11, 2),
          (value) => comma(value + 0.111, 3),
          (value) => `1,${100 + Math.round(10 * value)}`,
        ),
        async (names, written) => {
          const rest = names.includes(',') ? ',,' : ',';
          const input = lines([`timestamp,value,${names}`], (v, i) => `${times[i]}Z,${written(v)}${rest}`);
          const { code, error } = await detect(input);
          expect(error).toMatch(/'\d+' in column 'value' and '\d+' beside it may be one number/);
          expect(code).toBe(1);
          expect((await detect(input, '--decimal', '.')).code).toBe(0);
        },
      ),
      { numRuns: 16 },
    );
  });

  test.each([
    ['decimals', (v: number) => comma(v + 0.11, 2)],
    ['thousands', (v: number) => `1,${100 + Math.round(10 * v)}`],
  ])('a file of one column without a header whose commas cut %s', async (_, written) => {
    const input = lines([], written);
    for (const flags of [['--column', '1'], ['--all-columns']])
      expect((await detect(input, ...flags)).error).toMatch(/may be one number, \d+,\d+, cut at its comma/);
    const numbered = lines([], (v, i) => `${i},${Math.round(10 * v)}`);
    expect((await detect(numbered, '--column', '2')).changes).toMatchObject([change]);
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

/** The rows in reverse below the header. */
const newestFirst = (head: string, row: (index: number) => string) =>
  [head, ...values.map((v, i) => `${row(i)},${v}`).reverse()].join('\n');
const shortDay = (index: number) =>
  new Date(Date.UTC(2026, 0, 5 + index)).toISOString().replace(/^20(..)-(..)-(..).*$/, '$3.$2.$1');
/** In no order. */
const shuffled = values.map((_, i) => i).sort((a, b) => Math.sin(a * a) - Math.sin(b * b));
const monthOf = (index: number) => [2015 + Math.floor(index / 12), 1 + (index % 12)] as const;

describe('rows that stand newest first are not taken in that order, though their times are not known', () => {
  test.each<[string, string]>([
    ['months before years', newestFirst('Month,value', (i) => `${monthOf(i)[1]}/${monthOf(i)[0]}`)],
    ['quarters', newestFirst('period,value', (i) => `${2000 + (i >> 2)}-Q${1 + (i % 4)}`)],
    ['a year and a month in two columns', newestFirst('Year,Month,value', (i) => monthOf(i).join())],
    ['from and to in one cell', newestFirst('MTU,value', (i) => `${european(i)} - ${european(i + 1)}`)],
    ['durations', newestFirst('Elapsed,value', (i) => `${20 + Math.floor(i / 12)}:${10 + (i % 12)}:00`)],
    [
      'years of two digits',
      newestFirst('date,value', (i) => `1/${1 + Math.floor(i / 12)}/26 ${8 + (i % 12)}:00`),
    ],
    [
      'days with names of months',
      newestFirst('when,value', (i) => `${1 + (i % 28)}-May-${10 + Math.floor(i / 28)}`),
    ],
    ['numbers of the rows', newestFirst('id,value', (i) => String(9_000 + i))],
    ['numbers of the rows in texts', newestFirst('batch,value', (i) => `c${100 + i}`)],
    ['days with years of two digits', newestFirst('Messtag,value', shortDay)],
    [
      'a date and a clock as digits',
      newestFirst('Sample,value', (i) => times[i]?.replaceAll(/[-:]/g, '').replace('T', '_') ?? ''),
    ],
    ['seconds since 1970 under no name', newestFirst('x,value', (i) => String(1_769_803_200 + 60 * i))],
  ])('%s', async (_, input) => {
    const { code, error } = await detect(input, '--column', 'value');
    expect(error).toMatch(
      /' runs backward, from '.+' to '.+', so the newest row seems to stand first, but it is not known as a time; put the oldest row first \(tac\), or name it with --time-column/,
    );
    expect(code).toBe(1);
  });

  test.each<[string, string]>([
    ['seconds since the start', newestFirst('Time [s],value', (i) => String(10 * i))],
    [
      'milliseconds under a name of two words',
      newestFirst('lastSeen,value', (i) => String(1_769_803_200_000 + i)),
    ],
    [
      'dates as digits under any name',
      newestFirst('MESS_DATUM,value', (i) => timeOf(i).replaceAll(/\D/g, '').slice(0, 12)),
    ],
  ])('but sorted by %s', async (_, input) => {
    const { changes, summary } = await detect(input, '--column', 'value');
    expect(changes).toMatchObject([change]);
    expect(summary?.readAs).toContain('rows stand newest first: sorted by time');
  });

  test('numbers that may be times are told, but not of the values themselves', async () => {
    const seconds = (index: number) => 1_769_803_200 + index;
    const { summary } = await detect(lines(['x,value'], (v, i) => `${seconds(i)},${v}`));
    expect(summary?.readAs).toEqual([
      "no times from 'x', whose numbers may be times since 1970 (--time-column)",
    ]);
    const large = await detect(lines(['value'], (_, i) => String(seconds(i % 7))));
    expect(large.summary?.readAs).toEqual([]);
  });

  test('numbers that fall are no times', async () => {
    const { changes } = await detect(
      newestFirst('battery,left,value', (i) => `${50 - i / 100},${99 - i}`),
      '--column',
      'value',
    );
    expect(changes).toMatchObject([{ direction: 'down' }]);
  });
});

describe('times of which a part is in another column', () => {
  const dayOf = (index: number) => timeOf(index).slice(0, 10);
  const clockOf = (index: number) => timeOf(index).slice(11, 16);
  test.each<[string, string, readonly string[]]>([
    [
      'digits of a time of day',
      lines(['Date,Time,value'], (v, i) => `${dayOf(i)},${clockOf(i).replace(':', '')},${v}`),
      [],
    ],
    [
      'a day as digits',
      lines(['Date,Time,value'], (v, i) => `${dayOf(i).replaceAll('-', '')},${clockOf(i)},${v}`),
      [],
    ],
    [
      'a day at midnight',
      lines(['Date,Time,value'], (v, i) => `${dayOf(i)} 00:00:00,${clockOf(i)},${v}`),
      [],
    ],
    [
      'a start and an end',
      lines(['Date,Start,End,value'], (v, i) => `${dayOf(i)},${clockOf(i)},${clockOf(i + 1)},${v}`),
      [],
    ],
    [
      'a year of two digits',
      lines(
        ['Date,Time,value'],
        (v, i) => `1/${Number(dayOf(i).slice(8))}/26,${twelve(i)}${clockOf(i) < '12' ? 'a' : 'p'},${v}`,
      ),
      ['--time-format', 'mdy'],
    ],
    ['no name', lines([], (v, i) => `${dayOf(i)}  ${clockOf(i)}  ${v.toFixed(2)}`), []],
  ])('are put together: %s', async (_, input, flags) => {
    const { error, changes, summary } = await detect(input, ...flags);
    expect(error).toBe('');
    expect(changes).toMatchObject([{ ...change, changedAtTime: `${timeOf(40)}Z` }]);
    expect(summary?.repeated).toBe(0);
  });

  test.each<[string, string, string]>([
    [
      'a time of day',
      lines(['Date,Time,value'], (v, i) => `${dayOf(i)},${Number(clockOf(i).replace(':', '')) - 900},${v}`),
      'Time',
    ],
    ['milliseconds', lines(['time,ms,value'], (v, i) => `2026-01-30 20:00:00,${i},${v}`), 'ms'],
  ])('are refused: %s in a form that is not known', async (_, input, name) => {
    const { code, error } = await detect(input, '--column', 'value');
    expect(error).toMatch(
      new RegExp(
        `and '${name}' seems to have the rest of it, such as '\\d+'; put both into one column, or say with --time-column`,
      ),
    );
    expect(code).toBe(1);
  });

  test('are not put together where the date is one of something else', async () => {
    const { changes, summary } = await detect(
      lines(['calibrated,clock,value'], (v, i) => `2025-01-01,${timeOf(i).slice(11, 16)},${v}`),
    );
    expect(changes).toMatchObject([change]);
    expect(summary?.readAs).toContain(
      "no times from 'calibrated', which stays the same from row to row (--time-column)",
    );
  });

  test('are refused where the half of the day is missing', async () => {
    const { error } = await detect(
      lines(
        ['timestamp,value'],
        (v, i) => `01/31/2026 ${1 + ((9 + Math.floor(i / 12)) % 12)}:${10 + (i % 12)},${v}`,
      ),
    );
    expect(error).toMatch(
      /the hours of column 'timestamp' are from 1 to 12, and '.+ 12:21' comes before '.+ 1:10': whether it is morning or afternoon seems to be missing/,
    );
  });

  test.each([
    ['oldest first', 5, false],
    ['newest first', 5, true],
    ['every three hours', 180, false],
    ['every six hours, newest first', 360, true],
  ])('are refused where the half of the day is missing: %s', async (_, minutes, isBackward) => {
    const rows = values.map((v, i) => {
      const at = new Date(Date.UTC(2026, 0, 28, 8) + i * minutes * 60_000).toISOString();
      const clock = `${Number(at.slice(11, 13)) % 12 || 12}:${at.slice(14, 16)}`;
      return `${at.slice(5, 7)}/${at.slice(8, 10)}/2026 ${clock},${v}`;
    });
    const { code, error } = await detect(
      ['timestamp,value', ...(isBackward ? rows.reverse() : rows)].join('\n'),
    );
    expect(error).toMatch(
      /the hours of column 'timestamp' are from 1 to 12, and '.+' comes before '.+': whether it is morning or afternoon seems to be missing/,
    );
    expect(code).toBe(1);
  });

  test('are refused where the half of the day is missing, whatever single rows have for a time', async () => {
    const rows = values.map(
      (v, i) => `01/31/2026 ${1 + ((9 + Math.floor(i / 12)) % 12)}:${10 + (i % 12)},${v}`,
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('Total,', 'N/A,', ',7', 'timestamp,value', '01/31/2026,20', '00/00/0000 00:00,0'),
        fc.nat({ max: values.length }),
        async (row, at) => {
          const { code, error } = await detect(['timestamp,value', ...rows.toSpliced(at, 0, row)].join('\n'));
          expect(error).toMatch(/'.+ 12:21' comes before '.+ 1:10': whether it is morning or afternoon/);
          expect(code).toBe(1);
        },
      ),
      { numRuns: runsOf(20) },
    );
  });

  test.each([
    ['oldest first', false],
    ['newest first', true],
  ])('are read of mornings of several devices, one after another, %s', async (_, isBackward) => {
    const morning = values.map((v, i) => [new Date(Date.UTC(2026, 0, 31, 5, 5 * i)).toISOString(), v]);
    if (isBackward) morning.reverse();
    const input = [
      'device,timestamp,value',
      ...['a', 'b'].flatMap((name) => morning.map((row) => `${name},${row}`)),
    ];
    const { error, changes } = await detect(input.join('\n'), '--series-column', 'device');
    expect(error).toBe('');
    expect(changes).toMatchObject([
      { seriesId: 'a', ...change },
      { seriesId: 'b', ...change },
    ]);
    expect((await detect(input.join('\n'))).error).toMatch(
      /; 'device' has 2 values in the first 160 rows: if each is a series of its own, add --series-column device$/m,
    );
  });

  test('are read of a shift that ends at noon, also where a row is late', async () => {
    const { changes } = await detect(
      lines(['timestamp,value'], (v, i) => {
        const minute = i % 20 === 18 ? 239 : i % 20 === 19 ? 240 : (i % 20) * 12;
        const late = i % 20 === 19 ? 238 : minute + 1;
        return `2026-01-${10 + Math.floor(i / 20)} ${String(8 + Math.floor(late / 60)).padStart(2, '0')}:${String(late % 60).padStart(2, '0')},${v}`;
      }),
    );
    expect(changes).toHaveLength(1);
  });

  test('that of a zone is taken where another column has none', async () => {
    const { changes } = await detect(
      lines(['local_time,utc_time,value'], (v, i) => `${timeOf(i + 12)},${timeOf(i)}Z,${v}`),
    );
    expect(changes).toMatchObject([{ changedAtTime: `${timeOf(40)}Z` }]);
  });
});

describe('rows of which cells are missing or swallowed', () => {
  test.each<[string, string, RegExp]>([
    [
      'in a table separated by spaces',
      lines(
        ['date time value hum'],
        (v, i) => `${times[i]?.replace('T', ' ')} ${i % 5 ? `${v} ` : '   '} 47.${i % 10}`,
      ),
      /16 of 80 rows of column 'value' cannot be read \(16 too-narrow\), the first in row 2: it has fewer cells than the others, and spaces do not tell which are missing/,
    ],
    [
      'by a quote that nobody closed',
      lines(
        ['time,value,note'],
        (v, i) => `${times[i]},${v},${i === 20 ? '"5 pipe' : i === 50 ? 'pipe"' : 'pipe'}`,
      ),
      /a quote in row 22 opens a cell with 29 lines that look like rows of the file; remove the quote before '5 pipe'/,
    ],
    [
      'with one digit behind each comma',
      lines(['time,value,'], (v, i) => `${times[i]},${v.toFixed(1).replace('.', ',')}`),
      /'20' in column 'value' and '0' beside it may be one number, 20,0, cut at its comma/,
    ],
  ])('are refused: %s', async (_, input, why) => {
    const { code, error } = await detect(input);
    expect(error).toMatch(why);
    expect(code).toBe(1);
  });

  test('are told', async () => {
    const { summary } = await detect(
      lines(['time,value,hum'], (v, i) => `${times[i]},${v}${i % 10 ? ',47.5' : ''}`),
      ...['--column', 'value'],
    );
    expect(summary?.readAs).toContain('8 rows have fewer cells than the header: the last ones are missing');
  });

  test('are none where a text has several lines', async () => {
    const { changes } = await detect(
      lines(['time,value,note'], (v, i) => `${times[i]},${v},"checked, by me\n, at noon\nin 2, or 3\nfine"`),
    );
    expect(changes).toMatchObject([change]);
  });
});

describe('times in no known form', () => {
  test.each<[string, string, RegExp]>([
    [
      'under a name of times, in no order',
      lines(
        ['time,value'],
        (v, i) =>
          `${new Date(Date.parse(`${times[shuffled[i] ?? 0]}Z`)).getUTCDate()}. marras ${times[shuffled[i] ?? 0]?.slice(11, 16)},${v}`,
      ),
      /in column 'time' is in no form of time that is known, and the rows seem to stand in no order of time/,
    ],
    [
      'known, in no order, under another name',
      lines(['label,value'], (v, i) => `${times[shuffled[i] ?? 0]},${v}`),
      /'label' has a time for each row and runs in no direction; name it with --time-column, and add --sort/,
    ],
  ])('are refused: %s', async (_, input, why) => {
    const { code, error } = await detect(input, '--column', 'value');
    expect(error).toMatch(why);
    expect(code).toBe(1);
  });

  const secondsOf = (index: number) => 36_000 + 60 * index;
  const inNoOrder = (name: string, timeAt: (index: number) => string) =>
    lines([`${name},value`], (_, i) => `${timeAt(shuffled[i] ?? 0)},${values[shuffled[i] ?? 0]}`);

  test.each<[string, (index: number) => string]>([
    ['time', (i) => String(10 * i)],
    ['t', (i) => (i / 8).toFixed(3)],
    ['Time [s]', (i) => String(1_000 + 60 * i + ((i * 7) % 20))],
    ['elapsed', (i) => String(secondsOf(i) + (i > 50 ? 9_000 : 0))],
    ['last seen', (i) => String(1_769_803_200 + 300 * i)],
  ])(
    "are refused: numbers of a column '%s' in no order, which --sort puts in order",
    async (name, timeAt) => {
      const input = inNoOrder(name, timeAt);
      for (const flags of [[], ['--sort']]) {
        const { code, error } = await detect(input, '--column', 'value', ...flags);
        expect(error).toContain(
          `'${name}' has a time for each row and runs in no direction; name it with --time-column, and add --sort`,
        );
        expect(code).toBe(1);
      }
      expect((await detect(input, '--time-column', name, '--sort')).changes).toMatchObject([change]);
    },
  );

  test('are refused: times of day in no order', async () => {
    const input = inNoOrder('time', (i) => new Date(1_000 * secondsOf(i)).toISOString().slice(11, 19));
    const { error } = await detect(input, '--sort');
    expect(error).toContain(
      "'time' has a time for each row and runs in no direction; put its date before it",
    );
  });

  test.each<[string, (index: number) => string]>([
    ['time', (i) => (40 + 30 * Math.sin(i * i)).toFixed(3)],
    ['t', (i) => String((i * 37) % 11)],
    ['duration', (i) => String((i * 37) % 80)],
  ])("but not measured numbers of a column '%s'", async (name, timeAt) => {
    const input = lines([`${name},value`], (v, i) => `${timeAt(i)},${v}`);
    expect((await detect(input, '--column', 'value')).changes).toMatchObject([change]);
  });

  test('an hour may be two digits behind those of the date', async () => {
    const { changes, summary } = await detect(
      lines(
        ['MESS_DATUM;TT_TU'],
        (v, i) =>
          `${timeOf(12 * i)
            .slice(0, 13)
            .replaceAll(/[-T]/g, '')};${v}`,
      ),
      ...['--column', 'TT_TU'],
    );
    expect(changes).toMatchObject([{ ...change, changedAtTime: '2026-02-01T12:00:00Z' }]);
    expect(summary?.readAs).toContain("times as digits, such as '2026013020'");
  });

  test('a month is a whole name or three letters', async () => {
    const { error } = await detect(lines(['timestamp,value'], (v, i) => `${1 + (i % 28)}-marras-2026,${v}`));
    expect(error).toContain(
      "'1-marras-2026' in the column of times 'timestamp' is in no form of time that is known",
    );
  });

  test.each(['n', 'Lfd.Nr', 'Scan', 'cycle', '', 'x y'])(
    "a column '%s' that counts down in each row numbers the rows",
    async (name) => {
      const input = lines([`${name},temp`], (v, i) => `${80 - i},${v}`);
      const { code, error } = await detect(input, '--column', 'temp');
      expect(error).toContain(
        `'${name}' runs backward, from '80' to '1', so the newest row seems to stand first`,
      );
      expect(code).toBe(1);
    },
  );

  test.each(['RUL', 'ttl', 'days left'])("a column '%s' counts down as time goes on", async (name) => {
    const input = lines([`${name},temp`], (v, i) => `${80 - i},${v}`);
    expect((await detect(input, '--column', 'temp')).changes).toMatchObject([change]);
  });

  test.each([0, 1_767_398_400])('columns as NumPy writes them, seconds from %d on', async (start) => {
    const rows = lines(
      ['# t temp'],
      (v, i) => `${(start + 600 * i).toExponential(18)} ${v.toExponential(18)}`,
    );
    const { changes, summary } = await detect(rows);
    expect(changes).toMatchObject([change]);
    expect(summary?.readAs).toContainEqual(
      start === 0 ? expect.stringContaining('used for the order alone') : 'times in seconds since 1970',
    );
  });

  test('times of a clock that was not set are told', async () => {
    const rowAt = (i: number) => (i < 3 ? '1970-01-01T00:00:00Z' : `${times[i]}Z`);
    const { summary } = await detect(lines(['timestamp,value'], (v, i) => `${rowAt(i)},${v + i / 1000}`));
    expect(summary?.readAs).toContain('3 times on 1970-01-01, as of a clock that was not set');
    const early = lines(
      ['timestamp,value'],
      (v, i) => `1970-01-01T0${i >> 4}:0${i % 10}:${10 + i / 2}Z,${v}`,
    );
    expect((await detect(early, '--sort')).summary?.readAs ?? []).not.toContainEqual(
      expect.stringContaining('clock'),
    );
  });

  test('what remains of a time runs backward as time goes on', async () => {
    const { changes } = await detect(
      lines(['remaining_time,temp'], (v, i) => `${900 - 10 * i},${v}`),
      '--column',
      'temp',
    );
    expect(changes).toMatchObject([change]);
  });

  test.each([false, true])('of an hour that comes twice, once each, newest first: %s', async (isBackward) => {
    const rows = values.map((v, i) => {
      const utc = Date.UTC(2026, 9, 24, 0) + i * 3_600_000;
      const local = new Date(utc + (utc < Date.UTC(2026, 9, 25, 1) ? 2 : 1) * 3_600_000).toISOString();
      return `${local.slice(0, 16)},${v}`;
    });
    const { changes } = await detect(
      ['timestamp,value', ...(isBackward ? rows.reverse() : rows)].join('\n'),
      ...['--time-zone', 'Europe/Berlin', '--json'],
    );
    expect(changes).toMatchObject([{ ...change, changedAtTime: '2026-10-25T16:00:00Z' }]);
  });

  test('rows against the order of the others are told, newest first, too', async () => {
    const rows = values.map((v, i) => `${i === 20 ? times[24] : times[i]},${v}`).reverse();
    const { summary } = await detect(['timestamp,value', ...rows].join('\n'));
    expect(summary?.readAs).toContain(
      'rows stand newest first: sorted by time; 1 row later than the one before',
    );
  });
});

describe('columns of a table', () => {
  test.each<[string, readonly string[]]>([
    ['--column', ['--column', 'Temp2']],
    ['--all-columns', ['--all-columns']],
  ])('that are pairs of times and values are refused with %s', async (_, flags) => {
    const { code, error } = await detect(
      lines(['Time1,Temp1,Time2,Temp2'], (v, i) => `${times[i]},${v},${times[79 - i]},${v}`),
      ...flags,
    );
    expect(error).toContain(
      "'Temp2' stands behind 'Time2', which has times of its own beside those of 'Time1'; say with --time-column",
    );
    expect(code).toBe(1);
  });

  test('that are named after years are columns of times, and the first row is no reading', async () => {
    const years = Array.from({ length: 60 }, (_, i) => 1960 + i);
    const input = `"Prevalence, all",${years.join()}\n${['A', 'B', 'C'].map((name, i) => `${name},${years.map((y) => y % (7 + i)).join()}`).join('\n')}\n`;
    for (const flags of [['--all-columns'], ['--all-columns', '--decimal', '.']]) {
      const { code, error } = await detect(input, ...flags);
      expect(error).toContain('60 columns have numbers, in 3 rows: the table seems to lie on its side');
      expect(code).toBe(1);
    }
  });

  test('are named above their units, of which one is none', async () => {
    const { changes, summary } = await detect(
      lines(
        [
          '"TOA5","CR1000X","29515"',
          '"TIMESTAMP","RECORD","Cond","Ser"',
          '"TS","RN","uS/cm","na"',
          '"","","Smp","Smp"',
        ],
        (v, i) => `"${times[i]?.replace('T', ' ')}",${4_000 + i},${v},SN 12`,
      ),
    );
    expect(changes).toMatchObject([change]);
    expect(summary?.readAs).toContain("values from 'Cond', the only column of numbers");
  });

  test('are named above a row that has a unit for one of them alone', async () => {
    const { changes, summary } = await detect(
      lines(['time,temp,hum', ',,%', 'last,avg,avg'], (v, i) => `${times[i]},${v},47`),
      '--all-columns',
    );
    expect(changes).toMatchObject([change]);
    expect(summary?.readAs).toContain("times from 'time'");
  });

  test('that both have dates are no date and its rest', async () => {
    const { code } = await detect(
      lines(
        ['state,vote_date,model_date,share'],
        (v, i) => `S${i},${timeOf(i * 40).slice(0, 10)},2026-03-01,${v}`,
      ),
      ...['--column', 'share'],
    );
    expect(code).toBe(0);
  });

  test('that are pairs are read one by one', async () => {
    const { changes } = await detect(
      lines(['Time1,Temp1,Time2,Temp2'], (v, i) => `${times[i]},${v},${times[79 - i]},${v}`),
      ...['--column', 'Temp2', '--time-column', 'Time2'],
    );
    expect(changes).toMatchObject([{ direction: 'down' }]);
  });

  test.each(['""', 'RECORD', 'index', 'Unnamed: 0'])('number the rows: %s', async (name) => {
    const { changes, summary } = await detect(
      lines([`${name},time,temp`], (v, i) => `${i + 1},${times[i]},${v}`),
    );
    expect(changes).toMatchObject([change]);
    expect(summary?.readAs).toContain(
      `no values from '${name.replace('""', '')}', whose numbers are those of the rows`,
    );
  });

  test('of which none has numbers are told by an example', async () => {
    const { error } = await detect(lines(['time,price'], (v, i) => `${times[i]},€${v}`));
    expect(error).toContain(
      "no column has numbers: 'price' has '€20'; choose that of the values with --column",
    );
  });

  test.each(['Time (UTC+2)', 'Date Time (America/New_York)'])('that name a zone: %s', async (name) => {
    const read = async (...flags: string[]) =>
      (
        await detect(
          lines([`${name},value`], (v, i) => `${times[i]},${v}`),
          ...flags,
        )
      ).summary?.readAs;
    const zone = /\((.*)\)/.exec(name)?.[1];
    expect(await read()).toContain(
      `times without a zone taken as UTC, though '${name}' names ${zone} (--time-zone)`,
    );
    expect(await read('--time-zone', 'Europe/Paris')).toContain(
      'times without a zone taken as Europe/Paris (--time-zone)',
    );
  });

  test('of times in the far future are told', async () => {
    const { summary } = await detect(lines(['time,value'], (v, i) => `${3_850_444_800 + 60 * i},${v}`));
    expect(summary?.readAs).toContain('times up to 2092-01-06, in the future (--time-format)');
  });
});

describe('a table that is no table of readings is refused, and says how to make one', () => {
  const pairs = values.map((v, i) => [timeOf(i), v]);
  test.each<[string, unknown, string]>([
    [
      'rows inside of rows',
      { status: 'ok', results: [{ statement: 0, series: [{ values: pairs }] }] },
      "inside of .results[0].series[0].values, which has 80 elements; make a row of each, such as with jq -c '.results[0].series[0].values[]'",
    ],
    [
      'an array for each column',
      { latitude: 48, hourly: { time: times, temp: values } },
      "such as with jq -c '[.hourly.time, .hourly.temp] | transpose[]'",
    ],
    [
      'rows in an array in an array',
      [values.map((value, i) => ({ timestamp: timeOf(i), value }))],
      "such as with jq -c '.[0][]'",
    ],
    ['two arrays that are columns', [times, values], "such as with jq -c '[.[0], .[1]] | transpose[]'"],
    [
      'a field for each time',
      Object.fromEntries(pairs),
      "such as with jq -c '. | to_entries[] | {time: .key, value}'",
    ],
    [
      'an object for each time, further inside',
      {
        meta: {},
        'Time Series (Daily)': Object.fromEntries(values.map((v, i) => [1.7e9 + 60 * i, { open: v }])),
      },
      'such as with jq -c \'."Time Series (Daily)" | to_entries[] | {time: .key} + .value\'',
    ],
  ])('%s', async (_, json, advice) => {
    const { code, error } = await detect(JSON.stringify(json));
    expect(error).toContain(advice);
    expect(code).toBe(1);
  });

  test('a column for each time', async () => {
    const input = `country,${values.map((_, i) => 1940 + i).join()}\nA,${values.join()}\nB,${values.join()}\n`;
    const { error } = await detect(input, '--all-columns');
    expect(error).toMatch(/80 columns have numbers, in \d rows: the table seems to lie on its side; turn it/);
  });
});

describe('what stands about the cells', () => {
  test.each<[string, string, readonly string[], string]>([
    ['a blank line after each row', `value\n\n${values.join('\n\n')}\n`, [], ''],
    ['line ends that were written twice', `value\r\r\n${values.join('\r\r\n')}\r\r\n`, [], ''],
    [
      'a line below the names',
      lines(['| timestamp | value |', '|---|:-:|'], (v, i) => `| ${timeOf(i)} | ${v} |`),
      [],
      '',
    ],
    ['numbers for names, which an index has', lines([',0'], (v, i) => `${timeOf(i)},${v}`), [], ''],
    ['numbers for names', lines(['time,2,1'], (v, i) => `${timeOf(i)},${v},5`), ['--column', '2'], ''],
    [
      'names, units and sums one below the other',
      lines(
        ['"TIMESTAMP","RECORD","Temp"', '"TS","RN","Deg C"', '"","","Avg"'],
        (v, i) => `"${timeOf(i)}",${i},${v}`,
      ),
      ['--column', '3'],
      'Temp',
    ],
    ['spaces within quotes', lines(['timestamp,value'], (v, i) => `" ${timeOf(i)}Z"," ${v}"`), [], ''],
    [
      'spaces that do not break in times',
      lines(
        ['timestamp,value'],
        (v, i) => `"1/31/2026, ${twelve(i).replace(/^/, '')}:00\u202f${i < 48 ? 'AM' : 'PM'}",${v}`,
      ),
      ['--no-header', '--column', '2'],
      '',
    ],
    [
      'objects for times and values, as databases export them',
      lines([], (v, i) => JSON.stringify({ timestamp: { $date: timeOf(i) }, value: { $double: String(v) } })),
      [],
      '',
    ],
  ])('does no harm: %s', async (_, input, flags) => {
    const { error, changes } = await detect(input, ...flags);
    expect(error).toBe('');
    expect(changes).toMatchObject([change]);
  });

  test.each(['#NV', '#DIV/0!', '1.#QNAN', '\\N', 'unavailable', '.', '\u2014', '(null)', '-nan(ind)'])(
    '%s says that there is no value',
    async (word) => {
      const { code, changes } = await detect(
        lines(['timestamp,value'], (v, i) => `${timeOf(i)},${i % 5 === 3 ? word : v}`),
      );
      expect(code).toBe(0);
      expect(changes).toMatchObject([change]);
    },
  );

  test('an en dash before a number is its minus sign', async () => {
    const { changes } = await detect(lines(['value'], (v) => `\u2013${v}`));
    expect(changes).toMatchObject([{ changedAt: 40, direction: 'down' }]);
  });

  test('NaN in JSON is no value', async () => {
    const { changes, summary } = await detect(
      `[${lines([], (v, i) => `{"note":"NaN","value":${i === 3 ? 'NaN' : v}}`)
        .trim()
        .replaceAll('\n', ',')}]`,
    );
    expect(changes).toMatchObject([change]);
    expect(summary?.skippedReasons).toEqual({ empty: 1 });
  });
});

describe('a refusal names its cause', () => {
  test.each<[string, string | Buffer, RegExp]>([
    [
      'a quote without an end',
      lines(['timestamp,value,note'], (v, i) => `${timeOf(i)},${v},${i === 50 ? '"oops' : 'ok'}`),
      /it is not CSV: a quote is opened and not closed/,
    ],
    [
      'text behind a closing quote, far down',
      `value\n${Array(5_000).fill('7').join('\n')}\n"7"8\n`,
      /it is not CSV: text follows a closing quote, .*, in row 5002/,
    ],
    [
      'a separator that is not known',
      lines(['timestamp^value'], (v, i) => `${timeOf(i)}^${v}`),
      /; numbers are read as in .*--delimiter another separator/,
    ],
    [
      'a mark that nobody sees',
      lines(['value'], (v) => `\u200e${v}`),
      /the first in row 2: '\\u200e20'; numbers are read as/,
    ],
    [
      'the name of a zone',
      lines(['timestamp,value'], (v, i) => `${timeOf(i)} CET,${v}`),
      /ends with the zone 'CET', which may be one of several; write its offset/,
    ],
    [
      'ticks',
      lines(['timestamp,value'], (v, i) => `${639_054_000_000_000_000n + BigInt(i) * 600_000_000n},${v}`),
      /may be ticks of \.NET, which are not read; .*--time-format ns/,
    ],
    [
      'row names without a name',
      lines(['timestamp,value'], (v, i) => `${i},${timeOf(i)},${v}`),
      /if a column has no name, such as that of row names, give it one/,
    ],
    [
      'gzip in gzip',
      gzipSync(gzipSync('value\n1\n')),
      /decompressed, is compressed twice; decompress it once/,
    ],
    ['a page', '<!DOCTYPE html>\n<table><tr><td>1</td></tr></table>', /is a page of HTML; export its table/],
    [
      'an OpenDocument spreadsheet',
      Buffer.from('PK\u0003\u0004\0\0mimetypeapplication/vnd.oasis.opendocument.spreadsheet', 'latin1'),
      /is an OpenDocument spreadsheet \(\.ods\); save the sheet as CSV/,
    ],
  ])('%s', async (_, input, message) => {
    const { code, error } = await detect(input);
    expect(error).toMatch(message);
    expect(code).toBe(1);
  });

  test('zeros that a logger left at the end are one bad row', async () => {
    const { changes, summary } = await detect(
      `${lines(['timestamp,value'], (v, i) => `${timeOf(i)},${v}`)}${'\0'.repeat(512)}`,
    );
    expect(changes).toMatchObject([change]);
    expect(summary?.skippedReasons).toEqual({ 'bad-time': 1 });
  });
});

describe('columns that nobody chose', () => {
  test.each([
    ['meter', (device: number) => `${device}`],
    ['pump_no', (device: number) => `${device}`],
    ['serial', (device: number) => `${1_700_000_001 + device}`],
    ['tag', (device: number) => `2026-01-0${device}`],
    ['ip', (device: number) => `192.168.100.10${device}`],
  ])("devices of one level, told apart by numbers in '%s', are named in a hint", async (name, text) => {
    const input = lines([`time,${name},temp`], (v, i) => `${times[i]}Z,${text(1 + (i % 3))},${v}`);
    const { summary } = await detect(input, '--column', 'temp');
    expect(summary?.hint).toContain(`'${name}' has 3 values`);
  });

  test('addresses are no numbers, and say nothing of decimal commas', async () => {
    const input = lines(
      ['time,ip,temp'],
      (v, i) => `${times[i]}Z,192.168.100.10${i % 2},${(v + 0.001).toFixed(3)}`,
    );
    const { code, summary } = await detect(input, '--series-column', 'ip');
    expect(code).toBe(0);
    expect(summary).toMatchObject({ series: 2 });
  });

  test('rows of JSON that hold lists of readings beside a counter are refused', async () => {
    const samples = (index: number) => Array.from({ length: 12 }, (_, one) => values[index] ?? one);
    const input = lines([], (_, i) =>
      JSON.stringify({ ts: `${times[i]}Z`, seq: 12 * i, samples: samples(i) }),
    );
    const { code, error } = await detect(input);
    expect(error).toMatch(
      /readings seem to be inside of \.samples.* jq -c '\.samples\[\]'.* or choose another column with --column/,
    );
    expect(code).toBe(1);
    expect((await detect(input, '--column', 'seq')).code).toBe(0);
  });

  test('of columns that may tell devices apart, one with many rows of each is named', async () => {
    const input = lines(['run,name,ms'], (v, i) => `c${i >> 1},${i % 2 ? 'parse' : 'print'},${v}`);
    const { summary } = await detect(input, '--column', 'ms');
    expect(summary?.hint).toContain("'name' has 2 values");
  });

  const counted: Readonly<Record<string, (index: number) => number>> = {
    'numbers of the rows': (i) => i,
    'newest first': (i) => 8_000 - 100 * i,
    'times that come twice': (i) => 10 * (i >> 1),
    'seconds since 1970': (i) => 1_769_860_800 + 60 * i,
  };
  const wrapped: readonly ((text: string) => string)[] = [
    (text) => `$${text}`,
    (text) => `€ ${text}`,
    (text) => `USD ${text}`,
    (text) => `${text}ms`,
    (text) => `~${text}`,
    (text) => `(${text})`,
    (text) => `T=${text}V`,
  ];

  test('the only numbers are not those of the rows, nor their times, where others have something around them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('', 'n,x\n', 'sample,delay\n', 'x,price\n'),
        fc.constantFrom(...Object.values(counted)),
        fc.constantFrom(...wrapped),
        async (head, count, wrap) => {
          const input =
            head + lines([], (v, i) => `${count(i)},${i % 20 === 7 ? 'N/A' : wrap(v.toFixed(2))}`);
          const { code, error } = await detect(input);
          const name = head.slice(head.indexOf(',') + 1).trim() || '2';
          expect(error).toMatch(
            /the only column of numbers, seems to have (times|the numbers of the rows), and '/,
          );
          expect(error).toContain(
            `and '${name}' the values, in a form that is not read, such as '${wrap('20.00')}'`,
          );
          expect(code).toBe(1);
          expect((await detect(input, '--column', '1')).code).toBe(0);
        },
      ),
      { numRuns: runsOf(20) },
    );
  });

  test('the only numbers are not times since 1970, where there are no others', async () => {
    const { code, error } = await detect(lines([], (_, i) => `${1_769_860_800 + 60 * i},on`));
    expect(error).toContain(
      "'1', the only column of numbers, seems to have times since 1970; choose the column of the values with --column",
    );
    expect(code).toBe(1);
  });

  test.each<[string, (value: number, index: number) => string]>([
    ['names of devices', (_, i) => `${100 * i},d${i % 12}`],
    ['names of two words', (_, i) => `${100 * i},room ${i}`],
    ['kinds that begin with a number', (_, i) => `${100 * i},${1 + (i % 3)}a`],
    ['addresses', (_, i) => `${100 * i},10.0.0.${i}/24`],
    ['large numbers that are no times, beside a few words', (v) => `${Math.round(1e8 * v)},on`],
    ['numbers with something around them beside values', (v, i) => `${v},$${i}`],
  ])('a counter, or values, are taken beside %s', async (_, row) => {
    const { error, summary } = await detect(lines(['x,y'], row));
    expect(error).toBe('');
    expect(summary?.readAs).toContain("values from 'x', the only column of numbers");
  });

  const many = Array.from({ length: 6_000 }, (_, i) => i);
  const atMinute = (i: number) => new Date(Date.UTC(2026, 0, 1, 0, i)).toISOString();

  test('a device that follows on the first one, long after the first rows, is named in a hint', async () => {
    const rows = many.map((i) => `${atMinute(i)},${i < 5_500 ? 'A' : 'B'},${(i * 7) % 10}`);
    const { summary } = await detect(['time,device,value', ...rows].join('\n'));
    expect(summary?.hint).toBe(
      "'device' has 'A' up to row 5501, and 'B' in row 5502: if each is a series of its own, add --series-column 'device'",
    );
  });

  test('a column whose first number comes long after the first rows is named', async () => {
    const rows = many.map((i) => `${atMinute(i)},${i < 5_500 ? '' : 5},${(i * 7) % 10}`);
    const { summary } = await detect(['time,a,b', ...rows].join('\n'), '--all-columns');
    expect(summary?.readAs).toContain("nothing from 'a', which has its first number in row 5502 (--column)");
    const remarks = many.map((i) => `${atMinute(i)},${i === 5_500 ? 'filter changed' : ''},${(i * 7) % 10}`);
    const other = await detect(['time,a,b', ...remarks].join('\n'), '--column', 'b');
    expect(other.summary?.readAs ?? []).not.toContainEqual(expect.stringContaining('nothing from'));
    expect(other.summary).not.toHaveProperty('hint');
  });

  test('a form of times has no effect where no column is known to have any', async () => {
    const hobo = lines(
      ['Date Time GMT+01:00,Temp'],
      (v, i) => `01/${10 + (i >> 4)}/26 0${i % 10}:00:00 AM,${v}`,
    );
    const { error } = await detect(hobo, '--time-format', 'mdy');
    expect(error).toMatch(
      /--time-format has no effect, since no column is known to have times; name it with --time-column/,
    );
    const { summary } = await detect(hobo);
    expect(summary?.readAs).toContainEqual(
      expect.stringMatching(
        /^no times from 'Date Time GMT\+01:00', since '01\/10\/26 .* is in no form of time that is known/,
      ),
    );
  });
});

test.each([-9999, -999, 999.9, 99999, -32768])(
  '%d among values that are far from it is told',
  async (mark) => {
    const input = (share: (i: number) => boolean) => lines(['value'], (v, i) => String(share(i) ? mark : v));
    const { summary } = await detect(input((i) => i % 20 === 7));
    expect(summary?.readAs).toContain(
      `${mark} in 4 rows of 'value', far from all other values: if that says that there is none, --missing ${mark}`,
    );
    // Where values lie on both sides of it, it is one of them.
    const wide = lines(['value'], (v, i) => String(i % 20 === 7 ? mark : i % 2 ? 1.5 * mark : v));
    expect((await detect(wide)).summary?.readAs ?? []).not.toContainEqual(
      expect.stringContaining('far from'),
    );
  },
);

test.each(['csv', 'ndjson'])(
  'a number that is said to say that there is none is an empty cell, in %s',
  async (format) => {
    const write = (cells: readonly string[]) =>
      format === 'csv'
        ? ['timestamp,value', ...cells.map((cell, i) => `${times[i]}Z,${cell}`)].join('\n')
        : cells
            .map((cell, i) => `{"timestamp":"${times[i]}Z","value":${cell === '' ? 'null' : cell}}`)
            .join('\n');
    const cells = (none: (i: number) => string) =>
      values.map((value, i) => (i % 20 === 7 ? none(i) : String(value)));
    const marked = await detect(
      write(cells((i) => (i % 40 === 7 ? '-9999' : '999.90'))),
      ...['--missing', '-9999', '--missing', '999.9'],
    );
    const empty = await detect(write(cells(() => '')));
    expect(marked.error).toBe('');
    expect(marked.changes).toMatchObject([change]);
    expect(marked.changes).toEqual(empty.changes);
    expect(marked.summary?.readings).toBe(empty.summary?.readings);
    expect(marked.summary?.readAs ?? []).not.toContainEqual(expect.stringContaining('far from'));
  },
);
