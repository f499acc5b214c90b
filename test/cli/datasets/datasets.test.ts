import { describe, expect, test } from 'vitest';
import { nile } from '../../../cli/datasets/nile.ts';
import { openDataset } from '../../../cli/datasets/open.ts';
import { sensorNetwork } from '../../../cli/datasets/sensor-network.ts';

describe('the sensor network', () => {
  test('has four series, read together, one reading every five seconds', () => {
    const { readings } = sensorNetwork();
    expect(readings).toHaveLength(18_914);
    expect(readings.slice(0, 5)).toEqual([
      { seriesId: 'mote-1-humidity', timestamp: Date.parse('2010-05-09T00:00:00Z'), value: 45.93 },
      expect.objectContaining({ seriesId: 'mote-2-humidity' }),
      expect.objectContaining({ seriesId: 'mote-3-humidity' }),
      expect.objectContaining({ seriesId: 'mote-4-humidity' }),
      { seriesId: 'mote-1-humidity', timestamp: Date.parse('2010-05-09T00:00:05Z'), value: 45.9 },
    ]);
  });

  test('has two labelled events', () => {
    expect(sensorNetwork().labels).toEqual([
      { seriesId: 'mote-1-humidity', first: 2343, last: 2459 },
      { seriesId: 'mote-4-humidity', first: 2361, last: 2392 },
    ]);
  });
});

test('the Nile has a reading a year, from 1871 to 1970', async () => {
  const { readings, labels } = await nile();
  expect(await openDataset('nile')).toEqual(await nile());
  expect(readings).toHaveLength(100);
  expect(readings.at(0)).toEqual({ seriesId: 'nile', timestamp: '1871-01-01T00:00:00Z', value: 1120 });
  expect(readings.at(-1)).toEqual({ seriesId: 'nile', timestamp: '1970-01-01T00:00:00Z', value: 740 });
  expect(labels).toBeUndefined();
});

test('any other name is none of theirs', async () => {
  expect(await openDataset('rhine')).toBeUndefined();
  expect(await openDataset('toString')).toBeUndefined();
});
