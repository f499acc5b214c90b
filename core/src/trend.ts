import { mannKendallTest, type TrendResult } from './mann-kendall.ts';
import { medianOf } from './median.ts';

/** How a level drifted. */
export type Trend = Pick<TrendResult, 'slope' | 'pValue'>;

/** The most blocks of a level. Their 8,128 slopes are listed quickly, and they show a drift about as well as all points do. */
const mostBlocks = 128;

/**
 * Whether a level drifted, and how fast: the Mann–Kendall test and Sen's slope of its points.
 *
 * More than 128 points are first reduced to at most 128: the medians of blocks of equal length. The oldest points, which fill no
 * block, are left out. Without a drift the medians are as independent as the points, so p keeps its meaning. The slope is in the
 * unit of the data a point.
 * Cost: O(n log n) time, 8,128 slopes at most.
 *
 * @param level - oldest first; not modified
 * @returns `undefined` for fewer than three points: none of their orders is unlikely
 */
export function trendOf(level: Float64Array): Trend | undefined {
  if (level.length < 3) return undefined;
  const blockLength = Math.ceil(level.length / mostBlocks);
  const { slope, pValue } = mannKendallTest(blockMedians(level, blockLength));
  return { slope: slope / blockLength, pValue };
}

function blockMedians(values: Float64Array, blockLength: number): Float64Array {
  const blocks = Math.floor(values.length / blockLength);
  const first = values.length - blocks * blockLength;
  return Float64Array.from({ length: blocks }, (_, block) => {
    const start = first + block * blockLength;
    return medianOf(values.slice(start, start + blockLength));
  });
}
