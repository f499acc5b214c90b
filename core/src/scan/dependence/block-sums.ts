import { at } from '../../float-list.ts';
import { Offset } from '../../threshold/offset.ts';
import { countBelow, countUpTo } from '../search.ts';
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
  const rises = scoresOf(block, sorted, new Offset(threshold));
  const falls = scoresOf(block, sorted, new Offset(-threshold));
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

/** n times the sum over the block of sgn(x_i − x_j − offset), less what makes the sum of all 0; and the sum of all before. */
function scoresOf(block: Float64Array, sorted: Float64Array, offset: Offset) {
  const { length } = block;
  const scores = block.map((value) => {
    const less = countBelow(sorted, 0, length, offset.below(value));
    const above = offset.above(value);
    // Most values are tied with none.
    const isTied = less < length && at(sorted, less) <= above;
    return less + (isTied ? countUpTo(sorted, 0, length, above) : less) - length;
  });
  const sum = scores.reduce((total, score) => total + score, 0);
  return { scores: scores.map((score) => length * score - sum), sum };
}

function productSum(scores: Float64Array, lag: number): number {
  let sum = 0;
  for (let index = lag; index < scores.length; index++) sum += at(scores, index) * at(scores, index - lag);
  return sum;
}
