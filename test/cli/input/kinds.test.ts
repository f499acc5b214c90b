import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { jsonLines } from '../../json-lines.ts';
import { runHere } from '../in-process.ts';

/** A level of 20, then of 24 from reading 40 on, with a little noise. */
const values = Array.from({ length: 80 }, (_, index) => (index < 40 ? 20 : 24) + ((index * 7) % 10) / 10);
const startAt = Date.parse('2026-01-31T08:00:00Z');
const at = (index: number, stepMinutes = 5) => new Date(startAt + index * stepMinutes * 60_000);
const iso = (index: number) => at(index).toISOString();
const naive = (index: number) => iso(index).slice(0, 19).replace('T', ' ');
const german = (index: number) => iso(index).replace(/^(....)-(..)-(..)T(.....).*/, '$3.$2.$1 $4');
const comma = (value: number) => value.toFixed(2).replace('.', ',');
const lines = (head: readonly string[], row: (value: number, index: number) => string) =>
  `${[...head, ...values.map(row)].join('\n')}\n`;

async function detect(input: string | Buffer, ...args: readonly string[]) {
  const { code, out, error } = await runHere(['detect', '-', '--json', ...args], { input });
  const found = out === '' ? [] : jsonLines(out);
  return { code, error, summary: found.at(-1), changes: found.slice(0, -1) };
}

const change = { changedAt: 40, direction: 'up', changedAtTime: '2026-01-31T11:20:00Z' };
const untimed = { changedAt: 40, direction: 'up' };

