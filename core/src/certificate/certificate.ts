import { at } from '../float-list.ts';
import { countBelow } from '../search.ts';
import type { SortedRegime } from '../sorted-regime.ts';
import type { SplitStatistics } from '../split-statistics.ts';
import { Offset } from '../threshold/offset.ts';
import { Walk } from '../threshold/walk.ts';
import { BlockBounds } from './block-bounds.ts';
import { blockEnds, blocksOf } from './blocks.ts';

/** Leaves room for the rounding of the p-value. */
const nearlyOne = 1 - 1e-9;

/**
 * Proves for most points that the test at them cannot be significant, without looking at the statistics.
 *
 * **What a point does.** x_T adds I⁺(t) = Σ_{i≤t} sgn(x_T − x_i − δ) to U⁺(t) for every t < T. It adds I⁻(t), the same sum with +δ,
 * to U⁻(t). Its own split, T − 1, starts at U = 0. Both I grow with x_T, as numbers and as computed: a sign is 1 if x_i is less than one
 * bound, and −1 if it is more than another one, and both bounds of `Offset` rise with x_T.
 *
 * **Blocks.** Splits are divided into blocks, t_b < t ≤ t_{b+1}. After an exact scan the largest U⁺(t) and the largest −U⁻(t) of each
 * block are known. Within the block I⁺(t) is at most I⁺(t_b) plus the points of the block that x_T exceeds by more than δ, since no
 * other point adds to it. A table holds this bound for some values of x_T, the edges. The first and the last edge are the ends of the doubles. For a
 * value between two edges the upper edge bounds I⁺. The old bound of the block plus that of the new point is the new bound of the
 * block. For −I⁻ it is the other way round: the points that x_T falls short of by more than δ add, and the lower edge bounds.
 *
 * **Ties.** Counts are doubled: the points below by more than δ, plus the points below by δ or more. Half of that is never less than
 * the first count, and the sum less all points is I⁺.
 *
 * **The tail.** The splits after the last block share one bound, also those that come with later points. There I⁺(t) is at most
 * I⁺(t_G) plus the points of the tail, where t_G is its start. A new split starts at 0, so the bound is raised to at least 0 before
 * each point.
 *
 * **The end of the proof.** The test is significant only if K > √(ln(2/α)·(T³ + T²)/6). It is not significant while every bound is
 * below this, less a billionth for the rounding of the p-value.
 *
 * **How long it holds.** A point overstates the bound of a block by at most the length of the block and the points between two
 * edges, and the bound of the tail by the length of the tail. The threshold is T^1.5 away, so the tail lasts for about T^¾ points.
 * T^¼ blocks last as long; more of them would only cost more. With δ > 0 most points lower the bounds, so fewer blocks last longer.
 * Bounds are multiples of ½ below 2⁵², so they are not rounded.
 * Cost: O(T^¼) a point; O(T) to rebuild the tables.
 */
export class Certificate {
  readonly #threshold: number;
  readonly #needed: (points: number) => number;
  /** What was needed at an earlier point, or at this one. */
  #enough = 0;
  /** Points of the regime. */
  #length = 0;
  /** Where each block ends, as a count of points before the split. */
  #ends: readonly number[] = [];
  #edges: Float64Array = Float64Array.of(-Number.MAX_VALUE, Number.MAX_VALUE);
  readonly #rise = new BlockBounds(1);
  readonly #fall = new BlockBounds(-1);

  /** @param needed - the statistic that a test of so many points must exceed */
  constructor(threshold: number, needed: (points: number) => number) {
    this.#threshold = threshold;
    this.#needed = needed;
  }

  /**
   * Counts a new point in.
   *
   * @returns whether the test at this point is known not to be significant
   */
  admit(value: number): boolean {
    // The first edge that is not below the value.
    const upper = countBelow(this.#edges, 0, this.#edges.length, value);
    const lower = this.#edges[upper] === value ? upper : upper - 1;
    const tail = this.#length - (this.#ends.at(-1) ?? 0);
    const most = Math.max(this.#rise.raise(upper, tail), this.#fall.raise(lower, tail));
    this.#length++;
    // What is needed rises with the points, so most points need not work it out.
    if (most >= this.#enough) this.#enough = nearlyOne * this.#needed(this.#length);
    return most < this.#enough;
  }

  /** Starts the proof from the exact statistics. */
  startFrom({ rise, fall }: SplitStatistics): void {
    this.#rise.startFrom(rise.view());
    this.#fall.startFrom(fall.view());
  }

  /** Divides the splits into blocks anew and fills the tables. `startFrom` must follow. */
  rebuild(regime: SortedRegime): void {
    this.#length = regime.length;
    this.#ends = blockEnds(regime);
    // As many points between two edges as a quarter of the first block.
    this.#edges = edgesOf(regime, Math.ceil((4 * regime.length) / (this.#ends[0] as number)));
    const blocks = blocksOf(this.#ends, regime.length);
    const counts = this.#doubledCounts(regime, blocks, this.#threshold);
    this.#rise.rebuild(counts, this.#ends);
    this.#fall.rebuild(
      this.#threshold === 0 ? counts : this.#doubledCounts(regime, blocks, -this.#threshold),
      this.#ends,
    );
  }

  /** For each edge and block: the points below the edge by more than an offset, plus those below it by the offset or more. */
  #doubledCounts(
    { values, times, length }: SortedRegime,
    blocks: Uint16Array,
    threshold: number,
  ): Float64Array {
    const edges = this.#edges;
    const width = this.#ends.length + 1;
    const table = new Float64Array(edges.length * width);
    const walk = new Walk(values, 0, length, new Offset(threshold));
    for (let index = 0; index < edges.length; index++) {
      const { less, atMost } = walk;
      walk.to(edges[index] as number);
      const [endOfLess, end] = [walk.less, walk.atMost];
      for (let next = less; next < end; next++) {
        const place = index * width + (blocks[times[next] as number] as number);
        table[place] = (table[place] as number) + Number(next < endOfLess) + Number(next >= atMost);
      }
    }
    for (let place = width; place < table.length; place++) {
      table[place] = (table[place] as number) + (table[place - width] as number);
    }
    return table;
  }
}

/** Evenly spread quantiles of the regime, each value once, between the ends of the doubles. */
function edgesOf({ values, length }: SortedRegime, count: number): Float64Array {
  const edges = new Float64Array(count + 2);
  let last = 0;
  edges[last] = -Number.MAX_VALUE;
  for (let index = 0; index <= count; index++) {
    const edge = index < count ? at(values, Math.floor(((index + 0.5) * length) / count)) : Number.MAX_VALUE;
    if (edge !== edges[last]) edges[++last] = edge;
  }
  return edges.subarray(0, last + 1);
}
