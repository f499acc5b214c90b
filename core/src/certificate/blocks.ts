import type { SortedRegime } from '../sorted-regime.ts';

/** The fewest splits of the first block. */
const leastBlock = 32;

/**
 * Where the blocks end into which a certificate divides the splits of a regime, as counts of points before the split. The last one ends with the last split.
 *
 * A new point raises the bound of a block by at most as many points of the block as it exceeds by more than δ. And it lowers that bound for those
 * before the block that are nearer. So a block may be longer the more points lie before it, and all bounds still rise about as fast as the first one:
 * by the near pairs of points for each pair further apart in one direction. With δ = 0 none is near, and all blocks are as long.
 */
export function blockEnds({ length, near }: SortedRegime): number[] {
  const first = Math.max(leastBlock, Math.ceil(length ** 0.75 / 2));
  const growth = (2 * near) / (length * (length - 1) - near);
  const ends: number[] = [];
  for (let end = first; end < length - 1; end += Math.ceil(first + growth * end)) ends.push(end);
  return [...ends, length - 1];
}

/** The block of each point, by time. Those after the last block are in the tail, which counts as one. */
export function blocksOf(ends: readonly number[], length: number): Uint16Array {
  const blocks = new Uint16Array(length).fill(ends.length);
  for (let block = 0, start = 0; block < ends.length; block++) {
    const end = ends[block] as number;
    blocks.fill(block, start, end);
    start = end;
  }
  return blocks;
}