describe('what is read as it is meant, and how it says so', () => {
  test.each<[string, string | Buffer, readonly string[], object, readonly string[]]>([
    ['the plain file', lines(['timestamp,value'], (v, i) => `${iso(i)},${v}`), [], change, []],
    [
      'a blank line before the header',
      lines(['', 'timestamp,value'], (v, i) => `${iso(i)},${v}`),
      [],
      change,
      [],
    ],
    [
      'comments before the header',
      lines(['# Instrument', '# Site, north', 'timestamp,value'], (v, i) => `${iso(i)},${v}`),
      [],
      change,
      ['2 lines before the table left out'],
    ],
    [
      'a header that is a comment itself, tabs, and names that say nothing',
      lines(['~Result', '~', '~when\tU'], (v, i) => `${at(i).getTime()}\t${v}`),
      [],
      change,
      [
        'delimiter tab',
        '2 lines before the table left out',
        "times from 'when'",
        "values from 'U', the only column of numbers",
      ],
    ],
    [
      'names and numbers before the header',
      lines(['Logger,5', 'Serial,12345', 'timestamp,value'], (v, i) => `${iso(i)},${v}`),
      [],
      change,
      ['2 lines before the table left out'],
    ],
    [
      'columns whose names are numbers',
      lines(['timestamp,1,2'], (v, i) => `${iso(i)},${v},${-v}`),
      ['--column', '1'],
      change,
      [],
    ],
    [
      'units below the header',
      lines(['time,temp', 'UTC,degC'], (v, i) => `${iso(i)},${v}`),
      ['--column', 'temp'],
      change,
      ['1 line before the table left out', "times from 'time'"],
    ],
    [
      'numbers that run, under a name of times, in reverse',
      `year,flow\n${values
        .map((v, i) => `${1900 + i},${v}`)
        .reverse()
        .join('\n')}`,
      ['--column', 'flow'],
      { ...untimed, changedAtTime: '1940' },
      [
        "times from 'year'",
        "times that are numbers but no dates, such as '1979', used for the order alone",
        'rows stand newest first: sorted by time',
      ],
    ],
    [
      'durations, which are no times',
      lines(['commit,time,memory'], (v, i) => `c${i},${10 + ((i * 37) % 11)},${v}`),
      ['--column', 'memory'],
      untimed,
      ["no times from 'time', which runs in no direction (--time-column)"],
    ],
    [
      'a date that is the same in all rows',
      lines(['calibrated,temp'], (v) => `2025-01-01,${v}`),
      ['--column', 'temp'],
      untimed,
      ["no times from 'calibrated', which stays the same from row to row (--time-column)"],
    ],
    [
      'one column with decimal commas',
      lines(['value'], (v) => comma(v)),
      [],
      untimed,
      ["decimal commas in 'value'"],
    ],
    [
      'thousands that are said to be such',
      lines(['value'], (v) => `1,${Math.round(v * 10)}`),
      ['--thousands', ','],
      untimed,
      ["commas between thousands in 'value'"],
    ],
    [
      'thousands beside decimals',
      lines(['value'], (v) => `"1,${Math.round(v * 10)}.50"`),
      [],
      untimed,
      ["commas between thousands in 'value'"],
    ],
    [
      'a German export, in which some cells are whole',
      lines(['Zeitstempel;Temperatur [°C];Feuchte [%]'], (v, i) =>
        [german(i), i % 9 === 0 ? String(Math.round(v)) : comma(v), '45,4'].join(';'),
      ),
      ['--column', 'Temp*'],
      change,
      [
        "delimiter ';'",
        "times from 'Zeitstempel'",
        "decimal commas in 'Temperatur [°C]'",
        "dates with the day first in 'Zeitstempel'",
        'times without a zone taken as UTC (--time-zone)',
      ],
    ],
    [
      'the encoding of old spreadsheets',
      Buffer.from(
        lines(['timestamp;Größe'], (v, i) => `${iso(i)};${v}`),
        'latin1',
      ),
      ['--column', 'Größe'],
      change,
      ['encoding Windows-1252, since it is not UTF-8', "delimiter ';'"],
    ],
    [
      'hours of one digit, as a spreadsheet writes them',
      lines(['timestamp,value'], (v, i) => `${naive(i).slice(0, 16).replace(' 0', ' ')},${v}`),
      [],
      change,
      ['times without a zone taken as UTC (--time-zone)'],
    ],
    [
      'the minus sign of typesetting in some of the values',
      lines(['timestamp,value'], (v, i) => `${iso(i)},${i % 20 === 3 ? `\u2212${v}` : v}`),
      [],
      change,
      [],
    ],
    [
      'that sign with decimal commas',
      lines(['timestamp;value'], (v, i) => `${iso(i)};${i % 20 === 3 ? '\u2212' : ''}${comma(v)}`),
      [],
      change,
      ["delimiter ';'", "decimal commas in 'value'"],
    ],
    [
      'exponents after three decimals, which no thousands have',
      lines(['timestamp;value'], (v, i) => `${iso(i)};${v.toExponential(3)}`),
      [],
      change,
      ["delimiter ';'"],
    ],
    [
      'exponents after three decimals behind a comma',
      lines(['timestamp;value'], (v, i) => `${iso(i)};${v.toExponential(3).replace('.', ',')}`),
      [],
      change,
      ["delimiter ';'", "decimal commas in 'value'"],
    ],
    ['gzip', gzipSync(lines(['timestamp,value'], (v, i) => `${iso(i)},${v}`)), [], change, []],
    [
      'the newest row first',
      `timestamp,value\n${values
        .map((v, i) => `${naive(i)},${v}`)
        .reverse()
        .join('\n')}`,
      [],
      change,
      ['times without a zone taken as UTC (--time-zone)', 'rows stand newest first: sorted by time'],
    ],
    [
      'a row that comes late',
      lines(['timestamp,value'], (v, i) => `${iso(i)},${v}`).replace(/(.*Z,.*\n)((?:.*\n){3})/, '$2$1'),
      [],
      change,
      ['1 row earlier than the rows before: sorted by time'],
    ],
    [
      'offsets that change',
      lines(
        ['timestamp,value'],
        (v, i) => `${iso(i - (i % 2) * 12).slice(0, 19)}${i % 2 ? '-01:00' : 'Z'},${v}`,
      ),
      [],
      change,
      [],
    ],
    [
      'epoch seconds',
      lines(['timestamp,value'], (v, i) => `${at(i).getTime() / 1000},${v}`),
      [],
      change,
      ['times in seconds since 1970'],
    ],
    [
      'a zone of its own',
      lines(['timestamp,value'], (v, i) => `${naive(i)},${v}`),
      ['--time-zone', 'Europe/Paris'],
      { ...change, changedAtTime: '2026-01-31T10:20:00Z' },
      ['times without a zone taken as Europe/Paris (--time-zone)'],
    ],
    [
      'a form of time of its own',
      lines(['timestamp,value'], (v, i) =>
        [iso(i).replace(/^(....)-(..)-(..)T(..):(..).*/, '$2$3 $1 $4h$5'), v].join(),
      ),
      ['--time-format', '%m%d %Y %Hh%M'],
      change,
      ['times without a zone taken as UTC (--time-zone)'],
    ],
    [
      'a date and a time of day in two columns',
      lines(['Datum;Uhrzeit;Wert'], (v, i) => [...german(i).split(' '), comma(v)].join(';')),
      [],
      change,
      [
        "delimiter ';'",
        "times from 'Datum' and 'Uhrzeit'",
        "values from 'Wert', the only column of numbers",
        "decimal commas in 'Wert'",
        "dates with the day first in 'Datum Uhrzeit'",
        'times without a zone taken as UTC (--time-zone)',
      ],
    ],
    [
      'JSON Lines with fields in fields and blank lines',
      lines(
        [],
        (v, i) => `${JSON.stringify({ device: { id: 'a' }, ts: at(i).getTime(), payload: { t: v } })}\n`,
      ),
      ['--column', 'payload.t', '--series-column', 'device.id'],
      { ...change, seriesId: 'a' },
      ["times from 'ts'"],
    ],
    [
      'a JSON array',
      JSON.stringify(
        values.map((value, i) => ({ note: '],"[', timestamp: iso(i), value })),
        undefined,
        2,
      ),
      [],
      change,
      [],
    ],
    [
      'whole numbers at first, and decimal commas much later',
      `value\n${[...Array(5_050).fill('20'), ...Array(400).fill('24,5')].join('\n')}`,
      [],
      { changedAt: 5_050, direction: 'up' },
      ["decimal commas in 'value'"],
    ],
  ])('%s', async (_, input, args, expected, notes) => {
    const { code, error, summary, changes } = await detect(input, ...args);
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(changes).toEqual([expect.objectContaining(expected)]);
    expect(summary.readAs).toEqual(notes);
  });
});

