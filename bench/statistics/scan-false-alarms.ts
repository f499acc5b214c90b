/**
 * Measures how many points pass between false alarms of the scan, in independent noise with few ties: to the first one, and from one to the next.
 *
 * Run: npx tsx bench/statistics/scan-false-alarms.ts [share of the streams, default 1] [noise, default all]
 * With a noise, that one alone is measured, and the other rows stay.
 */
import earlier from '../results/scan-false-alarms.json' with { type: 'json' };
import { oneOf, positive, scriptArguments } from '../script-arguments.ts';
import { noiseWords, plainNoises } from './noises.ts';
import { quietGaps } from './quiet-gaps.ts';
import { writeResult } from './write-result.ts';

const { share, noise: only } = scriptArguments(import.meta.url, {
  share: positive(1),
  noise: oneOf(Object.keys(plainNoises)),
});
const runs = [
  { every: 500, streams: 2000 },
  { every: 5000, streams: 600 },
  { every: 50_000, streams: 300 },
];

const rows = Object.entries(plainNoises).flatMap(([noise, drawOf], index) =>
  runs.map(({ every, streams: all }) => {
    const known = earlier.rows.find((row) => row.noise === noise && row.every === every);
    if (only !== undefined && noise !== only && known !== undefined) return known;
    const streams = Math.ceil(share * all);
    const options = { statistic: 'scan', dependence: 'independent', falseAlarmEvery: every } as const;
    return {
      ...{ noise, every, streams },
      ...quietGaps(streams, (stream) => drawOf(1e6 * index + stream), options),
    };
  }),
);

await writeResult(
  'scan-false-alarms',
  'Independent points without a change, statistic scan with dependence independent and its other defaults, falseAlarmEvery as in the row, a test at every point from the 16th: points to the ' +
    'first alarm of so many seeded streams, and from there to the second and to the third one, both divided by falseAlarmEvery, with their standard errors. ' +
    `Noise: ${noiseWords}.`,
  rows,
);
