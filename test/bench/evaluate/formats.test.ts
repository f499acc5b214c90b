import { mkdirSync, symlinkSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readSet } from '../../../bench/evaluate/read-set.ts';
import { folderWith } from './folder.ts';

type Files = Readonly<Record<string, string>>;

const tcpdFile = (raw: readonly unknown[], more: readonly object[] = []) =>
  JSON.stringify({ name: 'one', n_obs: raw.length, n_dim: 1, time: {}, series: [{ raw }, ...more] });
const tcpd: Files = {
  'annotations.json': JSON.stringify({ one: { 6: [3, 1], 7: [] }, two: { 6: [1] }, gone: { 6: [] } }),
  'datasets/one/one.json': tcpdFile([1, null, 3, 4]),
  'datasets/two/two.json': tcpdFile([1, 2], [{ raw: [1, 2] }]),
};

const nabRow = (minute: number, value: number | string) => `2014-04-01 00:0${minute}:00,${value}\n`;
const nabWindow = (from: number, to: number) => [
  `2014-04-01 00:0${from}:00.000000`,
  `2014-04-01 00:0${to}:00.000000`,
];
const nab: Files = {
  'labels/combined_windows.json': JSON.stringify({ 'real/a.csv': [nabWindow(1, 2)], 'real/b.csv': [] }),
  'data/real/a.csv': `timestamp,value\n${[0, 1, 2, 3].map((minute) => nabRow(minute, minute * 10)).join('')}`,
};

const skab: Files = {
  'valve1/0.csv':
    'datetime;Current;Flow Rate;anomaly;changepoint\nx;1;5;0.0;0.0\nx;2;6;1.0;1.0\nx;3;7;1.0;0.0\n',
  'anomaly-free/anomaly-free.csv': 'datetime;Current\nx;1\n',
};

const csv: Files = {
  'readings.csv':
    'seriesId,timestamp,value\na,2026-01-01T00:00:00Z,1\nb,5,7\na,2026-01-01T00:01:00Z,\na,2026-01-01T00:02:00Z,3\n',
  'changepoints.csv': 'seriesId,annotator,reading\na,x,2\na,x,1\na,y,\n',
};

describe('a folder is read, by its own files or as said', () => {
  test.each([['tcpd' as const], [undefined]])('Turing Change Point Dataset: %s', async (format) => {
    const set = await readSet(folderWith(tcpd), format);
    expect(set).toMatchObject({
      format: 'tcpd',
      leftOut: ['two has several dimensions', 'gone is annotated but has no file'],
    });
    expect(set.series).toEqual([
      {
        name: 'one',
        values: [1, Number.NaN, 3, 4],
        truth: {
          kind: 'changes',
          annotators: [
            { name: '6', changes: [1, 3] },
            { name: '7', changes: [] },
          ],
        },
      },
    ]);
  });

  test.each([['nab' as const], [undefined]])('Numenta Anomaly Benchmark: %s', async (format) => {
    const set = await readSet(folderWith(nab), format);
    expect(set).toMatchObject({
      format: 'nab',
      leftOut: ['real/b.csv has windows but no file'],
    });
    expect(set.series).toEqual([
      {
        name: 'real/a.csv',
        group: 'real',
        values: [0, 10, 20, 30],
        truth: { kind: 'windows', windows: [{ first: 1, last: 2 }] },
      },
    ]);
  });

  test.each([['skab' as const], [undefined]])('Skoltech Anomaly Benchmark: %s', async (format) => {
    const set = await readSet(folderWith(skab), format);
    const truth = { kind: 'changes', annotators: [{ name: 'changepoint', changes: [1] }] };
    expect(set).toMatchObject({
      format: 'skab',
      leftOut: ['anomaly-free/anomaly-free.csv has no columns anomaly and changepoint'],
    });
    expect(set.series).toEqual([
      { name: 'valve1/0.csv: Current', group: 'valve1', values: [1, 2, 3], truth },
      { name: 'valve1/0.csv: Flow Rate', group: 'valve1', values: [5, 6, 7], truth },
    ]);
  });

  test.each([['csv' as const], [undefined]])('CSV: %s', async (format) => {
    const set = await readSet(folderWith(csv), format);
    expect(set).toMatchObject({ format: 'csv', leftOut: [] });
    const annotators = [
      { name: 'x', changes: [1, 2] },
      { name: 'y', changes: [] },
    ];
    expect(set.series).toEqual([
      { name: 'a', values: [1, Number.NaN, 3], truth: { kind: 'changes', annotators } },
      { name: 'b', values: [7], truth: { kind: 'changes', annotators: [{ name: 'truth', changes: [] }] } },
    ]);
  });

  test('CSV without a column of annotators has one', async () => {
    const folder = folderWith({ ...csv, 'changepoints.csv': 'reading,seriesId\n1,a\n' });
    const [first] = (await readSet(folder)).series;
    expect(first?.truth).toEqual({ kind: 'changes', annotators: [{ name: 'truth', changes: [1] }] });
  });
});

