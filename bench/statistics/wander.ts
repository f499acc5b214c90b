/**
 * Measures how often the change points of a series get the note that they may be wander.
 *
 * Run: npx tsx bench/statistics/wander.ts [series of each kind, default 40]
 */
import { detectChangePoints, resolveOptions } from '@aed/core';
import { normal } from '../../cli/produce/random.ts';
import { wanderWatch } from '../../web/compare/wander.ts';
import { scriptArguments, whole } from '../script-arguments.ts';
import { writeResult } from './write-result.ts';

const { series } = scriptArguments(import.meta.url, { series: whole(40) });
const points = 3_000;
const options = resolveOptions();
const scan = resolveOptions({ statistic: 'scan' });

const kinds: readonly {
  readonly name: string;
  readonly correlation?: number;
  /** Of the error of each reading, in standard deviations of the noise that wanders. */
  readonly error?: number;
  readonly levelAt?: (index: number) => number;
}[] = [
  { name: 'independent, no change' },
  { name: 'independent, 0.7 sd every 100 points', levelAt: steps(0.7, 100) },
  { name: 'independent, 1 sd every 200 points', levelAt: steps(1, 200) },
  { name: 'independent, 3 sd every 30 points', levelAt: steps(3, 30) },
  { name: 'independent, a ramp of 0.01 sd a point', levelAt: (index) => index / 100 },
  ...[0.2, 0.3, 0.5, 0.7, 0.9, 0.99].map((correlation) => ({
    name: `AR(1), ρ = ${correlation}`,
    correlation,
  })),
  ...[0.8, 0.9, 0.95].map((correlation) => ({
    name: `AR(1), ρ = ${correlation}, and as much white noise`,
    correlation,
    error: 1,
  })),
];

function steps(size: number, every: number): (index: number) => number {
  return (index) => size * (Math.floor(index / every) % 2);
}

function row({ name, correlation = 0, error = 0, levelAt = () => 0 }: (typeof kinds)[number]) {
  const draw = normal(1);
  let [noted, reported, byScan, resemblance] = [0, 0, 0, 0];
  for (let one = 0; one < series; one++) {
    const watch = wanderWatch(options, scan);
    let noise = draw();
    const values = Array.from({ length: points }, (_, index) => {
      noise = correlation * noise + Math.sqrt(1 - correlation ** 2) * draw();
      return levelAt(index) + noise + (error > 0 ? error * draw() : 0);
    });
    for (const value of values) watch.push(value);
    reported += detectChangePoints(values, options).length;
    byScan += detectChangePoints(values, scan).length;
    if (watch.wander === undefined) continue;
    noted++;
    resemblance += watch.wander.correlation;
  }
  const mean = (sum: number, count: number) => (count === 0 ? null : Number((sum / count).toPrecision(2)));
  return {
    name,
    series,
    noted,
    reported: mean(reported, series),
    byScan: mean(byScan, series),
    correlation: mean(resemblance, noted),
  };
}

await writeResult(
  'wander',
  `${series} seeded series of ${points} normal points of each kind: in how many the change points of the MPP test with its defaults get the note that they may be ` +
    'wander, how many change points a series has on average by it and by the scan, and the lag-1 rank correlation that the notes say, on average.',
  kinds.map(row),
);
