import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openDataset } from '../../../cli/datasets/open.ts';
import { useFolder } from '../../use/folder.ts';

describe('the sensor network', () => {
  test('has four series, read together, one reading every five seconds', async () => {
    const { readings } = await openDataset('sensor-network');
    expect(readings).toHaveLength(18_914);
    expect(readings.slice(0, 5)).toEqual([
      { seriesId: 'mote-1-humidity', timestamp: Date.parse('2010-05-09T00:00:00Z'), value: 45.93 },
      expect.objectContaining({ seriesId: 'mote-2-humidity' }),
      expect.objectContaining({ seriesId: 'mote-3-humidity' }),
      expect.objectContaining({ seriesId: 'mote-4-humidity' }),
      { seriesId: 'mote-1-humidity', timestamp: Date.parse('2010-05-09T00:00:05Z'), value: 45.9 },
    ]);
  });

  test('has two labelled events', async () => {
    expect((await openDataset('sensor-network')).labels).toEqual([
      { seriesId: 'mote-1-humidity', first: 2343, last: 2459 },
      { seriesId: 'mote-4-humidity', first: 2361, last: 2392 },
    ]);
  });
});

test('the Nile has a reading a year, from 1871 to 1970', async () => {
  const { readings, labels } = await openDataset('nile');
  expect(readings).toHaveLength(100);
  expect(readings.at(0)).toEqual({ seriesId: 'nile', timestamp: '1871-01-01T00:00:00Z', value: 1120 });
  expect(readings.at(-1)).toEqual({ seriesId: 'nile', timestamp: '1970-01-01T00:00:00Z', value: 740 });
  expect(labels).toBeUndefined();
});

describe('a CSV file', () => {
  const folder = useFolder();

  async function file(content: string): Promise<string> {
    const path = join(folder, 'readings.csv');
    await writeFile(path, content, content === '\ufeffs' ? 'utf16le' : 'utf8');
    return path;
  }

  test('gives readings as they stand, numbers as numbers', async () => {
    const path = await file(
      '\ufeffvalue, place ,timestamp,seriesId\r\n1.5,x,2020-01-01T00:00:00Z,a\n-2e3,y,1577836800000,"b,c"\n\n',
    );
    expect((await openDataset(path)).readings).toEqual([
      { seriesId: 'a', timestamp: '2020-01-01T00:00:00Z', value: 1.5 },
      { seriesId: 'b,c', timestamp: 1577836800000, value: -2000 },
    ]);
  });

  test('leaves it to the recorder to refuse a value', async () => {
    const path = await file('seriesId,timestamp,value\na,yesterday,high\na,2020-01-01T00:00:00Z,\n');
    expect((await openDataset(path)).readings).toEqual([
      { seriesId: 'a', timestamp: 'yesterday', value: 'high' },
      { seriesId: 'a', timestamp: '2020-01-01T00:00:00Z', value: '' },
    ]);
  });

  test.each([
    ['an empty file', '', 'is empty; it must have the columns seriesId,timestamp,value'],
    [
      'other columns',
      'time;reading\n1;2\n',
      'must have the columns seriesId,timestamp,value, separated by commas; its first line is time;reading',
    ],
    ['no readings', 'seriesId,timestamp,value\n', 'has a header but no reading'],
    [
      'a column twice',
      'seriesId,timestamp,value,value\na,1,2,3\n',
      'must have one column value, but has several',
    ],
    ['an open quote', 'seriesId,timestamp,value\n"a,1,2\n', 'is not a CSV file'],
    ['UTF-16', '\ufeffs', 'it is in UTF-16; save it as UTF-8'],
  ])('%s is told', async (_, content, message) => {
    await expect(openDataset(await file(content))).rejects.toThrow(message);
  });

  test('keeps event ids, and what is missing in a short row', async () => {
    const path = await file('seriesId,timestamp,value,eventId\ra,1,2,first\ra,1,2,second\ra,1');
    expect((await openDataset(path)).readings).toEqual([
      { seriesId: 'a', timestamp: 1, value: 2, eventId: 'first' },
      { seriesId: 'a', timestamp: 1, value: 2, eventId: 'second' },
      { seriesId: 'a', timestamp: 1, value: '', eventId: '' },
    ]);
  });

  test('a folder is told', async () => {
    await expect(openDataset(folder)).rejects.toThrow('it is a folder');
  });

  test('one that is not there is told', async () => {
    await expect(openDataset('no-such-file.csv')).rejects.toThrow(
      'cannot read no-such-file.csv: there is no such file; data sets by name are sensor-network and nile',
    );
  });
});