test('a JSON file may begin with a byte order mark', async () => {
  const folder = folderWith({ ...tcpd, 'annotations.json': `\ufeff${tcpd['annotations.json']}` });
  expect((await readSet(folder)).series.map(({ name }) => name)).toEqual(['one']);
});

test.each(['', 'NaN', 'n/a', 'null', '-'])('a value %j is missing', async (text) => {
  const readings = `seriesId,timestamp,value\na,1,3\na,2,${text}\n`;
  const folder = folderWith({ 'readings.csv': readings, 'changepoints.csv': 'seriesId,reading\n' });
  expect((await readSet(folder)).series[0]?.values).toEqual([3, Number.NaN]);
});

describe('the order of time', () => {
  const read = (times: readonly string[]) =>
    readSet(
      folderWith({
        'readings.csv': `seriesId,timestamp,value\n${times.map((time) => `a,${time},1\n`).join('')}`,
        'changepoints.csv': 'seriesId,reading\n',
      }),
    );

  test.each([
    ['one moment twice', ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z']],
    ['another offset', ['2026-01-01T01:30:00+01:00', '2026-01-01T01:00:00Z']],
    ['no zone', ['2026-01-01 09:00:00', '2026-01-01 10:00:00.5']],
    ['days', ['2025-12-31', '2026-01-01']],
    ['numbers, from below 0 on', ['-100', '-99.5', '-1', '0', '7', '1000']],
  ])('%s', async (_, times) => {
    expect((await read(times)).series[0]?.values).toHaveLength(times.length);
    const [first = '', last = ''] = [times[0], times.at(-1)];
    if (first !== last) await expect(read([last, first])).rejects.toThrow('must be in the order of time');
  });

  test('of the benchmark without zones has an hour twice where the clock was set back', async () => {
    const minutes = (...all: readonly number[]) => ({
      ...nab,
      'data/real/a.csv': `timestamp,value\n${all.map((one) => `2014-04-01 0${Math.floor(one / 60)}:${String(one % 60).padStart(2, '0')}:00,1\n`).join('')}`,
    });
    const back = await readSet(folderWith(minutes(0, 1, 2, 110, 115, 60, 65)));
    expect(back.series[0]?.values).toHaveLength(7);
    for (const times of [minutes(0, 1, 2, 110, 115, 65, 70), minutes(0, 1, 2, 30, 0), minutes(115, 110, 105)])
      await expect(readSet(folderWith(times))).rejects.toThrow('must be in the order of time');
  });
});

describe('in a folder', () => {
  const links = (files: Files) => {
    const folder = folderWith(files);
    symlinkSync(folder, join(folder, 'loop'));
    mkdirSync(join(folder, 'folder.csv'));
    return folder;
  };

  test.each([
    ['csv' as const, csv, ['a', 'b']],
    ['skab' as const, skab, ['valve1/0.csv: Current', 'valve1/0.csv: Flow Rate']],
  ])('a link that leads back and a folder called .csv do not count: %s', async (format, files, expected) => {
    const set = await readSet(links(files));
    expect(set.format).toBe(format);
    expect(set.series.map(({ name }) => name)).toEqual(expected);
  });

  test('a link to a file counts', async () => {
    const folder = folderWith({ 'changepoints.csv': csv['changepoints.csv'] ?? '' });
    symlinkSync(join(folderWith(csv), 'readings.csv'), join(folder, 'linked.csv'));
    expect((await readSet(folder)).series.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  test('an empty file has no sensors, and a slash in the name of one makes no group', async () => {
    const file = 'l/min;anomaly;changepoint\n1;0;0\n';
    const set = await readSet(folderWith({ 'a.csv': file, 'empty.csv': '' }));
    expect(set.leftOut).toEqual(['empty.csv has no columns anomaly and changepoint']);
    expect(set.series).toMatchObject([{ name: 'a.csv: l/min', group: undefined }]);
  });

  test.each([
    ['tcpd' as const, tcpd],
    ['nab' as const, nab],
    ['csv' as const, csv],
    ['skab' as const, skab],
  ])('reading ends when it is interrupted: %s', async (format, files) => {
    const reason = new Error('interrupted');
    await expect(readSet(folderWith(files), format, AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  test('the name of the set is that of its folder, however it is given', async () => {
    const folder = folderWith(csv);
    for (const given of [folder, `${folder}/`, `${folder}/.`, relative('.', folder)])
      expect((await readSet(given)).title).toBe(basename(folder));
  });
});

describe('what is wrong is told, with the file, the rule and the value', () => {
  test.each<[string, Files, 'tcpd' | 'nab' | 'skab' | 'csv' | undefined, string]>([
    ['no format', { 'a.txt': '' }, undefined, 'DIR must have annotations.json (tcpd)'],
    ['no annotations', csv, 'tcpd', 'it must have a file annotations.json, got none'],
    [
      'annotations of another kind',
      { ...tcpd, 'annotations.json': '[]' },
      'tcpd',
      'annotations.json: it must be a JSON object, got []',
    ],
    ['annotations that are no JSON', { ...tcpd, 'annotations.json': '{' }, 'tcpd', 'annotations.json: '],
    [
      'a change after the end',
      { ...tcpd, 'annotations.json': '{"one":{"6":[4]}}' },
      'tcpd',
      'a change of annotator 6 of one must be a whole number from 0 to 3, the last point of the series, got 4',
    ],
    ['a change that is no number', { ...tcpd, 'annotations.json': '{"one":{"6":["1"]}}' }, 'tcpd', 'got "1"'],
    [
      'changes that are no array',
      { ...tcpd, 'annotations.json': '{"one":{"6":1}}' },
      'tcpd',
      'the changes of annotator 6 of one must be an array, got 1',
    ],
    [
      'no annotator',
      { ...tcpd, 'annotations.json': '{"one":{}}' },
      'tcpd',
      'one must have an annotator, got {}',
    ],
    [
      'a value that is no number',
      { ...tcpd, 'datasets/one/one.json': tcpdFile([1, 'x']) },
      'tcpd',
      'one.json: series[0].raw[1] must be a number, or null where it is missing, got "x"',
    ],
    [
      'a value that no double holds',
      { ...tcpd, 'datasets/one/one.json': '{"series":[{"raw":[1,1e400]}]}' },
      'tcpd',
      'one.json: series[0].raw[1] must be a number, or null where it is missing, got Infinity',
    ],
    [
      'no values',
      { ...tcpd, 'datasets/one/one.json': '{}' },
      'tcpd',
      'one.json: series[0].raw must be an array of numbers, got none',
    ],
    [
      'only missing values',
      { ...tcpd, 'datasets/one/one.json': tcpdFile([null, null, null, null]) },
      'tcpd',
      "series 'one' must have a value, got only missing ones (4)",
    ],
    [
      'no series at all',
      { 'annotations.json': '{"gone":{"6":[]}}' },
      'tcpd',
      'has no series to score: gone is annotated',
    ],

    [
      'a time that is none',
      { ...nab, 'data/real/a.csv': 'timestamp,value\nyesterday,1\n' },
      'nab',
      "a.csv, row 2: timestamp must be a time such as 2014-04-10 07:15:00, got 'yesterday'",
    ],
    [
      'a column that is missing',
      { ...nab, 'data/real/a.csv': 'timestamp,level\n' },
      'nab',
      "a.csv: it must have one column 'value', got 'timestamp, level'",
    ],
    [
      'a window of one time',
      {
        ...nab,
        'labels/combined_windows.json': JSON.stringify({ 'real/a.csv': [nabWindow(1, 2).slice(1)] }),
      },
      'nab',
      'a window of real/a.csv must be two times in order',
    ],
    [
      'a window from later to earlier',
      { ...nab, 'labels/combined_windows.json': JSON.stringify({ 'real/a.csv': [nabWindow(2, 1)] }) },
      'nab',
      'must be two times in order',
    ],
    [
      'a window without a row',
      { ...nab, 'labels/combined_windows.json': JSON.stringify({ 'real/a.csv': [nabWindow(7, 8)] }) },
      'nab',
      'a window of real/a.csv must contain a row of its file',
    ],
    [
      'a window with more than two times',
      {
        ...nab,
        'labels/combined_windows.json': JSON.stringify({ 'real/a.csv': [[...nabWindow(1, 2), 'later']] }),
      },
      'nab',
      'must be two times in order',
    ],
    [
      'rows out of order',
      { ...nab, 'data/real/a.csv': `timestamp,value\n${[2, 3, 0, 1].map((at) => nabRow(at, 1)).join('')}` },
      'nab',
      "a.csv, row 4: the rows must be in the order of time, got '2014-04-01 00:00:00'",
    ],
    [
      'windows that are no array',
      { ...nab, 'labels/combined_windows.json': '{"real/a.csv":1}' },
      'nab',
      'the windows of real/a.csv must be an array, got 1',
    ],

    [
      'no marks',
      { 'a.csv': 'x;y\n1;2\n' },
      'skab',
      'must have the columns anomaly and changepoint, separated by ;, got none',
    ],
    [
      'a mark that is neither 0 nor 1',
      { 'a.csv': 'x;anomaly;changepoint\n1;0;2\n' },
      'skab',
      "a.csv, row 2: changepoint must be 0 or 1, got '2'",
    ],
    [
      'no sensor',
      { 'a.csv': 'datetime;anomaly;changepoint\nx;0;0\n' },
      'skab',
      'it must have the column of a sensor',
    ],
    [
      'a reading that is no number',
      { 'a.csv': 'x;anomaly;changepoint\nhigh;0;0\n' },
      'skab',
      "row 2: x must be a number, or empty where it is missing, got 'high'",
    ],

    [
      'no file of changes',
      { 'readings.csv': csv['readings.csv'] ?? '' },
      'csv',
      'changepoints.csv: there is no such file',
    ],
    [
      'no readings',
      { 'changepoints.csv': 'seriesId,reading\n' },
      'csv',
      'it must have a CSV file of readings beside changepoints.csv, got none',
    ],
    [
      'an empty file',
      { ...csv, 'changepoints.csv': '' },
      'csv',
      'changepoints.csv: it must begin with the names of its columns, got no rows',
    ],
    [
      'a change of an unknown series',
      { ...csv, 'changepoints.csv': 'seriesId,reading\nz,1\n' },
      'csv',
      "changepoints.csv, row 2: seriesId must name a series that has readings, got 'z'",
    ],
    [
      'a change between two readings',
      { ...csv, 'changepoints.csv': 'seriesId,reading\na,1.5\n' },
      'csv',
      'a change of a must be a whole number from 0 to 2, the last point of the series, got 1.5',
    ],
    [
      'a series in two files',
      { ...csv, 'more.csv': 'seriesId,timestamp,value\na,1,1\n' },
      'csv',
      'all readings of a must be in one file, got some in',
    ],
    [
      'rows out of order',
      { ...csv, 'readings.csv': 'seriesId,timestamp,value\na,2,1\na,1,1\n' },
      'csv',
      "readings.csv, row 3: the rows of a series must be in the order of time, got '1'",
    ],
    [
      'a time that is none',
      { ...csv, 'readings.csv': 'seriesId,timestamp,value\na,zebra,1\n' },
      'csv',
      "readings.csv, row 2: timestamp must be a time such as 2026-01-01T00:00:00Z, or a number such as epoch milliseconds, got 'zebra'",
    ],
    [
      'decimal commas',
      { ...csv, 'readings.csv': 'seriesId,timestamp,value\na,1,5,891\n' },
      'csv',
      "readings.csv, row 2: a row must have as many cells as the header, 3, got 4: 'a,1,5,891'",
    ],
    [
      'a row of changes that was cut off',
      { ...csv, 'changepoints.csv': 'seriesId,reading\na\n' },
      'csv',
      "changepoints.csv, row 2: a row must have as many cells as the header, 2, got 1: 'a'",
    ],
    [
      'a change that is neither a number nor empty',
      { ...csv, 'changepoints.csv': 'seriesId,reading\na,none\n' },
      'csv',
      'a change of a must be a whole number from 0 to 2',
    ],
    [
      'a name with control characters',
      { ...csv, 'changepoints.csv': 'seriesId,reading\n\u001b[31mz,1\n' },
      'csv',
      "must name a series that has readings, got ' [31mz'",
    ],
    [
      'an open quote',
      { ...csv, 'readings.csv': 'seriesId,timestamp,value\na,1,"1\n' },
      'csv',
      'readings.csv: it is not CSV',
    ],
  ])('%s', async (_, files, format, message) => {
    await expect(readSet(folderWith(files), format)).rejects.toThrow(message);
  });

  test('a folder that is not there', async () => {
    await expect(readSet('/nowhere/at/all')).rejects.toThrow(
      "DIR must be a folder that exists, got '/nowhere/at/all'",
    );
  });
});
