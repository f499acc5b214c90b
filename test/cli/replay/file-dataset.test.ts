import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { fileDataset } from '../../../cli/replay/file-dataset.ts';
import { useFolder } from '../../use/folder.ts';
import { sink } from '../in-process.ts';

const folder = useFolder();
type Options = Parameters<typeof fileDataset>[1];

async function dataset(content: string | Buffer, options: Options = {}, name = 'readings.csv') {
  const path = join(folder, name);
  await writeFile(path, content);
  const error = sink();
  const context = { input: new PassThrough(), error: error.stream, signal: new AbortController().signal };
  return { ...(await fileDataset(path, options, context)), said: error.text() };
}

test('gives readings in the order of time, those of each series as a stream would have them', async () => {
  const { readings, said } = await dataset(
    '\ufeffvalue, place ,timestamp,seriesId\r\n1.5,x,2020-01-02T00:00:00Z,a\n-2e3,y,2020-01-01T01:00:00+01:00,"b,c"\n\n',
  );
  expect(readings).toEqual([
    { seriesId: 'b,c', timestamp: '2020-01-01T00:00:00Z', value: -2000 },
    { seriesId: 'a', timestamp: '2020-01-02T00:00:00Z', value: 1.5 },
  ]);
  expect(said).toBe('left out or set aside: 1 empty\n');
});

test('leaves it to the recorder to refuse a value or a time, and to count repeated readings once', async () => {
  const rows = [
    'a,2020-01-01T00:00:00Z,1',
    'a,yesterday,2',
    'a,2020-01-01T00:00:01Z,high',
    'a,2020-01-01T00:00:01Z,',
  ];
  const { readings } = await dataset(`seriesId,timestamp,value\n${[...rows, rows[0]].join('\n')}\n`);
  expect(readings).toEqual([
    { seriesId: 'a', timestamp: '2020-01-01T00:00:00Z', value: 1 },
    { seriesId: 'a', timestamp: 'yesterday', value: 2 },
    { seriesId: 'a', timestamp: '2020-01-01T00:00:01Z', value: 'high' },
    { seriesId: 'a', timestamp: '2020-01-01T00:00:01Z', value: '' },
    { seriesId: 'a', timestamp: '2020-01-01T00:00:00Z', value: 1 },
  ]);
});

test('keeps event ids, and what is missing in a short row', async () => {
  const at = '2020-01-01T00:00:00Z';
  const rows = [`a,${at},2,first`, `a,${at},2,second`, `a,${at}`];
  const { readings } = await dataset(`seriesId,timestamp,value,eventId\r${rows.join('\r')}`);
  expect(readings).toEqual([
    { seriesId: 'a', timestamp: at, value: 2, eventId: 'first' },
    { seriesId: 'a', timestamp: at, value: 2, eventId: 'second' },
    { seriesId: 'a', timestamp: at, value: '' },
  ]);
});

test('keeps the order of readings in one millisecond, and the id of one that is repeated', async () => {
  const times = ['00Z', '00Z', '00Z', '00.0000001Z', '01Z'].map((end) => `2020-01-01T00:00:${end}`);
  const values = [3, 2, 2, 2, 2];
  const { readings } = await dataset(
    `timestamp,value\n${times.map((time, index) => `${time},${values[index]}`).join('\n')}\n`,
  );
  expect(readings.map(({ value, eventId }) => [value, eventId])).toEqual([
    [3, undefined],
    [2, 'then-000002'],
    [2, 'then-000003'],
    [2, undefined],
    // The repeated one, which is the same event as the second.
    [2, 'then-000002'],
  ]);
});

test.each([
  ['no times', 'value\n5\n\n6\n', {}, 0],
  ['numbers that are no dates', 't,value\n0.5,5\n1,\n2.5,6\n2.5,6\n', { timeColumn: 't' }, 1],
])('gives times to readings that have %s, and says so', async (_, content, options, repeated) => {
  const one = await dataset(content, options);
  expect(one.readings).toMatchObject([
    { timestamp: '2000-01-01T00:00:00Z', value: 5 },
    { timestamp: '2000-01-01T00:00:01Z', value: '' },
    ...Array(1 + repeated).fill({ timestamp: '2000-01-01T00:00:02Z', value: 6 }),
  ]);
  expect(one.readings.length).toBe(3 + repeated);
  expect(one.said).toContain('read: no times: one reading each second from 2000 on (--start and --every)\n');
  const times = { start: Date.parse('2026-01-01T00:00:00Z'), intervalSeconds: 0.25 };
  const other = await dataset(content, { ...options, times });
  expect(other.readings[2]).toMatchObject({ timestamp: '2026-01-01T00:00:00.500Z' });
});

test('takes whatever is read: gzip, decimal commas, several columns, no series', async () => {
  const text = 'Zeit;innen;außen\n31.01.2026 08:00;20,5;1\n31.01.2026 08:05;20,6;2\n';
  const { readings, said } = await dataset(gzipSync(text), {
    column: ['innen', 'außen'],
    timeZone: 'Europe/Paris',
  });
  expect(readings).toEqual([
    { seriesId: 'innen', timestamp: '2026-01-31T07:00:00Z', value: 20.5 },
    { seriesId: 'außen', timestamp: '2026-01-31T07:00:00Z', value: 1 },
    { seriesId: 'innen', timestamp: '2026-01-31T07:05:00Z', value: 20.6 },
    { seriesId: 'außen', timestamp: '2026-01-31T07:05:00Z', value: 2 },
  ]);
  expect(said).toContain("read: decimal commas in 'innen'\n");
  expect((await dataset(text, { column: ['innen'] })).readings[0]).toMatchObject({ seriesId: 'innen' });
});

test.each([
  ['an empty file', '', /readings.csv has no reading$/],
  ['a header alone', 'seriesId,timestamp,value\n', /readings.csv has no reading$/],
  ['a column twice', 'seriesId,timestamp,value,value\na,1,2,3\n', /several columns 'value'/],
  ['an open quote', 'seriesId,timestamp,value\n"a,1,2\n', /readings.csv: it is not CSV/],
])('%s is told', async (_, content, message) => {
  await expect(dataset(content)).rejects.toThrow(message);
});

test('times are not given to readings that have some', async () => {
  const times = { start: 0, intervalSeconds: 1 };
  await expect(dataset('timestamp,value\n2020-01-01,1\n2020-01-02,2\n', { times })).rejects.toThrow(
    /readings.csv: --start and --every are for readings without times, and these have times/,
  );
});
