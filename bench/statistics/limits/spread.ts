/**
 * Measures how often the tests report a level when the spread alone changes.
 *
 * Run: npx tsx bench/statistics/limits/spread.ts [share of the streams, default 1]
 */
import { AedDetector, type DetectorOptions } from '@aed/core';
import { normal } from '../../../cli/produce/random.ts';
import { positive, scriptArguments } from '../../script-arguments.ts';
import { writeResult } from '../write-result.ts';

const { share } = scriptArguments(import.meta.url, { share: positive(1) });
const streams = Math.ceil(share * 400);
const quiet = 1000;
const looked = 300;
/** Standard deviation before and after. */
const spreads = [
  [1, 1],
  [1, 2],
  [1, 10],
  [10, 1],
  [0, 1],
  [1, 0],
] as const;
const tests: Readonly<Record<string, DetectorOptions>> = {
  scan: { statistic: 'scan' },
  mpp: {},
  'scan, δ = 1': { statistic: 'scan', practicalThreshold: 1 },
};

const rows = spreads.flatMap(([before, after]) =>
  Object.entries(tests).map(([test, options]) => {
    let reported = 0;
    for (let seed = 0; seed < streams; seed++) {
      const draw = normal(seed);
      const detector = new AedDetector(options);
      for (let point = 0; point < quiet; point++) detector.push(before * draw());
      let isReported = false;
      for (let point = 0; point < looked; point++)
        isReported = detector.push(after * draw()) !== undefined || isReported;
      if (isReported) reported++;
    }
    return { before, after, test, streams, reported };
  }),
);

await writeResult(
  'spread',
  `Independent normal points with mean 0 whose standard deviation changes after ${quiet} points (0: a constant), default options but for those that the row names: in how many of so many seeded ` +
    `streams a change of level is reported within ${looked} points of it.`,
  rows,
);
