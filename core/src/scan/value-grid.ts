import { at } from '../float-list.ts';
import { countBelow } from '../search.ts';

/** So many values at most, unless another number is given. */
const mostValues = 128;

/** The length from which on a grid is made of fewer points than there are. */
const firstGrid = 64;

/** How many points the grid of a regime is made of: the first 64, 128, 256 … of them, or all while there are fewer. */
export function pointsOfGrid(length: number): number {
  return length < firstGrid ? length : 2 ** (31 - Math.clz32(length));
}

/**
 * Some values of a regime, spread as its points are, and how many points lie in the cells between and at them.
 *
 * Cell 2k lies below value k, cell 2k + 1 is value k itself; the last cell lies above all.
 */
export class ValueGrid {
  /** Ascending, no two alike. */
  readonly #values: Float64Array;
  /** How many points of the regime lie in each cell. */
  readonly counts: Float64Array;

  /**
   * @param regime - at least one point; not modified
   * @param most - values at most
   */
  constructor(regime: Float64Array, most = mostValues) {
    const sorted = regime.slice().sort();
    const count = Math.min(most, sorted.length);
    // The same places from either end, so that a change of sign changes nothing.
    const place = (index: number) => Math.floor(((index + 0.5) * sorted.length) / count);
    const spread = Float64Array.from({ length: count }, (_, index) =>
      at(sorted, 2 * index < count ? place(index) : sorted.length - 1 - place(count - 1 - index)),
    );
    this.#values = spread.filter((value, index) => index === 0 || value !== at(spread, index - 1));
    this.counts = new Float64Array(2 * this.#values.length + 1);
    for (const value of sorted) this.add(value);
  }

  /** Counts a point in its cell. */
  add(value: number): void {
    const cell = this.cellOf(value);
    this.counts[cell] = at(this.counts, cell) + 1;
  }

  /** The index of the cell that a value lies in. */
  cellOf(value: number): number {
    const values = this.#values;
    const below = countBelow(values, 0, values.length, value);
    return below < values.length && at(values, below) === value ? 2 * below + 1 : 2 * below;
  }
}
