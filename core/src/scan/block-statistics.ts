import { countAt } from '../search.ts';
import type { Offset } from '../threshold/offset.ts';
import { addCounts, Walk } from '../threshold/walk.ts';

/** The points that arrived after a block, in ascending order. */
interface LaterPoints {
  length: number;
  readonly values: Float64Array;
  /** The block of each. */
  readonly blocks: Uint32Array;
}

/** A statistic of the splits after all blocks. */
export interface BlockStatistics {
  readonly offset: Offset;
  /** Σ sgn(x_j − x_i − offset) over pairs i ≤ t < j for the split t after each block. */
  readonly sums: Float64Array;
}

/**
 * Works out some statistics of the splits after the blocks of a regime, all at once.
 *
 * Goes from the newest block to the oldest. The pairs of a block with all later points are counted in one walk through both. They count from the
 * split after the block on, and those with a later block no more from the split after that one on. Then the block joins the later points.
 * Most blocks are new and short, so they join few. Cost: about 6·T steps.
 *
 * @param values - in ascending order inside each block
 * @param starts - where each block starts, and where the last one ends
 * @param statistics - their sums are 0 before
 * @returns all values in ascending order
 */
export function addBlockStatistics(
  values: Float64Array,
  starts: Int32Array,
  blocks: number,
  statistics: readonly BlockStatistics[],
): Float64Array {
  const points = countAt(starts, blocks);
  const later: LaterPoints = {
    length: 0,
    values: new Float64Array(points),
    blocks: new Uint32Array(points),
  };
  for (let block = blocks - 1; block >= 0; block--) {
    const [from, to] = [countAt(starts, block), countAt(starts, block + 1)];
    for (const { offset, sums } of statistics) {
      // `addCounts` adds 1 to the sign of each pair.
      const counts = addCounts(
        new Walk(values, from, to, offset),
        later.values,
        0,
        later.length,
        sums,
        later.blocks,
        -1,
      );
      sums[block] = (sums[block] as number) + counts - (to - from) * later.length;
      for (let other = block + 1; other < blocks; other++)
        sums[other] = (sums[other] as number) + (to - from) * pointsOf(starts, other);
    }
    join(values, from, to, block, later);
  }
  for (const { sums } of statistics)
    for (let block = 1; block < blocks; block++)
      sums[block] = (sums[block - 1] as number) + (sums[block] as number);
  return later.values;
}

const pointsOf = (starts: Int32Array, block: number) => countAt(starts, block + 1) - countAt(starts, block);

/** Merges a block into the later points, from the largest value down. */
function join(values: Float64Array, start: number, end: number, block: number, later: LaterPoints): void {
  const { values: laterValues, blocks } = later;
  let index = later.length - 1;
  later.length += end - start;
  let place = later.length - 1;
  for (let own = end - 1; own >= start; own--, place--) {
    const value = values[own] as number;
    for (; index >= 0 && (laterValues[index] as number) > value; index--, place--) {
      laterValues[place] = laterValues[index] as number;
      blocks[place] = blocks[index] as number;
    }
    laterValues[place] = value;
    blocks[place] = block;
  }
}
