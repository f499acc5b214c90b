import { detectChangePoints } from '@aed/core';
import { describe, expect, test } from 'vitest';
import { sensorNetwork } from '../../cli/datasets/sensor-network.ts';

const { readings, labels } = sensorNetwork();
const changesOf = (mote: number, practicalThreshold: number) =>
  detectChangePoints(
    readings.flatMap(({ seriesId, value }) => (seriesId === `mote-${mote}-humidity` ? [Number(value)] : [])),
    { statistic: 'scan', practicalThreshold },
  );

describe('with a practical threshold of 3 the scan finds', () => {
  test.each([
    [1, { from: 2343, by: 2352 }, { from: 2380, by: 2480 }],
    [4, { from: 2361, by: 2372 }, { from: 2385, by: 2405 }],
  ])('the steam that reaches mote %d, and its end', (mote, rise, end) => {
    expect(labels?.some(({ seriesId }) => seriesId === `mote-${mote}-humidity`)).toBe(true);
    const found = changesOf(mote, 3);
    const between = ({ from, by }: typeof rise) =>
      found.filter(({ changedAt, detectedAt }) => changedAt >= from && detectedAt <= by);
    expect(between(rise)[0]).toMatchObject({ direction: 'up' });
    expect(between(end)[0]).toMatchObject({ direction: 'down' });
    for (const { magnitude } of found) expect(Math.abs(magnitude)).toBeGreaterThanOrEqual(3);
  });

  test('nothing at mote 2, which it does not reach', () => expect(changesOf(2, 3)).toEqual([]));
});

test('without one it reports at most four changes at all motes', () => {
  expect([1, 2, 3, 4].flatMap((mote) => changesOf(mote, 0)).length).toBeLessThanOrEqual(4);
});