describe('what is refused, and why', () => {
  const both =
    /read in two ways: '1,200' as 1200 or 1\.2, '1,207' as 1207 or 1\.207; --decimal , or --thousands , says which/;
  test.each<[string, string, readonly string[], RegExp]>([
    ['thousands or decimals', lines(['value'], (v) => `1,${Math.round(v * 10)}`), [], both],
    [
      'thousands or decimals, much later',
      `value\n${[...Array(5_050).fill('20'), '1,183'].join('\n')}`,
      [],
      /the numbers of column 'value' can be read in two ways: '1,183' as 1183 or 1\.183; /,
    ],
    [
      'points that may group, where the file has decimal commas',
      lines(['a;b'], (v) => `1.${Math.round(v * 10)};${comma(v)}`),
      ['--column', 'a'],
      /the numbers of column 'a' can be read in two ways: '1\.200' as 1\.2 or 1200, '1\.207' as/,
    ],
    [
      'points and commas',
      lines(['value'], (v, i) => (i % 2 ? comma(v) : String(v))),
      [],
      /read in two ways: .*; --decimal \. or --decimal , says which mark is the decimal one/,
    ],
    [
      'cells that contain the separator',
      lines(['timestamp,value'], (v, i) => `${iso(i)},1,${Math.round(v * 10)}`),
      [],
      /row 2 and most others have 3 cells, but the header in row 1 has 2; if numbers contain the separator/,
    ],
    [
      'dates that may be American',
      lines(['timestamp,value'], (v, i) => `0${1 + (i % 9)}/02/2026 08:00,${v}`),
      [],
      /the dates of column 'timestamp' can be read in two ways: '01\/02\/2026 08:00' as 2026-02-01 or 2026-01-02, '03\/02\/2026 08:00' as .*--time-format dmy or --time-format mdy/,
    ],
    [
      'week dates',
      lines(['timestamp,value'], (v, i) => `2026-W05-${1 + (i % 7)},${v}`),
      [],
      /'2026-W05-1' in the column of times 'timestamp' is an ISO week date, which is not read; write month and day, as in 2026-01-31, or give another column/,
    ],
    [
      'many rows that cannot be read',
      lines(['value'], (v, i) => (i % 9 === 0 ? 'error' : String(v))),
      [],
      /9 of 80 rows of column 'value' cannot be read \(9 not-a-number\), the first in row 2: 'error' is not a number; --skip-bad allows more than 10 %/,
    ],
    [
      'many rows without a value',
      lines(['timestamp,value'], (v, i) => `${iso(i)},${i % 5 === 0 ? v : 'N/A'}`),
      [],
      /64 of 80 rows of column 'value' have no value \(64 empty\); --skip-bad allows more than 50 %/,
    ],
    [
      'rows with more cells than the header, however few',
      lines(['timestamp,value'], (v, i) => `${iso(i)},${i === 70 ? '24,5' : v}`),
      [],
      /row 72 has more cells than the header; if numbers contain the separator of the cells, put them in quotes; --skip-bad leaves such rows out/,
    ],
    [
      'a row that is far too late',
      `timestamp,value\n${[...Array(700).keys()].map((i) => `${iso(i)},1`).join('\n')}\n${iso(-1)},1\n`,
      [],
      /row 702 \(2026-01-31T07:55:00Z\) is earlier than rows of its series that stand more than 500 rows before it; --sort sorts all rows first/,
    ],
    [
      'devices one after the other',
      `device,timestamp,value\n${[...Array(1400).keys()].map((i) => `d${Math.floor(i / 700)},${iso(i % 700)},1`).join('\n')}\n`,
      [],
      /row 702 .*; 'device' has 2 values .*: if each is a series of its own, add --series-column device/,
    ],
  ])('%s', async (_, input, args, message) => {
    const { code, error } = await detect(input, ...args);
    expect(error).toMatch(message);
    expect(code).toBe(1);
  });

  test.each([
    [3, 2],
    [4, 2],
    [5, 2],
    [5, 3],
  ])(
    'of each %d rows of one column, %d that have no value, as a blank line or a word',
    async (each, none) => {
      const written = (word: string) =>
        `${lines(['value'], (v, i) => (i % each < each - none ? String(v) : word))}7\n`;
      const [blank, word] = [await detect(written('')), await detect(written('NA'))];
      expect(blank.code).toBe(none > each / 2 ? 1 : 0);
      expect(blank.error).toBe(word.error);
      expect(blank.changes).toEqual(word.changes);
    },
  );

  test('but no blank lines between rows of several cells', async () => {
    const input = lines(['n,value'], (v, i) => `${(i * 7) % 80},${v}\n\n`);
    expect((await detect(input)).changes).toMatchObject([untimed]);
  });

  test.each<[string, (index: number) => string, RegExp]>([
    ['a comma for the point', (i) => `${iso(i)},20,${i % 10}`, /row 660 has more cells than the header/],
    [
      'dates',
      (i) => `0${1 + (i % 9)}.03.2026 12:00,1`,
      /42 consecutive rows .*cannot be read, .*is no time in the/,
    ],
    [
      'a unit',
      (i) => `${iso(i)},1 bar`,
      /42 consecutive rows .*cannot be read, .*row 660: '1 bar' is not a number/,
    ],
  ])('a new form, %s, of the last rows, though they are few', async (_, late, message) => {
    const rows = Array.from({ length: 700 }, (__, i) => (i < 658 ? `${iso(i)},${i % 7}` : late(i)));
    const { code, error } = await detect(`timestamp,value\n${rows.join('\n')}\n`);
    expect(error).toMatch(message);
    expect(code).toBe(1);
  });
});

