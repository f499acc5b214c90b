/**
 * Measures how late the scan knows a shift, beside the MPP test with as many false alarms by 1,000 points.
 *
 * Run: npx tsx bench/statistics/scan-delays.ts [share of the streams, default 1]
 */
import { AedDetector, type DetectorOptions } from '@aed/core';
import { normal } from '../../cli/produce/random.ts';
import { positive, scriptArguments } from '../script-arguments.ts';
import { digits, meanAndError } from './mean-and-error.ts';
import { writeResult } from './write-result.ts';

const { share } = scriptArguments(import.meta.url, { share: positive(1) });
const settings: readonly { readonly name: string; readonly options: DetectorOptions }[] = [
  { name: 'scan', options: { statistic: 'scan', dependence: 'independent', falseAlarmEvery: 66_000 } },
  { name: 'mpp, alpha', options: { alpha: 0.001 } },
  { name: 'mpp, falseAlarmEvery', options: { falseAlarmEvery: 66_000 } },
];
const runs = [
  { quiet: 200, streams: 2000 },
  { quiet: 1000, streams: 5000 },
  { quiet: 3000, streams: 1000 },
  { quiet: 30_000, streams: 300 },
];
const shifts = [0.5, 1, 2, 5];
/** A shift that is not known after so many points is missed. */
const mostDelay = 1000;

/** The state after the quiet points of a seed; `undefined` after a false alarm. */
function quietState(seed: number, quiet: number, options: DetectorOptions) {
  const draw = normal(seed);
  const detector = new AedDetector(options);
  for (let index = 0; index < quiet; index++) if (detector.push(draw()) !== undefined) return undefined;
  return detector.toJSON();
}

/** The points of the new level until it is known, and how far off its place is. */
function follow(detector: AedDetector, seed: number, shift: number) {
  const draw = normal(seed);
  const quiet = detector.length;
  for (let delay = 1; delay <= mostDelay; delay++) {
    const found = detector.push(draw() + shift);
    if (found !== undefined) return { delay, error: Math.abs(found.changedAt - quiet) };
  }
  return undefined;
}

const quantile = (values: readonly number[], p: number) =>
  values.toSorted((a, b) => a - b)[Math.floor(p * values.length)] ?? null;

const rows = runs.flatMap(({ quiet, streams: all }) =>
  settings.flatMap(({ name, options }) => {
    const streams = Math.ceil(share * all);
    const seeds = Array.from({ length: streams }, (_, stream) => stream);
    const states = seeds.map((seed) => quietState(seed, quiet, options));
    return shifts.map((shift) => {
      const runs = states.flatMap((state, seed) =>
        state === undefined ? [] : [follow(AedDetector.fromJSON(state), 1e6 + seed, shift)],
      );
      const found = runs.filter((run) => run !== undefined);
      const delays = found.map(({ delay }) => delay);
      const errors = found.map(({ error }) => error);
      const { mean, error } = meanAndError(delays);
      return {
        ...{ quiet, shift, setting: name, streams },
        ...{ falseAlarms: streams - runs.length, missed: runs.length - found.length },
        ...{ delayMean: digits(mean), delayError: digits(error), delay90: quantile(delays, 0.9) },
        ...{ errorMedian: quantile(errors, 0.5), error90: quantile(errors, 0.9) },
      };
    });
  }),
);

await writeResult(
  'scan-delays',
  'Seeded streams of standard normal points that shift by `shift` after `quiet` points: false alarms before, shifts missed within ' +
    `${mostDelay} points, the points of the new level until it is known with their standard error and 90 % quantile, and the distance between reported and true place. ` +
    'scan: falseAlarmEvery 66000, dependence independent. mpp: alpha 0.001, with about as many false alarms by 1,000 points, and falseAlarmEvery 66000. The other options at their defaults.',
  rows,
);
