import type { SortedRegime } from './sorted-regime.ts';

/** Blocks of splits that are bounded together; more make tighter bounds, and each costs one addition a point. */
const mostBlocks = 64;
/** Splits of a block at least. */
const leastBlock = 32;
/** Values at which the effect of a point is tabled; between two of them it is bounded by the table. */
const mostEdges = 256;

/**
 * Proves of most points that the test at them cannot be significant, without looking at the statistics.
 *
 * **What a point does.** x_T adds I⁺(t) = Σ_{i≤t} sgn(x_T − x_i − δ) to U⁺(t) and I⁻(t), with +δ, to U⁻(t), for all t < T; U(T−1)
 * starts from U = 0 of the split at the end, after which there is no point. Both increments grow with x_T, whatever the
 * rounding: x_T − x_i rounded once is monotone in x_T.
 *
 * **Blocks.** After an exact scan the largest U⁺(t) and −U⁻(t) of each block t_b < t ≤ t_{b+1} are known. Inside the block
 * I⁺(t) ≤ I⁺(t_b) + the points of the block that x_T exceeds by more than δ, since only those can add. The right side
 * is in a table, for some values ("edges") of x_T; for an x_T between two edges the upper one bounds it. Each
 * bound is raised by that of the new point, so it stays a bound. −I⁻(t) is bounded likewise, with the lower edge and
 * the points that exceed x_T by more than δ.
 *
 * **The tail.** Splits after the last block, also those that come with later points, share one bound. In the tail I⁺(t) ≤
 * I⁺(t_G) + the points of the tail, t_G being its start. A split that comes into being starts at 0: before a
 * point raises it the bound is brought to at least 0.
 *
 * **The end of the proof.** The test is significant only if K ≥ √(ln(2/α)·(T³ + T²)/6). While all bounds are below this,
 * by more than any rounding of the p-value, it is not.
 *
 * Bounds are whole numbers below 2⁵³, without rounding. Cost: O(blocks + log edges) a point; O(T + blocks · edges) to
 * rebuild the tables.
 */
