/**
 * Measures how many points pass between false alarms of the scan where neighbours depend on each other, with its defaults; and how strong
 * dependence may be until a change that is soon over is lost in it.
 *
 * Run: npx tsx bench/statistics/scan-dependence.ts [share of the streams, default 1]
 */
import { AedDetector } from '@aed/core';
import { positive, scriptArguments } from '../script-arguments.ts';
import { autoregression, noises } from './dependent-noise.ts';
import { writeResult } from './write-result.ts';

const { share } = scriptArguments(import.meta.url, { share: positive(1) });
const digits = (value: number) => Number(value.toPrecision(3));

/** A stream without an alarm ends after so many times the stated points. */
const mostTimes = 8;
const mostTimesWithThreshold = 4;
const all = Object.keys(noises);
const independent = all.filter((noise) => noise.startsWith('independent'));
const dependent = all.filter((noise) => !independent.includes(noise));
const withThreshold = [
  'independent, normal',
  'AR(1), ρ 0.5',
  'AR(1), ρ 0.7',
  'AR(1), ρ 0.9',
  'AR(1), ρ 0.97',
  'MA(1), θ 0.8',
];
const runs = [
  { every: 500, practicalThreshold: 0, streams: 1600, of: independent },
  { every: 5000, practicalThreshold: 0, streams: 600, of: independent },
  { every: 50_000, practicalThreshold: 0, streams: 160, of: independent },
  { every: 500, practicalThreshold: 0, streams: 800, of: dependent },
  { every: 5000, practicalThreshold: 0, streams: 200, of: dependent },
  { every: 50_000, practicalThreshold: 0, streams: 80, of: ['AR(1), ρ 0.5', 'AR(1), ρ 0.9'] },
  { every: 500, practicalThreshold: 0.5, streams: 400, of: withThreshold },
  { every: 500, practicalThreshold: 1, streams: 400, of: withThreshold },
  { every: 5000, practicalThreshold: 0.5, streams: 40, of: withThreshold },
  { every: 5000, practicalThreshold: 1, streams: 40, of: withThreshold },
];

/** Points a false alarm, divided by those stated, with the standard error; at least so many, if there was none. */
function rate(points: number, alarms: number, every: number) {
  const mean = points / Math.max(alarms, 1) / every;
  return alarms === 0
    ? { atLeast: digits(mean) }
    : { mean: digits(mean), error: digits(mean / Math.sqrt(alarms)) };
}

const rows = all.flatMap((noise, index) =>
  runs
    .filter(({ of }) => of.includes(noise))
    .map(({ every, practicalThreshold, streams: most }) => {
      const streams = Math.ceil(share * most);
      const options = { statistic: 'scan', falseAlarmEvery: every, practicalThreshold } as const;
      const draw = noises[noise];
      if (draw === undefined) throw new Error(`no noise is called ${noise}`);
      const longest = every * (practicalThreshold > 0 ? mostTimesWithThreshold : mostTimes);
      let [points, alarms] = [0, 0];
      for (let seed = 0; seed < streams; seed++) {
        const next = draw(1e6 * index + seed);
        const detector = new AedDetector(options);
        let isAlarm = false;
        while (!isAlarm && detector.length < longest) isAlarm = detector.push(next()) !== undefined;
        points += detector.length;
        if (isAlarm) alarms++;
      }
      const endless = new AedDetector(options);
      const next = draw(1e6 * index + 999_999);
      let again = 0;
      while (endless.length < streams * every) if (endless.push(next()) !== undefined) again++;
      return {
        ...{ noise, every, practicalThreshold, streams },
        first: rate(points, alarms, every),
        between: rate(endless.length, again, every),
      };
    }),
);

await writeResult(
  'scan-dependence',
  'Points without a change, statistic scan with its defaults, falseAlarmEvery and practicalThreshold as in the row: points of so many seeded streams for each first alarm, where a stream ' +
    `without one ends after ${mostTimes} times falseAlarmEvery (${mostTimesWithThreshold} times with a threshold); and points for each alarm on one endless stream, as many times falseAlarmEvery long as there are streams. Both are divided by falseAlarmEvery, ` +
    'with the standard error of a Poisson count; where there was no alarm, they are at least as given. Noise of standard deviation 1: independent normal, Student’s t with 2 degrees of freedom, exponential; autoregressions of order 1, of normal noise or of t₂ noise; a moving ' +
    'average of order 1; a random walk; an autoregression and independent noise, each of half of the variance.',
  rows,
);

const quiet = 1000;
const lasting = 50;
const hidden = [0.5, 0.8, 0.9, 0.93, 0.95, 0.96, 0.97].map((correlation) => {
  const streams = Math.ceil(share * 200);
  const inflations: number[] = [];
  let found = 0;
  for (let seed = 0; seed < streams; seed++) {
    const next = autoregression(correlation)(seed);
    const detector = new AedDetector({ statistic: 'scan' });
    for (let point = 0; point < quiet; point++) detector.push(next());
    inflations.push(detector.dependence?.inflation ?? 1);
    let isFound = false;
    for (let point = 0; point < lasting; point++)
      isFound = detector.push(next() + 3) !== undefined || isFound;
    if (isFound) found++;
  }
  inflations.sort((a, b) => a - b);
  return {
    ...{ correlation, streams, found },
    inflation: digits(inflations[streams >> 1] ?? 1),
  };
});

await writeResult(
  'scan-hidden',
  `A change by 3 standard deviations after ${quiet} points of an autoregression of order 1, statistic scan with its defaults: in how many of so many seeded streams there is a report within the ${lasting} points that it lasts; and the median ` +
    'of the inflation that the detector shows before it.',
  hidden,
);
