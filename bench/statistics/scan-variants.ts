/**
 * Measures how many points pass between false alarms of the scan with other options than the defaults, and in noise with spikes.
 *
 * Run: npx tsx bench/statistics/scan-variants.ts [share of the streams, default 1]
 */
import { AedDetector, type DetectorOptions } from '@aed/core';
import { type Draw, normal, uniform } from '../../cli/produce/random.ts';
import { positive, scriptArguments } from '../script-arguments.ts';
import { digits } from './mean-and-error.ts';
import { writeResult } from './write-result.ts';

const { share } = scriptArguments(import.meta.url, { share: positive(1) });
interface Variant {
  readonly name: string;
  readonly options?: DetectorOptions;
  readonly draw?: (seed: number) => Draw;
}

const variants: readonly Variant[] = [
  ...[2, 3, 5, 8, 12, 20, 32].map((minimumLength) => ({
    name: `minimumLength ${minimumLength}`,
    options: { minimumLength },
  })),
  ...[100, 1000].map((maxRegimeLength) => ({
    name: `maxRegimeLength ${maxRegimeLength}`,
    options: { maxRegimeLength },
  })),
  { name: 'restart detection', options: { restart: 'detection' } },
  ...[0.1, 0.5, 1].map((practicalThreshold) => ({
    name: `practicalThreshold ${practicalThreshold} sd`,
    options: { practicalThreshold },
  })),
  { name: 'spikes of 1 point', draw: (seed: number) => spiky(seed, 1) },
  { name: 'spikes of 3 points', draw: (seed: number) => spiky(seed, 3) },
  { name: 'spikes of 7 points', draw: (seed: number) => spiky(seed, 7) },
];

/** Standard normal points, with spikes of 10 more that begin at a rate of 0.002 a point. */
function spiky(seed: number, length: number): Draw {
  const [draw, chance] = [normal(seed), uniform(seed + 1e8)];
  let left = 0;
  return () => {
    if (left === 0 && chance() < 0.002) left = length;
    const isSpike = left > 0;
    if (isSpike) left--;
    return draw() + (isSpike ? 10 : 0);
  };
}

/** How many alarms an endless quiet series has. */
function alarmsIn(points: number, draw: Draw, options: DetectorOptions): number {
  const detector = new AedDetector(options);
  let alarms = 0;
  while (detector.length < points) if (detector.push(draw()) !== undefined) alarms++;
  return alarms;
}

const rows = [500, 5000].flatMap((every) =>
  variants.map(({ name, options, draw = normal }, index) => {
    const points = Math.ceil((share * 2_000_000) / 500) * (every === 500 ? 250 : 1000);
    const alarms = alarmsIn(points, draw(1000 + index), {
      ...{ statistic: 'scan', dependence: 'independent', falseAlarmEvery: every },
      ...options,
    });
    const between = alarms === 0 ? null : digits(points / alarms / every);
    return { name, every, points, alarms, between };
  }),
);

await writeResult(
  'scan-variants',
  'One endless series a row of independent standard normal points without a change, statistic scan with dependence independent, falseAlarmEvery as in the row, and its other ' +
    'defaults but for those that the name of the row states: points, false alarms, and the points between them divided by falseAlarmEvery. Spikes are 10 standard deviations high and begin at a rate of 0.002 a point.',
  rows,
);
