/**
 * Measures how often the intervals of a change point hold the true place and the true size, how long they are, and what kind steps and ramps are said
 * to be.
 *
 * Run: npx tsx bench/statistics/scan-intervals.ts [share of the streams, default 1]
 */
import { AedDetector, type ChangePoint, type DetectorOptions } from '@aed/core';
import { positive, scriptArguments } from '../script-arguments.ts';
import {
  means,
  noiseNames,
  ramp,
  rareValues,
  type Signal,
  shares,
  step,
  wanderingNames,
} from './intervals/signals.ts';
import { writeResult } from './write-result.ts';

const { share } = scriptArguments(import.meta.url, { share: positive(1) });
const streams = Math.ceil(share * 1000);
/** A change that is not known after so many points is missed. */
const mostDelay = 1000;
const scan: DetectorOptions = { statistic: 'scan', falseAlarmEvery: 10_000 };
const mpp: DetectorOptions = { alpha: 0.001 };

interface Case {
  readonly signal: Signal;
  readonly quiet: number;
  readonly options: DetectorOptions;
}

const cases: readonly Case[] = [
  ...noiseNames.flatMap((noise) =>
    [40, 100, 200, 1000].flatMap((quiet) =>
      [1, 2, 5].map((jump) => ({ signal: step(noise, jump), quiet, options: scan })),
    ),
  ),
  ...[200, 1000].flatMap((quiet) =>
    [1, 2, 5].map((jump) => ({ signal: step('normal', jump), quiet, options: mpp })),
  ),
  ...[200, 1000].flatMap((quiet) =>
    [
      ...[
        shares(0.02, 0.1),
        shares(0.1, 0.3),
        shares(0.5, 0.8),
        rareValues(0.05, 0.2),
        rareValues(0.005, 0.05),
      ],
      ...[means(0.3, 0.8), means(3, 5)],
    ].map((signal) => ({ signal, quiet, options: scan })),
  ),
  ...wanderingNames.flatMap((noise) => [
    ...[2, 5].map((jump) => ({ signal: step(noise, jump), quiet: 1000, options: scan })),
    { signal: step(noise, 5), quiet: 1000, options: { ...scan, practicalThreshold: 2 } },
    ...[0.01, 0.03, 0.1].map((slope) => ({ signal: ramp(noise, slope), quiet: 1000, options: scan })),
  ]),
  ...noiseNames.flatMap((noise) =>
    [0, 100, 1000].flatMap((quiet) =>
      [0.003, 0.01, 0.03, 0.1].map((slope) => ({ signal: ramp(noise, slope), quiet, options: scan })),
    ),
  ),
];

/** The first alarm of a stream, if it came after `quiet` points. */
function alarmOf({ signal, quiet, options }: Case, seed: number): ChangePoint | undefined {
  const draw = signal.series(seed);
  const detector = new AedDetector(options);
  for (let index = 0; index < quiet + mostDelay; index++) {
    const found = detector.push(draw(index - quiet));
    if (found !== undefined) return index < quiet ? undefined : found;
  }
  return undefined;
}

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const digits = (value: number) => Number(value.toPrecision(3));
const holds = ({ from, to }: ChangePoint['interval'], value: number) => from <= value && value <= to;

const rows = cases.map((given) => {
  const { signal, quiet, options } = given;
  const { noise, what, jump } = signal;
  const found = Array.from({ length: streams }, (_, seed) => alarmOf(given, seed) ?? []).flat();
  const kinds = (kind: ChangePoint['kind']) => found.filter((change) => change.kind === kind).length;
  return {
    ...{ statistic: options.statistic ?? 'mpp', noise, what, quiet, alarms: found.length },
    practicalThreshold: options.practicalThreshold ?? 0,
    delayMean: digits(meanOf(found.map(({ detectedAt }) => detectedAt - quiet + 1))),
    held: found.filter(({ interval }) => holds(interval, quiet)).length,
    exact: found.filter(({ changedAt }) => changedAt === quiet).length,
    lengthMean: digits(meanOf(found.map(({ interval: { from, to } }) => to - from + 1))),
    errorMean: digits(meanOf(found.map(({ changedAt }) => Math.abs(changedAt - quiet)))),
    ...(jump !== undefined && {
      sizeHeld: found.filter(({ magnitudeInterval }) => holds(magnitudeInterval, jump)).length,
      sizeLengthMean: digits(meanOf(found.map(({ magnitudeInterval: { from, to } }) => to - from))),
    }),
    ...{ shifts: kinds('shift'), drifts: kinds('drift'), unsure: kinds('unsure') },
  };
});

await writeResult(
  'scan-intervals',
  `Of ${streams} seeded streams a row, those whose first alarm came after \`quiet\` points, when something happened: how many intervals hold the place of it, their mean length in points, the mean ` +
    'distance of `changedAt` from it; how many intervals of the magnitude hold the size of a step, their mean length; and how many are said to be a shift, a drift or unsure. scan: falseAlarmEvery 10000; mpp: ' +
    'alpha 0.001; the other options at their defaults. Noise: standard normal; Student’s t with 2 degrees of freedom; exponential with mean 1, and its negative; autoregressions.',
  rows,
);
