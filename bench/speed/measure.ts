import { MppRecursion } from '../../core/src/mpp-recursion.ts';
import { SplitStatistics } from '../../core/src/split-statistics.ts';

/** On a longer series the recursion does not run in full. Its cost is sampled at points along the series. */
const longestRun = 10_000;
const samples = 50;

/** Microseconds a point: the least of `runs` runs. The first of them warm the code up. */
export function microsecondsAPoint(points: number, runs: number, run: () => void): number {
  let least = Number.POSITIVE_INFINITY;
  for (let count = 0; count < runs; count++) {
    const start = performance.now();
    run();
    least = Math.min(least, performance.now() - start);
  }
  return (1000 * least) / points;
}

/** Microseconds a point of the recursion, with a test after every point of the series. */
export function recursionMicroseconds(series: Float64Array, threshold: number): number {
  if (series.length <= longestRun) {
    return microsecondsAPoint(series.length, Math.ceil(60_000 / series.length), () => {
      const recursion = new MppRecursion(threshold);
      for (const value of series) {
        recursion.push(value);
        recursion.maximum();
      }
    });
  }
  const statistics = new SplitStatistics(threshold);
  const { rise, fall } = statistics;
  return microsecondsAPoint(samples, 2, () => {
    for (let sample = 0; sample < samples; sample++) {
      const earlier = Math.floor(((sample + 0.5) * series.length) / samples);
      const values = series.subarray(0, earlier + 1);
      rise.length = earlier - 1;
      fall.length = earlier - 1;
      statistics.add(values, earlier);
      statistics.maximum();
    }
  });
}
