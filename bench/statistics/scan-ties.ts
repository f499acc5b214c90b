/**
 * Measures how many points pass between false alarms of the scan in independent noise with strong ties or skew.
 *
 * Run: npx tsx bench/statistics/scan-ties.ts [share of the streams, default 1]
 */

import { positive, scriptArguments } from '../script-arguments.ts';
import { noiseWords, tiedNoises } from './noises.ts';
import { quietGaps } from './quiet-gaps.ts';
import { writeResult } from './write-result.ts';

const { share } = scriptArguments(import.meta.url, { share: positive(1) });
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
