import type { DetectorOptions } from '@aed/core';
import { normal, uniform } from '../../cli/produce/random.ts';
import { quietSeed } from './series.ts';

/** A detector and the quiet series that it is timed on. */
export interface ScanContender {
  readonly name: string;
  readonly options: DetectorOptions;
  readonly series: (points: number) => Float64Array;
}

/** So rare that no false alarm cuts a regime short. */
const falseAlarmEvery = 10_000_000;
const series = (draw: () => number) => (points: number) => Float64Array.from({ length: points }, draw);
const noise = (points: number) => series(normal(quietSeed))(points);
const drawn = (value: (draw: () => number) => number) => (points: number) => {
  const draw = uniform(quietSeed);
  return series(() => value(draw))(points);
};
const scan = (options: DetectorOptions): DetectorOptions => ({
  statistic: 'scan',
  falseAlarmEvery,
  dependence: 'independent',
  ...options,
});

/** The MPP test first, then the scan on different data and with different options. */
export const scanContenders: readonly ScanContender[] = [
  { name: 'MPP', options: {}, series: noise },
  { name: 'MPP, δ = 1 sd', options: { practicalThreshold: 1 }, series: noise },
  { name: 'scan', options: scan({}), series: noise },
  { name: 'scan, δ = 1 sd', options: scan({ practicalThreshold: 1 }), series: noise },
  { name: 'scan, dependence estimated', options: scan({ dependence: 'auto' }), series: noise },
  {
    name: 'scan, dependence estimated, δ = 1 sd',
    options: scan({ dependence: 'auto', practicalThreshold: 1 }),
    series: noise,
  },
  {
    name: 'scan of 95 % zeros',
    options: scan({}),
    series: drawn((draw) => (draw() < 0.95 ? 0 : draw())),
  },
  { name: 'scan of ten levels', options: scan({}), series: drawn((draw) => Math.floor(10 * draw())) },
  { name: 'scan of zeros and ones', options: scan({}), series: drawn((draw) => Number(draw() < 0.5)) },
];
