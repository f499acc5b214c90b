/**
 * Measures how late the scan knows a change of a rate, beside a CUSUM that knows the rate before it and the one after it.
 *
 * Run: npx tsx bench/statistics/scan-rate-delays.ts [share of the streams, default 1]
 */
import { AedDetector } from '@aed/core';
import type { Draw } from '../../cli/produce/random.ts';
import { positive, scriptArguments } from '../script-arguments.ts';
import { digits, meanAndError } from './mean-and-error.ts';
import { counts, ones } from './noises.ts';
import { writeResult } from './write-result.ts';

const { share } = scriptArguments(import.meta.url, { share: positive(1) });
const streams = Math.ceil(share * 1000);

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
const quietLengths = [1000, 2000, 3000];
const mostDelay = 1000;

function streamOf({ before, after, draw }: Change, quiet: number, seed: number): Float64Array {
  const [quietDraw, laterDraw] = [draw(seed, before), draw(seed + 500_000, after)];
  return Float64Array.from({ length: quiet + mostDelay }, (_, index) =>
    index < quiet ? quietDraw() : laterDraw(),
  );
}

/** Points until the first alarm of the scan; Infinity without one. */
function scanAlarm(stream: Float64Array): number {
  const detector = new AedDetector({
    statistic: 'scan',
    dependence: 'independent',
    falseAlarmEvery: 5000,
  });
  const index = stream.findIndex((value) => detector.push(value) !== undefined);
  return index < 0 ? Infinity : index + 1;
}

/** The CUSUM after each point: the log of the likelihood ratio of both rates since the place where it is largest. Source: Page (1954). */
function cusum({ of, before, after }: Change, stream: Float64Array): Float64Array {
  const rise = Math.log(after / before);
  const ratio = (value: number) =>
    of === 'Poisson'
      ? value * rise - (after - before)
      : value === 1
        ? rise
        : Math.log((1 - after) / (1 - before));
  let sum = 0;
  return stream.map((value) => {
    sum = Math.max(0, sum + ratio(value));
    return sum;
  });
}

/** Delays of the streams without an alarm before the change. */
function delaysOf(alarms: readonly number[], quiet: number): number[] {
  return alarms
    .filter((alarm) => alarm > quiet && Number.isFinite(alarm))
    .map((alarm) => alarm - quiet)
    .sort((a, b) => a - b);
}

function rowOf(change: Change, index: number, quiet: number, streams: number) {
  const all = Array.from({ length: streams }, (_, stream) =>
    streamOf(change, quiet, 1e6 * (index + 30) + stream),
  );
  const alarms = all.map(scanAlarm);
  const falseAlarms = alarms.filter((alarm) => alarm <= quiet).length;
  const sums = all.map((stream) => cusum(change, stream));
  const quietMost = sums.map((sum) => Math.max(...sum.subarray(0, quiet))).sort((a, b) => b - a);
  // So many of the streams exceed it before the change.
  const threshold = quietMost[falseAlarms] ?? 0;
  const known = delaysOf(
    sums.map((sum) => sum.findIndex((value) => value > threshold) + 1 || Infinity),
    quiet,
  );
  const delays = delaysOf(alarms, quiet);
  const [scan, best] = [meanAndError(delays), meanAndError(known)];
  return {
    ...{ of: change.of, before: change.before, after: change.after, quiet, streams, falseAlarms },
    missed: alarms.filter((alarm) => alarm === Infinity).length,
    ...{ delayMean: digits(scan.mean), delayError: digits(scan.error) },
    delay90: delays[Math.floor(0.9 * delays.length)] ?? null,
    ...{ knownMean: digits(best.mean), knownError: digits(best.error) },
  };
}

await writeResult(
  'scan-rate-delays',
  `${streams} seeded streams a row of independent points whose rate changes after \`quiet\` points, statistic scan with dependence independent, falseAlarmEvery 5000 and its other ` +
    `defaults: false alarms before the change, changes missed within ${mostDelay} points, and the points of the new rate until it is known, with their standard error and 90 % quantile. ` +
    'known: the same of a CUSUM that knows both rates, with as many false alarms on the same streams.',
  quietLengths.flatMap((quiet) => changes.map((change, index) => rowOf(change, index, quiet, streams))),
);
