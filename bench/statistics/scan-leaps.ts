/**
 * Measures how soon the scan with a practical threshold knows a change that dwarfs it, and the return from it, under dependence.
 *
 * Run: npx tsx bench/statistics/scan-leaps.ts [share of the streams, default 1]
 */
import { AedDetector, type Direction } from '@aed/core';
import { positive, scriptArguments } from '../script-arguments.ts';
import { autoregression } from './dependent-noise.ts';
import { writeResult } from './write-result.ts';

const { share } = scriptArguments(import.meta.url, { share: positive(1) });
const streams = Math.ceil(share * 40);
const quiet = 1000;
const lasting = 50;
/** Thresholds, and sizes in multiples of them. */
const changes = [
  { practicalThreshold: 0.5, size: 10 },
  { practicalThreshold: 0.5, size: 20 },
  { practicalThreshold: 1, size: 20 },
  { practicalThreshold: 3, size: 20 },
];

const rows = [0, 0.5, 0.9, 0.97].flatMap((correlation) =>
  changes.map(({ practicalThreshold, size }) => {
    const rises: number[] = [];
    const returns: number[] = [];
    for (let seed = 0; seed < streams; seed++) {
      const draw = autoregression(correlation)(seed);
      const detector = new AedDetector({ statistic: 'scan', practicalThreshold });
      for (let point = 0; point < quiet; point++) detector.push(draw());
      /** Points of a level of so much until a change in a direction is known; Infinity if it is not. */
      const delay = (level: number, direction: Direction): number => {
        let first = Number.POSITIVE_INFINITY;
        for (let point = 1; point <= lasting; point++) {
          if (detector.push(draw() + level)?.direction === direction) first = Math.min(first, point);
        }
        return first;
      };
      rises.push(delay(size * practicalThreshold, 'up'));
      returns.push(delay(0, 'down'));
    }
    return { correlation, practicalThreshold, size, streams, rise: summary(rises), back: summary(returns) };
  }),
);

/** The median of those that are known, and how many are not. */
function summary(delays: readonly number[]) {
  const known = delays.filter(Number.isFinite).sort((a, b) => a - b);
  return { median: known[known.length >> 1] ?? null, missed: delays.length - known.length };
}

await writeResult(
  'scan-leaps',
  `A change by so many thresholds after ${quiet} points of an autoregression of order 1 with standard deviation 1, which lasts ${lasting} points, and the return from it; statistic scan with its defaults and the practical threshold of the row: the median of the ` +
    `points until each is known, and in how many streams it is not known within ${lasting} points.`,
  rows,
);