describe('several columns and several series', () => {
  const wide = lines(['device_id,ts,temp_in,temp_out,note'], (v, i) =>
    [`d${i % 2}`, at(i >> 1).getTime(), v, -v, 'ok'].join(),
  );
  const seriesOf = (changes: readonly { seriesId?: string }[]) =>
    changes.map(({ seriesId }) => seriesId).sort();

  test.each<[readonly string[], readonly (string | undefined)[]]>([
    [
      ['--column', 'temp_in', '--column', 'temp_out', '--series-column', 'device_id'],
      ['d0/temp_in', 'd0/temp_out', 'd1/temp_in', 'd1/temp_out'],
    ],
    [
      ['--column', 'temp*', '--series-column', 'device_id'],
      ['d0/temp_in', 'd0/temp_out', 'd1/temp_in', 'd1/temp_out'],
    ],
    [['--all-columns'], ['temp_in', 'temp_out']],
    [
      ['--column', '3', '--column', 'temp_out'],
      ['temp_in', 'temp_out'],
    ],
    [['--column', 'temp_in'], [undefined]],
  ])('%j', async (args, series) => {
    const { code, changes, summary } = await detect(wide, ...args);
    expect(code).toBe(0);
    expect(seriesOf(changes)).toEqual(series);
    expect(summary.series).toBe(series.length);
    const hint =
      "'device_id' has 2 values in the first 80 rows: if each is a series of its own, add --series-column device_id";
    expect(summary.hint).toBe(args.includes('--series-column') ? undefined : hint);
  });

  test('a header that is repeated in the middle is no device', async () => {
    const rows = Array.from({ length: 20 }, (_, index) => `north,${20 + (index % 3)}`).join('\n');
    const { summary } = await detect(`room,temp\n${rows}\nroom,temp\n${rows}\n`);
    expect(summary.hint).toBeUndefined();
  });

  test('a pattern that fits no column is refused', async () => {
    const { error } = await detect(wide, '--column', 'hum*');
    expect(error).toMatch(/no column is like 'hum\*'; the columns are 'device_id', 'ts', /);
  });
});

