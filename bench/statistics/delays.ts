/**
 * Measures how late a change is detected and how far its reported place is off, for several sizes of change after quiet stretches
 * of several lengths. For comparison: how far the place with the largest statistic is off, which is not the reported one.
 *
 * Run: npx tsx bench/statistics/delays.ts
 */
import { AedDetector, mppTest } from '@aed/core';
import { normal } from '../../cli/produce/random.ts';
import { scriptArguments } from '../script-arguments.ts';
import { writeResult } from './write-result.ts';

scriptArguments(import.meta.url);

const quietLengths = [50, 200, 1000, 5000];
const shifts = [0.5, 1, 2, 5];
/** More series for the row whose mean errors are compared, fewer for long series. */
const seriesOf = (quiet: number, shift: number) =>
  quiet === 1000 && shift === 2 ? 4000 : quiet < 5000 ? 500 : 100;

/** A change that is not detected within so many points of the new level counts as missed: it becomes ever less evident. */
const patience = 1000;

/** The delay and the errors on one series; 'missed' without a detection; `undefined` after a false alarm. */
function delayAndErrors(quiet: number, shift: number, draw: () => number) {
  const detector = new AedDetector();
  const values: number[] = [];
  while (values.length < quiet + patience) {
    const value = draw() + (values.length < quiet ? 0 : shift);
    values.push(value);
    const found = detector.push(value);
    if (found === undefined) continue;
    if (found.detectedAt < quiet) return undefined;
    return {
      delay: found.detectedAt - quiet + 1,
      error: Math.abs(found.changedAt - quiet),
      errorOfLargest: Math.abs(mppTest(values).changedAt - quiet),
    };
  }
  return 'missed';
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const rounded = (value: number) => Number(value.toPrecision(3));

const rows = quietLengths.flatMap((quiet) =>
  shifts.map((shift) => {
    const all = Array.from({ length: seriesOf(quiet, shift) }, (_, seed) =>
      delayAndErrors(quiet, shift, normal(seed)),
    ).filter((outcome) => outcome !== undefined);
    const outcomes = all.filter((outcome) => outcome !== 'missed');
    const delays = outcomes.map(({ delay }) => delay).sort((a, b) => a - b);
    const errors = outcomes.map(({ error }) => error).sort((a, b) => a - b);
    return {
      quiet,
      shift,
      series: all.length,
      missed: all.length - outcomes.length,
      delayMean: rounded(mean(delays)),
      delay90: delays[Math.ceil(0.9 * delays.length) - 1],
      errorMedian: errors[Math.floor(errors.length / 2)],
      error90: errors[Math.ceil(0.9 * errors.length) - 1],
      errorMean: rounded(mean(errors)),
      errorOfLargestMean: rounded(mean(outcomes.map(({ errorOfLargest }) => errorOfLargest))),
    };
  }),
);

await writeResult(
  'delays',
  'Independent normal series of standard deviation 1 that move up by `shift` after `quiet` points, default options; 500 ' +
    'seeded series a row, 4,000 for 2 sd after 1,000 quiet points, 100 for 5,000 quiet points, those left out that had a false alarm before the change. Missed: not known within 1,000 points of the new level. Delay: points ' +
    'of the new level needed, mean and 90 % quantile. Error: |changedAt − first point of the new level|, ' +
    'median, 90 % quantile and mean, and the mean for the time of the largest statistic.',
  rows,
);
