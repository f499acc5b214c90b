/**
 * Measures how late the scan knows a shift, beside the MPP test with as many false alarms by 1,000 points.
 *
 * Run: npx tsx bench/statistics/scan-delays.ts [SHARE]   SHARE of the streams, 1 for all
 */
import { AedDetector, type DetectorOptions } from '@aed/core';
import { normal } from '../../cli/produce/random.ts';
import { writeResult } from './write-result.ts';

const share = Number(process.argv[2] ?? 1);
const streams = Math.ceil(share * 1000);
const settings: readonly DetectorOptions[] = [
  { statistic: 'scan', falseAlarmEvery: 66_000 },
  { statistic: 'mpp', alpha: 0.001 },
];
const quietTimes = [200, 1000, 3000];
const shifts = [0.5, 1, 2, 5];
/** A shift that is not known after so many points is missed. */
const mostDelay = 1000;

/** The alarms of a stream that shifts after `quiet` points: false before it, the delay and the error of place after it. */
function follow(seed: number, quiet: number, shift: number, options: DetectorOptions) {
  const draw = normal(seed);
  const detector = new AedDetector(options);
  for (let index = 0; index < quiet + mostDelay; index++) {
    const found = detector.push(draw() + (index < quiet ? 0 : shift));
    if (found === undefined) continue;
    if (index < quiet) return { isFalse: true };
    return { isFalse: false, delay: index - quiet + 1, error: Math.abs(found.changedAt - quiet) };
  }
  return { isFalse: false };
}

const sorted = (values: readonly number[]) => values.toSorted((a, b) => a - b);
const quantile = (values: readonly number[], p: number) =>
  sorted(values)[Math.floor(p * values.length)] ?? null;
const digits = (value: number) => Number(value.toPrecision(3));

const rows = quietTimes.flatMap((quiet) =>
  shifts.flatMap((shift) =>
    settings.map((options) => {
      const runs = Array.from({ length: streams }, (_, seed) => follow(seed, quiet, shift, options));
      const delays = runs.flatMap(({ delay }) => delay ?? []);
      const errors = runs.flatMap(({ error }) => error ?? []);
      const mean = delays.reduce((sum, delay) => sum + delay, 0) / delays.length;
      const variance = delays.reduce((sum, delay) => sum + (delay - mean) ** 2, 0) / (delays.length - 1);
      return {
        ...{ quiet, shift, statistic: options.statistic, streams },
        falseAlarms: runs.filter(({ isFalse }) => isFalse).length,
        missed: runs.filter(({ isFalse, delay }) => !isFalse && delay === undefined).length,
        ...{ delayMean: digits(mean), delayError: digits(Math.sqrt(variance / delays.length)) },
        ...{
          delay90: quantile(delays, 0.9),
          errorMedian: quantile(errors, 0.5),
          error90: quantile(errors, 0.9),
        },
      };
    }),
  ),
);

await writeResult(
  'scan-delays',
  `${streams} seeded streams a row of standard normal points that shift by \`shift\` after \`quiet\` points: false alarms before, shifts missed within ${mostDelay} points, the points ` +
    'of the new level until the detection with their standard error and 90 % quantile, and the distance between reported and true place. scan: falseAlarmEvery 66000; mpp: alpha 0.001, with about as many ' +
    'false alarms by 1,000 points; the other options at their defaults.',
  rows,
);
