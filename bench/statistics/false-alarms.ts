/**
 * Measures how often a detector without a practical threshold has a false alarm. It does so twice, on different series, so that a
 * formula that is fitted to one result can be checked against the other.
 *
 * Run: npx tsx bench/statistics/false-alarms.ts
 */
import { mppTest, pValueAt } from '@aed/core';
import { normal } from '../../cli/produce/random.ts';
import { scriptArguments } from '../script-arguments.ts';
import { writeResult } from './write-result.ts';

scriptArguments(import.meta.url);

const alphas = [0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005, 0.0002, 0.0001];
/** More of the short series: rare alarms need many. */
const runs = [
  { series: 20_000, points: [50, 100, 200, 500] },
  { series: 2000, points: [1000, 2000, 5000] },
];
const startup = 5;

/** The smallest p-value of all tests up to each of some lengths. There is an alarm if it is below alpha. */
function smallestPValues(seed: number, lengths: readonly number[]): number[] {
  const draw = normal(seed);
  const points = Math.max(...lengths);
  const values = new Float64Array(points);
  const statistics = new Int32Array(points);
  const smallest: number[] = [];
  let least = 1;
  for (let length = 1; length <= points; length++) {
    const value = draw();
    let sum = 0;
    let largest = 0;
    for (let index = 0; index < length - 1; index++) {
      sum += value > (values[index] as number) ? 1 : -1;
      const statistic = (statistics[index] as number) + sum;
      statistics[index] = statistic;
      largest = Math.max(largest, Math.abs(statistic));
    }
    values[length - 1] = value;
    if (length >= startup) least = Math.min(least, pValueAt(largest, length));
    if (length === 500 && seed % 100 === 0 && mppTest(values.subarray(0, length)).statistic !== largest) {
      throw new Error(`the statistic at ${length} points must be that of the core, got ${largest}`);
    }
    if (lengths.includes(length)) smallest.push(least);
  }
  return smallest;
}

function simulate(firstSeed: number) {
  return runs.flatMap(({ series, points }) => {
    const counts = points.map(() => alphas.map(() => 0));
    for (let seed = firstSeed; seed < firstSeed + series; seed++) {
      smallestPValues(seed, points).forEach((least, atLength) => {
        alphas.forEach((alpha, atAlpha) => {
          const row = counts[atLength];
          if (row !== undefined && least < alpha) row[atAlpha] = (row[atAlpha] ?? 0) + 1;
        });
      });
    }
    return points.map((length, atLength) => ({ points: length, series, alarms: counts[atLength] }));
  });
}

for (const [name, firstSeed] of [
  ['false-alarms', 0],
  ['false-alarms-check', 1_000_000],
] as const) {
  await writeResult(
    name,
    `Independent standard normal series without a change, a test at every point from the ${startup}th, practicalThreshold 0: ` +
      `how many of the series had a test with p < alpha by so many points, for alpha = ${alphas.join(', ')}. Seeds from ${firstSeed} on.`,
    simulate(firstSeed),
  );
}
