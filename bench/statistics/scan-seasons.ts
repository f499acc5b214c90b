/**
 * Measures the scan on series with a season, a sine of 2 standard deviations of the noise: how many points pass between false alarms with its
 * period given, with a wrong one and with none, and how soon a step is known after some periods.
 *
 * Run: npx tsx bench/statistics/scan-seasons.ts [share of the streams, default 1]
 */
import { AedDetector, type DetectorOptions } from '@aed/core';
import { normal, uniform } from '../../cli/produce/random.ts';
import { positive, scriptArguments } from '../script-arguments.ts';
import { writeResult } from './write-result.ts';

const { share } = scriptArguments(import.meta.url, { share: positive(1) });
const every = 5000;
/** Where no alarm comes in so many times N points, a stream ends. */
const longest = 4;
const rateStreams = Math.ceil(share * 400);
const delayStreams = Math.ceil(share * 400);

/** Points of a season that begins anywhere, and a step after so many of them. */
function seasonal(seed: number, period: number, height: number, from = Infinity, step = 0): () => number {
  const draw = normal(seed);
  const start = Math.floor(period * uniform(seed + 1_000_000)());
  let index = 0;
  return () => {
    const season = height * Math.sin((2 * Math.PI * (start + index)) / period);
    return season + draw() + (index++ >= from ? step : 0);
  };
}

const settings: readonly { readonly name: string; readonly period: number; readonly given: number }[] = [
  { name: 'period given', period: 24, given: 24 },
  { name: 'period given', period: 288, given: 288 },
  { name: 'no period', period: 24, given: 1 },
  { name: 'no period', period: 288, given: 1 },
  { name: 'wrong period', period: 24, given: 25 },
  { name: 'wrong period', period: 288, given: 280 },
  { name: 'twice the period', period: 24, given: 48 },
];

/** Points for each alarm, as a multiple of N: to the first one, or on an endless series. */
function rate({ period, given }: (typeof settings)[number], dependence: 'auto' | 'independent') {
  const options: DetectorOptions = { statistic: 'scan', falseAlarmEvery: every, dependence, period: given };
  let [points, alarms] = [0, 0];
  for (let seed = 0; seed < rateStreams; seed++) {
    const detector = new AedDetector(options);
    const next = seasonal(seed, period, 2);
    while (detector.length < longest * every) {
      if (detector.push(next()) === undefined) continue;
      alarms++;
      break;
    }
    points += detector.length;
  }
  return { alarms, first: alarms === 0 ? null : digits(points / alarms / every) };
}

/** Points from a step to its alarm. */
function delay(period: number, periods: number, step: number, isKnown: boolean) {
  const quiet = period * periods;
  const delays: number[] = [];
  let [early, missed] = [0, 0];
  for (let seed = 0; seed < delayStreams; seed++) {
    const detector = new AedDetector({
      statistic: 'scan',
      dependence: 'independent',
      period: isKnown ? 1 : period,
    });
    const next = seasonal(seed, period, isKnown ? 0 : 2, quiet, step);
    let found = detector.push(next());
    while (found === undefined && detector.length < quiet + 2000) found = detector.push(next());
    if (found === undefined) missed++;
    else if (found.detectedAt < quiet) early++;
    else delays.push(found.detectedAt - quiet + 1);
  }
  const mean = delays.reduce((sum, value) => sum + value, 0) / delays.length;
  const variance = delays.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (delays.length - 1);
  return { mean: digits(mean), error: digits(Math.sqrt(variance / delays.length)), early, missed };
}

const digits = (value: number) => Number(value.toPrecision(3));

const rates = settings.map((setting) => ({
  ...{ kind: 'rate', ...setting, every, streams: rateStreams },
  ...{ independent: rate(setting, 'independent'), auto: rate(setting, 'auto') },
}));
const delays = [24, 288].flatMap((period) =>
  [2, 5, 10, 30].flatMap((periods) =>
    [1, 2].map((step) => ({
      ...{ kind: 'delay', period, periods, step, streams: delayStreams },
      ...{ given: delay(period, periods, step, false), known: delay(period, periods, step, true) },
    })),
  ),
);

await writeResult(
  'scan-seasons',
  `Standard normal noise on a sine with an amplitude of 2 that begins anywhere in its period. Rate: statistic scan with falseAlarmEvery ${every}, points to the first alarm of so ` +
    `many seeded streams, each of at most ${longest} times as many points, for each alarm, divided by falseAlarmEvery; its standard error is about 1 / √alarms of it. ` +
    'Delay: the same with falseAlarmEvery 10,000 and dependence independent, points from a step after so many periods to the alarm, that point included, with the period given, ' +
    'and on the same noise without a season; early: alarms before the step; missed: none within 2,000 points.',
  [...rates, ...delays],
);