describe('rows that have no reading', () => {
  test.each(['', 'NA', 'NaN', 'null', '-', '#N/A', '#DIV/0!', '1.#IND', '\\N', 'unavailable'])(
    "a value that is '%s' is missing, and counts as empty",
    async (word) => {
      const { summary } = await detect(lines(['t,value'], (v, i) => `${iso(i)},${i % 10 === 3 ? word : v}`));
      expect(summary.skippedReasons).toEqual({ empty: 8 });
    },
  );

  test('are counted by reason, keep their number, and make no series', async () => {
    const rows = values.map((v, i) => `b,${iso(i)},${v}`);
    rows.splice(10, 1, `b,,${values[10]}`);
    rows.splice(11, 1, `b,${iso(11)},NaN`);
    rows.splice(12, 0, '', ',,', 'seriesId,timestamp,value', `,${iso(12)},20`, 'b,yesterday,20');
    const { code, summary, changes } = await detect(`seriesId,timestamp,value\n${rows.join('\n')}\n\n`);
    expect(code).toBe(0);
    expect(changes).toEqual([expect.objectContaining({ ...change, changedAt: 41 })]);
    expect(summary).toMatchObject({
      series: 1,
      rows: 86,
      skippedReasons: { empty: 4, 'bad-time': 2, 'repeated-header': 1, 'no-series': 1 },
      firstBadRow: 12,
    });
  });

  test('may be many if that is wanted', async () => {
    const input = lines(['value'], (v, i) => (i % 4 === 0 ? 'error' : String(v)));
    expect((await detect(input, '--skip-bad')).summary).toMatchObject({ skipped: 20, found: 1 });
  });
});

