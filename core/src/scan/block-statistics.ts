import type { Offset } from '../threshold/offset.ts';
import { RisingPlaces } from '../threshold/rising-places.ts';
import { countAt } from './search.ts';

/** The points that arrived after a block, in ascending order. */
interface LaterPoints {
  length: number;
  readonly values: Float64Array;
  /** The block of each. */
  readonly blocks: Uint8Array;
}

/** Of the splits after some blocks. */
export interface BlockStatistics {
  readonly offset: Offset;
  /** Σ sgn(x_j − x_i − offset) over pairs i ≤ t < j for the split t after each block. */
  readonly sums: Float64Array;
}

/**
 * Works out some statistics of the splits after the blocks of a regime, all at once.
 *
 * Goes from the newest block to the oldest. The pairs of a block with all later points are counted in one walk through both: at the split
 * after the block they begin to count, and those of each later block stop at the split after that. Then the block joins the later points.
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
    blocks: new Uint8Array(points),
  };
  for (let block = blocks - 1; block >= 0; block--) {
    const [start, end] = [countAt(starts, block), countAt(starts, block + 1)];
    for (const { offset, sums } of statistics)
      sums[block] = (sums[block] as number) + addPairs(values, start, end, later, offset, sums);
    join(values, start, end, block, later);
  }
  for (const { sums } of statistics)
    for (let block = 1; block < blocks; block++)
      sums[block] = (sums[block - 1] as number) + (sums[block] as number);
  return later.values;
}

/** Sums up the signs of a block's pairs with all later points, and takes those of each later block off its own sum. */
function addPairs(
  values: Float64Array,
  start: number,
  end: number,
  { length, values: laterValues, blocks }: LaterPoints,
  offset: Offset,
  sums: Float64Array,
): number {
  let sum = 0;
  const places = new RisingPlaces(values, start, end, offset);
  for (let index = 0; index < length; index++) {
    places.moveTo(laterValues[index] as number);
    const signs = places.less + places.atMost - start - end;
    const block = blocks[index] as number;
    sums[block] = (sums[block] as number) - signs;
    sum += signs;
  }
  return sum;
}

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
