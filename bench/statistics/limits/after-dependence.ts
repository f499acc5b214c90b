/**
 * Measures how many changes the scan finds once dependence has ended, and how many where changes come often.
 *
 * Run: npx tsx bench/statistics/limits/after-dependence.ts [share of the streams, default 1]
 */
import { AedDetector } from '@aed/core';
import { normal, uniform } from '../../../cli/produce/random.ts';
import { positive, scriptArguments } from '../../script-arguments.ts';
import { autoregression } from '../dependent-noise.ts';
import { writeResult } from '../write-result.ts';

const { share } = scriptArguments(import.meta.url, { share: positive(1) });
const streams = Math.ceil(share * 20);
const dependent = 4000;
const independent = 12_000;
/** Changes count that come so long after the dependence has ended. */
const settled = 2048;
const settings = [
  { correlation: 0, size: 2, every: 300 },
  { correlation: 0.9, size: 1, every: 500 },
  { correlation: 0.9, size: 2, every: 200 },
  { correlation: 0.97, size: 1, every: 1000 },
  { correlation: 0.97, size: 2, every: 300 },
  { correlation: 0.97, size: 2, every: 500 },
  { correlation: 0, size: 1, every: 100 },
  { correlation: 0, size: 2, every: 60 },
  { correlation: 0, size: 4, every: 60 },
];

const rows = settings.map(({ correlation, size, every }) => {
  let [changes, found] = [0, 0];
  for (let seed = 0; seed < streams; seed++) {
    const detector = new AedDetector({ statistic: 'scan' });
    const wandering = autoregression(correlation)(seed);
    for (let point = 0; point < dependent; point++) detector.push(wandering());
    const [draw, distance] = [normal(1000 + seed), uniform(2000 + seed)];
    let level = 0;
    for (let point = 0; point < independent; ) {
      const isSettled = point >= settled;
      const end = point + Math.round(every * (0.5 + distance()));
      let isFound = false;
      for (; point < end; point++) isFound = detector.push(level + draw()) !== undefined || isFound;
      if (isSettled) {
        changes++;
        if (isFound) found++;
      }
      level = size - level;
    }
  }
  return { correlation, size, every, streams, changes, found };
});

await writeResult(
  'after-dependence',
  `${dependent} points of an autoregression of order 1 with standard deviation 1, then ${independent} independent points whose level moves up and down by \`size\` standard deviations about every \`every\` points (half to one and a half ` +
    `times as many), statistic scan with its defaults: changes from ${settled} points after the dependence on, and how many are reported before the next one.`,
  rows,
);