describe('readings of one moment', () => {
  const twice = `timestamp,value\n${values.map((v, i) => `${iso(i)},${v}\n${iso(i)},${v}`).join('\n')}`;
  test('count once if they repeat another one', async () => {
    const { summary, changes } = await detect(twice);
    expect(summary).toMatchObject({ rows: 160, repeated: 80, skipped: 0 });
    expect(changes).toEqual([expect.objectContaining(change)]);
  });

  test('are kept if ids tell them apart', async () => {
    const rows = twice.split('\n').map((row, index) => `${row},${index === 0 ? 'eventId' : `id-${index}`}`);
    expect((await detect(rows.join('\n'))).summary).toMatchObject({ rows: 160, repeated: 0 });
  });

  test('are replaced by a later one with the same id', async () => {
    const rows = values.flatMap((v, i) => [`${iso(i)},0,a`, `${iso(i)},${v},a`]);
    const { summary, changes } = await detect(`timestamp,value,eventId\n${rows.join('\n')}`);
    expect(summary).toMatchObject({
      repeated: 80,
      readAs: [
        '80 rows repeat the time and value of another one, which counts once (a column eventId tells them apart)',
        '80 readings replaced by a later one with the same eventId',
      ],
    });
    expect(changes).toEqual([expect.objectContaining(change)]);
  });

  test('are told apart by nanoseconds', async () => {
    const digits = (index: number) => String(index).padStart(9, '0');
    const input = lines(
      ['timestamp,value'],
      (v, i) => `2026-07-01T00:00:00.${digits(i)}Z,${Math.round(v / 20)}`,
    );
    const { summary, changes } = await detect(input.replaceAll(/,1$/gm, ',9'));
    expect(summary).toMatchObject({ rows: 80, repeated: 0 });
    expect(changes).toEqual([]);
    const units = lines(['timestamp,value'], (v, i) => `1782864000000000${String(i).padStart(3, '0')},${v}`);
    expect((await detect(units)).changes).toEqual([
      expect.objectContaining({ changedAt: 40, changedAtTime: '2026-07-01T00:00:00.00000004Z' }),
    ]);
  });
});

describe('an hour that clocks show twice, or never', () => {
  const local = (from: string, count: number) =>
    [...Array(count).keys()].map((i) =>
      new Date(Date.parse(`${from}Z`) + i * 300_000).toISOString().slice(0, 19),
    );
  const paris = ['--time-zone', 'Europe/Paris'];

  test('is told apart by its order when clocks are put back', async () => {
    const times = [...local('2026-10-25T01:00:00', 24), ...local('2026-10-25T02:00:00', 56)];
    const input = `timestamp,value\n${values.map((v, i) => `${times[i]},${v}`).join('\n')}`;
    const { summary, changes } = await detect(input, ...paris);
    expect(summary.readAs).toEqual([
      'times without a zone taken as Europe/Paris (--time-zone)',
      '24 times in an hour that the clocks of Europe/Paris show twice, told apart by their order',
    ]);
    // 01:00 in summer is 23:00 of the day before in UTC; 40 steps of five minutes later it is 02:20.
    expect(changes).toEqual([
      expect.objectContaining({ changedAt: 40, changedAtTime: '2026-10-25T02:20:00Z' }),
    ]);
    const reversed = [...input.split('\n').slice(1), 'timestamp,value'].reverse().join('\n');
    expect((await detect(reversed, ...paris)).changes).toEqual(changes);
    expect((await detect(input)).summary.readAs).toContain(
      '11 rows earlier than the rows before: sorted by time',
    );
  });

  test('is left out and counted when clocks are put forward', async () => {
    const times = local('2026-03-29T00:00:00', 80);
    const input = `timestamp,value\n${values.map((v, i) => `${times[i]},${v}`).join('\n')}`;
    expect((await detect(input, ...paris)).error).toMatch(
      /12 of 80 rows .* \(12 skipped-hour\), .* skip; --skip-bad/,
    );
    expect((await detect(input, ...paris, '--skip-bad')).summary).toMatchObject({
      skippedReasons: { 'skipped-hour': 12 },
    });
  });
});
