/**
 * Measures how many points pass between false alarms of the scan in independent noise with strong ties or skew, and how late it knows a change of a rate there.
 *
 * Run: npx tsx bench/statistics/scan-ties.ts [SHARE]   SHARE of the streams, 1 for all
 */
import { AedDetector } from '@aed/core';
import type { Draw } from '../../cli/produce/random.ts';
import { digits, meanAndError } from './mean-and-error.ts';
import { counts, noiseWords, ones, tiedNoises } from './noises.ts';
import { quietGaps } from './quiet-gaps.ts';
import { writeResult } from './write-result.ts';

const share = Number(process.argv[2] ?? 1);
const runs = [
  { every: 500, streams: 1000 },
  { every: 5000, streams: 400 },
];
const optionsFor = (falseAlarmEvery: number) =>
  ({ statistic: 'scan', dependence: 'independent', falseAlarmEvery }) as const;

const rates = Object.entries(tiedNoises).flatMap(([noise, drawOf], index) =>
  runs.map(({ every, streams: all }) => {
    const streams = Math.ceil(share * all);
    return {
      ...{ noise, every, streams },
      ...quietGaps(streams, (stream) => drawOf(1e6 * (index + 10) + stream), optionsFor(every)),
    };
  }),
);
await writeResult(
  'scan-ties',
  'Independent points without a change and with strong ties, statistic scan with dependence independent and its other defaults, falseAlarmEvery as in the row: points to the first alarm of so many ' +
    'seeded streams, and from there to the second and to the third one, both divided by falseAlarmEvery, with their standard errors. ' +
    `Noise: ${noiseWords}.`,
  rates,
);

interface Change {
  readonly of: string;
  readonly before: number;
  readonly after: number;
  readonly draw: (seed: number, rate: number) => Draw;
}
const changes: readonly Change[] = [
  { of: 'ones', before: 0.005, after: 0.05, draw: ones },
  { of: 'ones', before: 0.02, after: 0.1, draw: ones },
  { of: 'ones', before: 0.1, after: 0.3, draw: ones },
  { of: 'ones', before: 0.5, after: 0.8, draw: ones },
  { of: 'Poisson', before: 0.3, after: 0.8, draw: counts },
];
const quiet = 1000;
const mostDelay = 1000;

/** The points of the new rate until it is known; 0 for a false alarm before it, Infinity for one that is missed. */
function delayOf({ before, after, draw }: Change, seed: number): number {
  const detector = new AedDetector(optionsFor(5000));
  const [quietDraw, laterDraw] = [draw(seed, before), draw(seed + 500_000, after)];
  for (let index = 0; index < quiet; index++) if (detector.push(quietDraw()) !== undefined) return 0;
  for (let delay = 1; delay <= mostDelay; delay++) {
    if (detector.push(laterDraw()) !== undefined) return delay;
  }
  return Infinity;
}

const streams = Math.ceil(share * 1000);
await writeResult(
  'scan-rate-delays',
  `${streams} seeded streams a row of independent points whose rate changes after ${quiet} points, statistic scan with dependence independent, falseAlarmEvery 5000 and its other ` +
    `defaults: false alarms before the change, changes missed within ${mostDelay} points, and the points of the new rate until it is known, with their standard error and 90 % quantile.`,
  changes.map((change, index) => {
    const all = Array.from({ length: streams }, (_, stream) => delayOf(change, 1e6 * (index + 30) + stream));
    const delays = all.filter((delay) => delay > 0 && Number.isFinite(delay)).sort((a, b) => a - b);
    const { mean, error } = meanAndError(delays);
    return {
      ...{ of: change.of, before: change.before, after: change.after, streams },
      falseAlarms: all.filter((delay) => delay === 0).length,
      missed: all.filter((delay) => delay === Infinity).length,
      ...{ delayMean: digits(mean), delayError: digits(error) },
      delay90: delays[Math.floor(0.9 * delays.length)] ?? null,
    };
  }),
);
