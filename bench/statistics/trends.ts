/**
 * Measures how well the trend of a change point distinguishes a sudden shift from a gradual drift.
 *
 * Run: npx tsx bench/statistics/trends.ts
 */
import { type ChangePoint, detectChangePoints } from '@aed/core';
import { sensorNetwork } from '../../cli/datasets/sensor-network.ts';
import { normal } from '../../cli/produce/random.ts';
import { scriptArguments } from '../script-arguments.ts';
import { writeResult } from './write-result.ts';

scriptArguments(import.meta.url);

const points = 10_000;
const drifted = ({ trend }: ChangePoint) => trend !== undefined && trend.pValue < 0.01;
const sameWay = ({ trend, direction }: ChangePoint) =>
  trend !== undefined && trend.slope > 0 === (direction === 'up');

function row(series: string, values: readonly number[], practicalThreshold: number) {
  const found = detectChangePoints(values, { practicalThreshold });
  return {
    series,
    practicalThreshold,
    changes: found.length,
    drifted: found.filter(drifted).length,
    sameWay: found.filter((change) => drifted(change) && sameWay(change)).length,
  };
}

function series(levelAt: (index: number) => number): number[] {
  const draw = normal(1);
  return Array.from({ length: points }, (_, index) => levelAt(index) + draw());
}

const { readings } = sensorNetwork();
const mote3 = readings
  .filter(({ seriesId }) => seriesId === 'mote-3-humidity')
  .map(({ value }) => Number(value));
const simulated = [
  { name: 'ramp, 0.01 sd a point', values: series((index) => index / 100) },
  { name: 'stairs, 5 sd every 500 points', values: series((index) => 5 * Math.floor(index / 500)) },
];

await writeResult(
  'trends',
  `${points} seeded normal points of standard deviation 1 around a ramp and around stairs, and the humidity at mote 3 of the sensor ` +
    'network: change points reported with a threshold, those of which the level before had a trend with p < 0.01, and those of ' +
    'which it led the same way as the change.',
  [
    ...simulated.flatMap(({ name, values }) => [0, 1, 2, 3].map((threshold) => row(name, values, threshold))),
    ...[0, 1, 3].map((threshold) => row('humidity at mote 3, %', mote3, threshold)),
  ],
);
