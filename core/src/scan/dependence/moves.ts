import { at } from '../../float-list.ts';
import { medianByRank } from '../../median.ts';
import { blockLength } from './lag-sums.ts';

/** How far a series moved within blocks of 128 points. */
export interface Moves {
  /** How many blocks; no whole number where earlier ones count in part. */
  readonly blocks: number;
  /** Their moves, summed up. */
  readonly sum: number;
  /** The squares of their moves, summed up. */
  readonly squares: number;
}

export const noMoves: Moves = { blocks: 0, sum: 0, squares: 0 };

/** A larger move counts as this, so that its square is still a double. */
export const largestMove = 1e150;
/** With fewer blocks nothing is known of how far the series moves. */
const leastBlocks = 4;
/** The least standard deviation, as a share of the mean: few blocks may be alike by chance. */
const leastDeviation = 0.25;
/** A rare move comes once in so many times the stated points by Gumbel's law. Heavier tails than its bring it more often. */
const rarity = 100;
const eulerGamma = 0.5772156649015329;

/** Adds a share of some moves to others. */
export function addMoves(moves: Moves, added: Moves, share = 1): Moves {
  return {
    blocks: moves.blocks + share * added.blocks,
    sum: moves.sum + share * added.sum,
    squares: moves.squares + share * added.squares,
  };
}

/** How far a block moves: from the smallest to the largest median of so many successive points. O(n). */
export function movesOfBlock(block: Float64Array, window: number): Moves {
  let [least, most] = [Infinity, -Infinity];
  for (let from = 0; from + window <= block.length; from += window) {
    const median = medianOfWindow(block, from, window);
    least = Math.min(least, median);
    most = Math.max(most, median);
  }
  const move = Math.min(largestMove, most - least);
  return { blocks: 1, sum: move, squares: move * move };
}

/**
 * A move within a block that a series makes less often than once in a hundred times so many points; infinite while it is not known.
 *
 * The move of a block is a largest value, so its law is taken to be that of Gumbel, with the mean and the variance of the blocks. Source: Gumbel (1958), *Statistics of Extremes*.
 */
export function rareMove({ blocks, sum, squares }: Moves, every: number): number {
  if (blocks < leastBlocks) return Infinity;
  const mean = sum / blocks;
  const variance = Math.max(0, squares - sum * mean) / (blocks - 1);
  const deviation = Math.max(leastDeviation * mean, Math.sqrt(variance));
  const logBlocks = Math.log((rarity * every) / blockLength);
  return mean + (Math.sqrt(6) / Math.PI) * (logBlocks - eulerGamma) * deviation;
}

const sorted = new Float64Array(16);

/** The median of so many successive values, at most 16. */
export function medianOfWindow(values: Float64Array, from: number, window: number): number {
  for (let count = 0; count < window; count++) {
    const value = at(values, from + count);
    let place = count;
    for (; place > 0 && at(sorted, place - 1) > value; place--) sorted[place] = at(sorted, place - 1);
    sorted[place] = value;
  }
  return medianByRank(window, (rank) => at(sorted, rank));
}
