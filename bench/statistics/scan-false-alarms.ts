/**
 * Measures how many points pass between false alarms of the scan, in independent noise of several kinds: to the first one, and from one to
 * the next on an endless series.
 *
 * Run: npx tsx bench/statistics/scan-false-alarms.ts [SHARE]   SHARE of the streams, 1 for all
 */
import { AedDetector } from '@aed/core';
import { type Draw, exponential, heavyTailed, normal, uniform } from '../../cli/produce/random.ts';
import { writeResult } from './write-result.ts';

const share = Number(process.argv[2] ?? 1);
const runs = [
  { every: 500, streams: 1600 },
  { every: 5000, streams: 400 },
];

const noises: Readonly<Record<string, (seed: number) => Draw>> = {
  normal,
  't₂': heavyTailed,
  exponential,
  '10 levels': (seed) => mapped(normal(seed), (value) => Math.round(1.7 * value)),
  'three levels': (seed) => mapped(uniform(seed), (value) => Math.floor(3 * value)),
  'zeros, 1 in 20 not': (seed) => {
    const draw = uniform(seed);
    return () => (draw() < 0.95 ? 0 : draw());
  },
  'ones, 1 in 50': (seed) => mapped(uniform(seed), (value) => (value < 0.02 ? 1 : 0)),
  'ones, half': (seed) => mapped(uniform(seed), (value) => (value < 0.5 ? 1 : 0)),
  'Poisson, mean 0.3': (seed) => mapped(uniform(seed), (value) => poisson(0.3, value)),
  'Poisson, mean 3': (seed) => mapped(uniform(seed), (value) => poisson(3, value)),
};

function mapped(draw: Draw, change: (value: number) => number): Draw {
  return () => change(draw());
}

/** The number of which the distribution function first reaches p. */
function poisson(mean: number, p: number): number {
  let count = 0;
  let probability = Math.exp(-mean);
  for (let sum = probability; sum < p && count < 99; sum += probability) {
    count++;
    probability *= mean / count;
  }
  return count;
}

function firstAlarm(draw: Draw, every: number): number {
  const detector = new AedDetector({ statistic: 'scan', falseAlarmEvery: every });
  while (detector.push(draw()) === undefined);
  return detector.length;
}

const meanAndError = (values: readonly number[]) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, error: Math.sqrt(variance / values.length) };
};

const digits = (value: number) => Number(value.toPrecision(3));

const rows = Object.entries(noises).flatMap(([noise, draw]) =>
  runs.map(({ every, streams: all }) => {
    const streams = Math.ceil(share * all);
    const first = Array.from({ length: streams }, (_, seed) => firstAlarm(draw(seed), every) / every);
    const endless = new AedDetector({ statistic: 'scan', falseAlarmEvery: every });
    const next = draw(1_000_000);
    const gaps: number[] = [];
    for (let last = 0; gaps.length < streams; ) {
      if (endless.push(next()) === undefined) continue;
      gaps.push((endless.length - last) / every);
      last = endless.length;
    }
    const [toFirst, between] = [meanAndError(first), meanAndError(gaps)];
    return {
      ...{ noise, every, streams },
      ...{ first: digits(toFirst.mean), firstError: digits(toFirst.error) },
      ...{ between: digits(between.mean), betweenError: digits(between.error) },
    };
  }),
);

await writeResult(
  'scan-false-alarms',
  'Independent points without a change, statistic scan with its defaults and falseAlarmEvery as in the row, a test at every point from the 16th: points to the ' +
    'first alarm of so many seeded streams, and from one alarm to the next on one endless stream with as many alarms, both divided by falseAlarmEvery, with their standard errors. Noise: ' +
    'standard normal; Student’s t with 2 degrees of freedom; exponential; 1.7 standard normals, rounded; 0, 1 and 2 alike; zeros of which 1 in 20 is ' +
    'uniform instead; zeros and ones; Poisson.',
  rows,
);
