import { at } from '../../float-list.ts';
import { countBelow } from '../../search.ts';
import { Offset } from '../../threshold/offset.ts';
import { addCounts, Walk } from '../../threshold/walk.ts';
import { blockLags, emptySums, type LagSums } from './lag-sums.ts';

/** A shorter block says nothing. */
const leastBlock = 4;

/**
 * The lag sums of one block of neighbours.
 *
 * The score of a point is the mean over the block of ½·sgn(x_i − x_j ∓ δ), once for each sign, less its mean over the block. Where the block moves by less than
 * δ all scores are 0: what does not count as a change does not count as dependence. Cost: O(n log n), about 10 µs for 128 points.
 */
export function sumsOfBlock(block: Float64Array, threshold: number): LagSums {
  const sums = emptySums();
  const { length } = block;
  if (length < leastBlock) return sums;
  const sorted = block.slice().sort();
  const ranks = block.map((value) => countBelow(sorted, 0, length, value));
  const rises = scoresOf(ranks, sorted, new Offset(threshold));
  const falls = scoresOf(ranks, sorted, new Offset(-threshold));
  sums.counts.set([length, 1, (falls.sum - rises.sum) / (2 * length)]);
  // The scores are integers: 2n² times what they stand for.
  const unit = (2 * length * length) ** 2;
  [0, ...blockLags].forEach((lag, index) => {
    if (lag >= length) return;
    sums.products[index] = (productSum(rises.scores, lag) + productSum(falls.scores, lag)) / unit;
    sums.pairs[index] = 2 * (length - lag);
  });
  return sums;
}

/** For each point n·Σ_j sgn(x_i − x_j − offset) over the block, less the mean of these; and the sum of all Σ_j. */
function scoresOf(ranks: Float64Array, sorted: Float64Array, offset: Offset) {
  const { length } = sorted;
  const counts = new Float64Array(length);
  const places = Uint32Array.from(sorted.keys());
  addCounts(new Walk(sorted, 0, length, offset), sorted, 0, length, counts, places, 1);
  const scores = ranks.map((rank) => at(counts, rank) - length);
  const sum = scores.reduce((total, score) => total + score, 0);
  scores.forEach((score, index) => {
    scores[index] = length * score - sum;
  });
  return { scores, sum };
}

function productSum(scores: Float64Array, lag: number): number {
  let sum = 0;
  for (let index = lag; index < scores.length; index++) sum += at(scores, index) * at(scores, index - lag);
  return sum;
}
