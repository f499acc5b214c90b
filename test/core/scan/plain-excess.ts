import type { RegimeMemory } from '../../../core/src/regime-test.ts';
import { inflationOfSums, mixedInflation } from '../../../core/src/scan/dependence/excess.ts';
import type { Inflation } from '../../../core/src/scan/dependence/inflation.ts';
import {
  addSums,
  emptySums,
  type LagSums,
  memoryOf,
  pooledPoints,
  sumsIn,
} from '../../../core/src/scan/dependence/lag-sums.ts';
import { signSum } from './plain-inflation.ts';

const lags = [0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32];

/** The lag sums of a block from the signs of all differences in it. */
export function plainBlockSums(block: readonly number[], threshold: number): LagSums {
  const sums = emptySums();
  const n = block.length;
  if (n < 4) return sums;
  const rises = plainScores(block, threshold);
  const falls = plainScores(block, -threshold);
  const product = (scores: readonly number[], lag: number) => {
    let sum = 0;
    for (let index = lag; index < n; index++) sum += (scores[index] ?? 0) * (scores[index - lag] ?? 0);
    return sum;
  };
  lags.forEach((lag, index) => {
    if (lag >= n) return;
    sums.products[index] = (product(rises.scores, lag) + product(falls.scores, lag)) / (2 * n * n) ** 2;
    sums.pairs[index] = 2 * (n - lag);
  });
  sums.counts.set([n, 1, (falls.total - rises.total) / (2 * n)]);
  return sums;
}

/** n times the sum of the signs of each point's differences, less what all of them are on average. */
function plainScores(block: readonly number[], offset: number) {
  const signs = block.map((value) => signSum(block, value, offset));
  const total = signs.reduce((sum, score) => sum + score, 0);
  return { scores: signs.map((score) => block.length * score - total), total };
}

/** The newest blocks of 128 points until there are `most` points, a block with the split in it as two. */
function newestSums(regime: readonly number[], split: number, threshold: number, most: number): LagSums {
  const sums = emptySums();
  for (let block = Math.ceil(regime.length / 128) - 1; block >= 0; block--) {
    if (pooledPoints(sums) >= most) break;
    const points = regime.slice(128 * block, 128 * block + 128);
    const cut = split > 128 * block && split < 128 * block + points.length ? split - 128 * block : 0;
    addSums(sums, plainBlockSums(points.slice(cut), threshold));
    if (cut > 0) addSums(sums, plainBlockSums(points.slice(0, cut), threshold));
  }
  return sums;
}

function withEarlier(sums: LagSums, memory: RegimeMemory | undefined, threshold: number): LagSums {
  const before = sumsIn(memory, threshold);
  const room = 2048 - pooledPoints(sums);
  if (before !== undefined && room > 0) addSums(sums, before, Math.min(1, room / pooledPoints(before)));
  return sums;
}

/** The inflation of a regime with a practical threshold that changed after `split` points. */
export function plainExcess(
  regime: readonly number[],
  split: number,
  threshold: number,
  memory: RegimeMemory | undefined,
): Inflation {
  const sums = withEarlier(newestSums(regime, split, threshold, 2048), memory, threshold);
  const points = pooledPoints(sums);
  const inflation = inflationOfSums(sums);
  if (points >= 256) return inflation;
  const half = emptySums();
  for (const side of [regime.slice(0, split), regime.slice(split)]) {
    for (let start = 0; start < side.length; start += 128)
      addSums(half, plainBlockSums(side.slice(start, start + 128), threshold / 2));
  }
  return mixedInflation(inflation, inflationOfSums(half), 1 / (1 + (points / 32) ** 2));
}

/** What the regime after this one is told. */
export function plainMemory(
  regime: readonly number[],
  end: number,
  split: number,
  threshold: number,
  memory: RegimeMemory | undefined,
): RegimeMemory | undefined {
  const sums = emptySums();
  for (let start = split; start < end; start += 128)
    addSums(sums, plainBlockSums(regime.slice(start, Math.min(end, start + 128)), threshold));
  addSums(sums, newestSums(regime.slice(0, split), 0, threshold, 2048 - pooledPoints(sums)));
  withEarlier(sums, memory, threshold);
  return pooledPoints(sums) === 0 ? undefined : memoryOf(sums, threshold);
}
