import type { RegimeMemory } from '../../../core/src/regime-test.ts';
import {
  addSums,
  blockLags,
  emptySums,
  type LagSums,
  lengthOfMemory,
  memoryOf,
  pooledPoints,
  sumsIn,
} from '../../../core/src/scan/dependence/lag-sums.ts';
import { plainBlocks, plainRankScores } from './plain-inflation.ts';

const mark = -3;
const mostPooled = 2048;

/** What earlier regimes left of their ranks, and the rest of a memory. */
export function plainPooled(memory: RegimeMemory | undefined): {
  readonly before: LagSums | undefined;
  readonly rest: RegimeMemory;
} {
  const before = sumsIn(memory, mark);
  return { before, rest: (memory ?? []).slice(before === undefined ? 0 : lengthOfMemory) };
}

/** Sums of the products of ranks within a block by the definition. */
function plainSums(values: readonly number[]): LagSums {
  const sums = emptySums();
  if (new Set(values).size < 2) return sums;
  const scores = plainRankScores(values);
  sums.counts.set([values.length, 1]);
  [0, ...blockLags].forEach((lag, index) => {
    const later = scores.slice(lag);
    const product = later.reduce((sum, score, place) => sum + score * (scores[place] ?? 0), 0);
    sums.products[index] = product / (2 * values.length) ** 2;
    sums.pairs[index] = later.length;
  });
  return sums;
}

/** The memory of the ranks of the newest 2,048 points, on either side of a change. */
export function plainPoolMemory(
  regime: readonly number[],
  end: number,
  split: number,
  memory: RegimeMemory | undefined,
): RegimeMemory {
  const sums = emptySums();
  for (const part of [regime.slice(split, end), regime.slice(0, split)]) {
    const room = mostPooled - pooledPoints(sums);
    for (const block of plainBlocks(room > 0 ? part.slice(-room) : [], 128)) addSums(sums, plainSums(block));
  }
  const { before } = plainPooled(memory);
  const room = mostPooled - pooledPoints(sums);
  if (before !== undefined && room > 0) addSums(sums, before, Math.min(1, room / pooledPoints(before)));
  return pooledPoints(sums) === 0 ? [] : memoryOf(sums, mark);
}
