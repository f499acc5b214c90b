/**
 * Measures the mean points to the first false alarm of the scan for many thresholds and minimum lengths, and fits the closed form
 * of `core/src/scan/scan-threshold.ts`, h²/2 = ln N + q + p·ln h.
 *
 * Run: npx tsx bench/statistics/scan-thresholds.ts [streams, default 4000]
 */
import { uniform } from '../../cli/produce/random.ts';
import { KeptSplits } from '../../core/src/scan/kept-splits.ts';
import { normalScore } from '../../core/src/scan/normal-score.ts';
import { scriptArguments, whole } from '../script-arguments.ts';
import { writeResult } from './write-result.ts';

const { streams } = scriptArguments(import.meta.url, { streams: whole(4000) });
const startup = 16;
/** The thresholds of each, up to one with 7,000 points or more on average. Every stream goes on until it has passed them all. */
const highest = new Map([
  [2, 4.25],
  [3, 4.2],
  [5, 4.1],
  [8, 4.05],
  [12, 3.95],
  [20, 3.85],
  [32, 3.75],
]);
const minimumLengths = [...highest.keys()];
const thresholds = Array.from({ length: 31 }, (_, index) => 2.75 + index / 20);
/** Fewer points on average are not fitted: the startup shows in them. */
const leastPoints = 200;

/** Adds to `sums`, by minimum length and threshold, the points after which the stream of a seed first exceeds it. */
function follow(seed: number, sums: readonly Float64Array[], squares: readonly Float64Array[]): void {
  const random = uniform(seed);
  const splits = new KeptSplits(0);
  const passed = minimumLengths.map(() => 0);
  const next = () => passed.map((count, index) => pendingAt(index, count));
  let pending = next();
  while (pending.some(Number.isFinite)) {
    splits.push(random());
    if (splits.length < startup) continue;
    const scores = scoresOf(splits, Math.min(...pending));
    if (scores.every((score, index) => score <= (pending[index] ?? Infinity))) continue;
    scores.forEach((score, index) => {
      for (let at = passed[index] ?? 0; score > pendingAt(index, at); at++) {
        const [sum, square] = [sums[index], squares[index]];
        if (sum === undefined || square === undefined) return;
        sum[at] = (sum[at] ?? 0) + splits.length;
        square[at] = (square[at] ?? 0) + splits.length ** 2;
        passed[index] = at + 1;
      }
    });
    pending = next();
  }
}

/** The lowest threshold that a minimum length has not passed after so many; Infinity after all of them. */
function pendingAt(index: number, passed: number): number {
  const threshold = thresholds[passed] ?? Infinity;
  return threshold <= (highest.get(minimumLengths[index] ?? 0) ?? 0) ? threshold : Infinity;
}

/** The largest score of the splits with both sides of at least each minimum length, where it exceeds what is looked for. */
function scoresOf(splits: KeptSplits, lookedFor: number): number[] {
  const best = minimumLengths.map(() => 0);
  const T = splits.length;
  for (let block = 0; block < splits.blocks - 1; block++) {
    const t = splits.starts[block + 1] ?? 0;
    const m = Math.min(t, T - t);
    const u = splits.rise[block] ?? 0;
    const square = (u * u * 3) / (t * (T - t) * (T + 1));
    // No score is as many times z as this.
    if (m < 2 || square * (m < 6 ? 4 : 2.56) < lookedFor ** 2) continue;
    const score = normalScore(Math.sqrt(square), m);
    for (let index = 0; index < minimumLengths.length && (minimumLengths[index] ?? 0) <= m; index++) {
      if (score > (best[index] ?? 0)) best[index] = score;
    }
  }
  return best;
}

/** q and p of least squares, and the largest error of ln N. */
function closedForm(points: readonly { readonly h: number; readonly mean: number }[]) {
  const rows = points.map(({ h, mean }) => ({ x: Math.log(h), y: (h * h) / 2 - Math.log(mean) }));
  const average = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [average(rows.map((row) => row.x)), average(rows.map((row) => row.y))];
  const p =
    average(rows.map((row) => (row.x - x) * (row.y - y))) / average(rows.map((row) => (row.x - x) ** 2));
  const q = y - p * x;
  return { q, p, worst: Math.max(...rows.map((row) => Math.abs(q + p * row.x - row.y))) };
}

const sums = minimumLengths.map(() => new Float64Array(thresholds.length));
const squares = minimumLengths.map(() => new Float64Array(thresholds.length));
for (let seed = 0; seed < streams; seed++) follow(seed, sums, squares);

const round = (value: number, digits: number) => Number(value.toFixed(digits));
await writeResult(
  'scan-thresholds',
  `${streams} seeded streams of independent uniform points without a change, from seed 0 on, a test at every point from the ${startup}th: ` +
    'mean points to the first score above a threshold, [threshold, mean, standard error], and the fit h²/2 = ln N + q + p·ln h of those ' +
    `of at least ${leastPoints}, with its largest error of ln N.`,
  minimumLengths.map((minimumLength, index) => {
    const measured = thresholds.flatMap((h, at) => {
      const mean = (sums[index]?.[at] ?? 0) / streams;
      const error = Math.sqrt(((squares[index]?.[at] ?? 0) / streams - mean ** 2) / streams);
      return mean >= leastPoints ? [{ h, mean, error }] : [];
    });
    const { q, p, worst } = closedForm(measured);
    return {
      minimumLength,
      q: round(q, 4),
      p: round(p, 4),
      worst: round(worst, 4),
      measured: measured.map(({ h, mean, error }) => [h, round(mean, 1), round(error, 1)]),
    };
  }),
);
