import { at } from '../float-list.ts';
import type { Cells } from './cells.ts';

/** A step of Newton's method is at most so long, and a shorter one than `least` is the last. */
const longest = 1;
const least = 1e-4;

/**
 * How likely each place of a change is, if a point of the new level is e^(size·score) times as likely as one of the old level, for any frequencies of the old level.
 *
 * The likelihood of the order of the points, given which points there are: e^(size·S) / M, where S is the sum of the scores of the a later points, and M the mean of such terms over all
 * ways to draw a points. So unknown frequencies fall out. M is a saddlepoint approximation, u its saddlepoint: that of the noncentral hypergeometric distribution.
 * Source: Cox (1975) for the conditional likelihood; Skovgaard (1987). Cost: O(n) for each cell.
 *
 * @param size - greater than 0
 * @param first - the first place, at least 1
 * @param mostLoss - a place that is less likely than a later one by more than this in logarithm counts for nothing, nor do those before it
 * @returns the logarithm, by the points before the change; −∞ where a place counts for nothing
 */
export function tiltedLikelihood(
  { ofPoints, counts, scores }: Cells,
  size: number,
  first: number,
  mostLoss: number,
): Float64Array {
  const points = ofPoints.length;
  const logs = new Float64Array(points).fill(-Infinity);
  const tilts = scores.map((score) => Math.exp(size * (score - 1)));
  let sum = 0;
  let best = -Infinity;
  let u = -Math.log(tilts.reduce((mean, tilt, cell) => mean + (at(counts, cell) / points) * tilt, 0));
  for (let before = points - 1; before >= first; before--) {
    const after = points - before;
    sum += size * (at(scores, at(ofPoints, before)) - 1);
    let spread = 0;
    let [low, high] = [-Infinity, Infinity];
    for (let step = Infinity; Math.abs(step) > least; u += step) {
      const odds = (after / before) * Math.exp(u);
      let drawn = 0;
      spread = 0;
      for (let cell = 0; cell < tilts.length; cell++) {
        const left = 1 / (1 + odds * at(tilts, cell));
        drawn += at(counts, cell) * (1 - left);
        spread += at(counts, cell) * (1 - left) * left;
      }
      const short = after - drawn;
      if (short === 0) break;
      if (short > 0) low = u;
      else high = u;
      step = Math.max(-longest, Math.min(longest, short / spread));
      // Between two flat stretches of such a sum, Newton's method alone can go to and fro for ever.
      if (u + step <= low || u + step >= high) step = (low + high) / 2 - u;
    }
    const odds = (after / before) * Math.exp(u);
    let mean = points * Math.log(before / points) - u * after;
    for (let cell = 0; cell < tilts.length; cell++)
      mean += at(counts, cell) * Math.log1p(odds * at(tilts, cell));
    const log = sum - mean + Math.log((spread * points) / (after * before)) / 2;
    best = Math.max(best, log);
    if (best - log > mostLoss) break;
    logs[before] = log;
  }
  return logs;
}