export class Certificate {
  readonly #threshold: number;
  readonly #logOdds: number;
  /** Points of the regime. */
  #length = 0;
  #edges: Float64Array = new Float64Array(0);
  #blocks = 0;
  #blockLength = leastBlock;
  /** Bounds of U⁺ and of −U⁻ in each block, the tail last. */
  #rise = new Float64Array(1);
  #fall = new Float64Array(1);
  /** What a point adds to them at most: a row for each edge, and one for beyond the edges. The tail's is without its points. */
  #riseTable = new Float64Array(1);
  #fallTable = new Float64Array(1);

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
    const blocks = this.#blocks;
    const rise = this.#rise;
    const fall = this.#fall;
    const riseTable = this.#riseTable;
    const fallTable = this.#fallTable;
    const edge = lowerBound(this.#edges, value);
    const isEdge = this.#edges[edge] === value;
    const riseRow = edge * (blocks + 1);
    const fallRow = (isEdge ? edge + 1 : edge) * (blocks + 1);
    const tail = this.#length - blocks * this.#blockLength;
    rise[blocks] = Math.max(0, rise[blocks] as number) + tail;
    fall[blocks] = Math.max(0, fall[blocks] as number) + tail;
    let most = 0;
    for (let block = 0; block <= blocks; block++) {
      const up = (rise[block] as number) + (riseTable[riseRow + block] as number);
      const down = (fall[block] as number) + (fallTable[fallRow + block] as number);
      rise[block] = up;
      fall[block] = down;
      if (up > most) most = up;
      if (down > most) most = down;
    }
    this.#length++;
    return most < leastSignificant(this.#logOdds, this.#length);
  }

  /** Takes the largest statistics of each block from the exact ones, U⁺(t,T) and U⁻(t,T) at index t − 1. */
  restart(rise: Float64Array, fall: Float64Array): void {
    const end = this.#blocks * this.#blockLength;
    for (let block = 0; block <= this.#blocks; block++) {
      const from = block * this.#blockLength;
      const to = from < end ? from + this.#blockLength : rise.length;
      let up = Number.NEGATIVE_INFINITY;
      let down = Number.NEGATIVE_INFINITY;
      for (let index = from; index < to; index++) {
        up = Math.max(up, rise[index] as number);
        down = Math.max(down, -(fall[index] as number));
      }
      this.#rise[block] = up;
      this.#fall[block] = down;
    }
  }

  /** Cuts the regime into blocks anew and fills the tables; to be followed by `restart`. */
  rebuild(regime: SortedRegime): void {
    this.#blockLength = Math.max(leastBlock, Math.floor(regime.length / mostBlocks));
    this.#blocks = Math.floor((regime.length - 1) / this.#blockLength);
    this.#edges = edgesOf(regime);
    const width = this.#blocks + 1;
    this.#rise = new Float64Array(width);
    this.#fall = new Float64Array(width);
    const count = (offset: number, orAt: boolean) =>
      countLower(regime, this.#edges, this.#blockLength, this.#blocks, offset, orAt);
    const delta = this.#threshold;
    const lower = count(delta, false);
    const notHigher = count(delta, true);
    const lowerFall = delta === 0 ? lower : count(-delta, false);
    const notHigherFall = delta === 0 ? notHigher : count(-delta, true);
    this.#riseTable = new Float64Array((this.#edges.length + 1) * width);
    this.#fallTable = new Float64Array((this.#edges.length + 1) * width);
    for (let edge = 0; edge <= this.#edges.length; edge++) {
      const row = edge * width;
      let rise = 0;
      let fall = 0;
      for (let block = 0; block <= this.#blocks; block++) {
        const points = block < this.#blocks ? this.#blockLength : 0;
        if (edge < this.#edges.length) {
          const below = lower[row + block] as number;
          this.#riseTable[row + block] = rise + below;
          rise += below - (points - (notHigher[row + block] as number));
        } else {
          this.#riseTable[row + block] = rise += points;
        }
        if (edge > 0) {
          const above = points - (notHigherFall[row - width + block] as number);
          this.#fallTable[row + block] = fall + above;
          fall += above - (lowerFall[row - width + block] as number);
        } else {
          this.#fallTable[row + block] = fall += points;
        }
      }
    }
    this.#length = regime.length;
  }
}

/** How many edges are below the value. */
function lowerBound(edges: Float64Array, value: number): number {
  let low = 0;
  let high = edges.length;
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

/** Evenly spread quantiles of the regime, each value once. */
function edgesOf({ values, length }: SortedRegime): Float64Array {
  const count = Math.min(mostEdges, length >> 3);
  const edges: number[] = [];
  for (let index = 0; index < count; index++) {
    const value = values[Math.floor(((index + 0.5) * length) / count)] as number;
    if (value !== edges[edges.length - 1]) edges.push(value);
  }
  return Float64Array.from(edges);
}

/** Points of each block that an edge exceeds by more than the offset (or by the offset): a row of blocks for each edge, and a column of zeros for the tail. */
function countLower(
  { values, times, length }: SortedRegime,
  edges: Float64Array,
  blockLength: number,
  blocks: number,
  offset: number,
  orAt: boolean,
): Float64Array {
  const width = blocks + 1;
  const table = new Float64Array(edges.length * width);
  let point = 0;
  for (let edge = 0; edge < edges.length; edge++) {
    const value = edges[edge] as number;
    const row = edge * width;
    if (edge > 0) table.copyWithin(row, row - width, row);
    for (; point < length; point++) {
      const difference = value - (values[point] as number);
      if (orAt ? difference < offset : difference <= offset) break;
      const block = Math.floor((times[point] as number) / blockLength);
      if (block < blocks) table[row + block] = (table[row + block] as number) + 1;
    }
  }
  return table;
}
