import { Bounds } from './bounds.ts';
import type { SortedRegime } from './sorted-regime.ts';

/** Splits of a block at least. */
const leastBlock = 32;

/**
 * Proves of most points that the test at them cannot be significant, without looking at the statistics.
 *
 * **What a point does.** x_T adds I⁺(t) = Σ_{i≤t} sgn(x_T − x_i − δ) to U⁺(t), and I⁻(t), with +δ, to U⁻(t), for all t < T; the
 * split that comes into being with it, T − 1, had U = 0 while no point was after it. Both I grow with x_T, also as
 * computed: a difference rounded once is monotone in x_T.
 *
 * **Blocks.** After an exact scan the largest U⁺(t) and −U⁻(t) of each block of splits, t_b < t ≤ t_{b+1}, are known. In the
 * block I⁺(t) ≤ I⁺(t_b) + the points of the block that x_T exceeds by more than δ, since no other adds. A table has this
 * bound for some values of x_T, its edges, of which the first is −∞ and the last ∞; between two edges the upper one
 * bounds it. The block's bound plus that of the new point bounds the block again. With −I⁻ it is the other way
 * round: the points that x_T falls short of by more than δ, and the lower edge.
 *
 * **Ties.** Counts are kept doubled: the points below by more than δ, plus those below by δ or more. Half of that is never
 * less than the former, and the sum less all points is I⁺.
 *
 * **The tail.** Splits after the last block, also those that come with later points, share one bound. There I⁺(t) ≤
 * I⁺(t_G) + the points of the tail, t_G being its start. A new split starts at 0, so before a point raises it the bound is
 * brought to at least 0.
 *
 * **The end of the proof.** The test is significant only if K > √(ln(2/α)·(T³ + T²)/6). While no bound reaches this, less a
 * billionth for the rounding of the p-value, it is not.
 *
 * **How long it holds.** A point overstates a block by at most the block and the points between two edges, and the tail
 * by the tail. The threshold is T^1.5 away, so the tail lasts for about T^¾ points; T^¼ blocks last as long, and
 * more would only cost more. Bounds are multiples of ½ below 2⁵², without rounding.
 * Cost: O(T^¼) a point; O(T) to rebuild the tables.
 */
export class Certificate {
  readonly #threshold: number;
  readonly #logOdds: number;
  /** Points of the regime. */
  #length = 0;
  #blocks = 0;
  #blockLength = leastBlock;
  #edges: Float64Array = Float64Array.of(-Infinity, Infinity);
  readonly #rise = new Bounds(1);
  readonly #fall = new Bounds(-1);

  constructor(threshold: number, alpha: number) {
    this.#threshold = threshold;
    this.#logOdds = Math.LN2 - Math.log(alpha);
  }

  /**
   * Counts a new point in.
   *
   * @returns whether the test at this point is known not to be significant
   */
  admit(value: number): boolean {
    const upper = edgeFrom(this.#edges, value);
    const lower = this.#edges[upper] === value ? upper : upper - 1;
    const tail = this.#length - this.#blocks * this.#blockLength;
    const most = Math.max(this.#rise.raise(upper, tail), this.#fall.raise(lower, tail));
    this.#length++;
    return most < leastSignificant(this.#logOdds, this.#length);
  }

  /** Starts from the exact statistics, U⁺(t,T) and U⁻(t,T) at index t − 1. */
  restart(rise: Float64Array, fall: Float64Array): void {
    this.#rise.restart(rise, this.#blockLength);
    this.#fall.restart(fall, this.#blockLength);
  }

  /** Cuts the regime into blocks anew and fills the tables; to be followed by `restart`. */
  rebuild(regime: SortedRegime): void {
    this.#length = regime.length;
    this.#blockLength = Math.max(leastBlock, Math.ceil(regime.length ** 0.75 / 2));
    this.#blocks = Math.floor((regime.length - 1) / this.#blockLength);
    const width = this.#blocks + 1;
    this.#edges = edgesOf(regime, 4 * width);
    const counts = this.#doubledCounts(regime, -this.#threshold);
    this.#rise.rebuild(counts, width, this.#blockLength);
    this.#fall.rebuild(
      this.#threshold === 0 ? counts : this.#doubledCounts(regime, this.#threshold),
      width,
      this.#blockLength,
    );
  }

  /** For each edge and block: points less than `offset` above the edge, plus those at most that. */
  #doubledCounts({ values, times, length }: SortedRegime, offset: number): Float64Array {
    const edges = this.#edges;
    const blockLength = this.#blockLength;
    const width = this.#blocks + 1;
    const table = new Float64Array(edges.length * width);
    for (const tied of [false, true]) {
      let next = 0;
      for (let index = 0; index < edges.length; index++) {
        const edge = edges[index] as number;
        for (; next < length; next++) {
          const height = (values[next] as number) - edge;
          if (tied ? height > offset : height >= offset) break;
          const place = index * width + Math.floor((times[next] as number) / blockLength);
          table[place] = (table[place] as number) + 1;
        }
      }
    }
    for (let place = width; place < table.length; place++) {
      table[place] = (table[place] as number) + (table[place - width] as number);
    }
    return table;
  }
}

/** The first edge that is not below the value. */
function edgeFrom(edges: Float64Array, value: number): number {
  let low = 0;
  let high = edges.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edges[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The least K that can be significant, less a billionth of it. */
function leastSignificant(logOdds: number, points: number): number {
  return (1 - 1e-9) * points * Math.sqrt((logOdds * (points + 1)) / 6);
}

/** Evenly spread quantiles of the regime, each value once, between −∞ and ∞. */
function edgesOf({ values, length }: SortedRegime, count: number): Float64Array {
  const quantiles = Array.from(
    { length: count },
    (_, index) => values[Math.floor(((index + 0.5) * length) / count)] as number,
  );
  return Float64Array.from(new Set([-Infinity, ...quantiles, Infinity]));
}
