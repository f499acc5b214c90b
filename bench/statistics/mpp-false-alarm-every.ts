/**
 * Measures how many points pass between false alarms of the MPP test where their rate is stated.
 *
 * Run: npx tsx bench/statistics/mpp-false-alarm-every.ts [share of the streams, default 1]
 */
import { AedDetector } from '@aed/core';
import { normal } from '../../cli/produce/random.ts';
import { positive, scriptArguments } from '../script-arguments.ts';
import { digits, meanAndError } from './mean-and-error.ts';
import { writeResult } from './write-result.ts';

const { share } = scriptArguments(import.meta.url, { share: positive(1) });
const runs = [
  { every: 100, streams: 4000 },
  { every: 500, streams: 4000 },
  { every: 2000, streams: 2000 },
  { every: 10_000, streams: 800 },
  { every: 50_000, streams: 200 },
];

const rows = runs.map(({ every, streams: all }, index) => {
  const streams = Math.ceil(share * all);
  const lengths = Array.from({ length: streams }, (_, stream) => {
    const draw = normal(1e6 * (index + 50) + stream);
    const detector = new AedDetector({ falseAlarmEvery: every });
    while (detector.push(draw()) === undefined);
    return detector.length / every;
  });
  const { mean, error } = meanAndError(lengths);
  const by = (share: number) => digits(lengths.filter((length) => length <= share).length / streams);
  return { every, streams, first: digits(mean), firstError: digits(error), byTenth: by(0.1), byOne: by(1) };
});

await writeResult(
  'mpp-false-alarm-every',
  'Independent standard normal points without a change, statistic mpp with falseAlarmEvery as in the row and the other defaults, a test at every point from the 5th: points to the first alarm ' +
    'of so many seeded streams, divided by falseAlarmEvery, with their standard error, and the share of the streams with an alarm by a tenth of falseAlarmEvery and by all of it. If each point ' +
    'were as likely as any other to raise it, these were 0.095 and 0.632. Each next regime starts with no points, so the points between alarms are distributed alike.',
  rows,
);
