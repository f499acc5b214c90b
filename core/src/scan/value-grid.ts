import { at } from '../float-list.ts';
import { countAt, countBelow } from './search.ts';

/** So many values cut the line into cells in which a block of 10,000 points has few. */
const mostValues = 128;

/**
 * Some values of a regime, spread as its points are, and the cells between and at them.
 *
 * Cell 2k lies below value k, cell 2k + 1 is value k itself; the last cell lies above all. A block's *table* says for each cell how many of
 * its points lie in the cells before. With it, the place of a new value among the points of every block is known from one search of
 * the grid, but for the points in one cell.
 */
export class ValueGrid {
  /** Ascending, no two alike. */
  readonly #values: Float64Array;
  /** Points of the regime of which it was made. */
  readonly points: number;
  /** How many points of the regime lie in each cell. */
  readonly counts: Float64Array;

  /** @param regime - at least one point; not modified */
  constructor(regime: Float64Array) {
    const sorted = regime.slice().sort();
    const count = Math.min(mostValues, sorted.length);
    // The same places from either end, so that a change of sign changes nothing.
    const place = (index: number) => Math.floor(((index + 0.5) * sorted.length) / count);
    const spread = Float64Array.from({ length: count }, (_, index) =>
      at(sorted, 2 * index < count ? place(index) : sorted.length - 1 - place(count - 1 - index)),
    );
    this.#values = spread.filter((value, index) => index === 0 || value !== at(spread, index - 1));
    this.counts = new Float64Array(2 * this.#values.length + 1);
    this.points = regime.length;
    const before = this.tableOf(sorted, 0, sorted.length);
    this.counts.forEach((_, cell, counts) => {
      counts[cell] = countAt(before, cell + 1) - countAt(before, cell);
    });
  }

  /** Counts a new point of the regime in its cell. */
  add(cell: number): void {
    this.counts[cell] = at(this.counts, cell) + 1;
  }

  /** Counts a new point whose cell is not yet known. */
  addValue(value: number): void {
    const below = this.below(value, 0);
    this.add(below + this.belowOrAt(value, 0, below));
  }

  /** How many values of the grid lie below `value` by more than `offset`. */
  below(value: number, offset: number): number {
    return countBelow(this.#values, 0, this.#values.length, value, offset);
  }

  /**
   * The same for `offset` or more.
   *
   * @param below - what `below` says
   */
  belowOrAt(value: number, offset: number, below: number): number {
    const values = this.#values;
    let place = below;
    while (place < values.length && value - at(values, place) >= offset) place++;
    return place;
  }

  /** The table of a block: of each cell how many points lie in the cells before, and at last how many points there are. */
  tableOf(values: Float64Array, start: number, end: number): Int32Array {
    const table = new Int32Array(this.counts.length + 1);
    let place = start;
    for (let index = 0; index < this.#values.length; index++) {
      const value = at(this.#values, index);
      while (place < end && at(values, place) < value) place++;
      table[2 * index + 1] = place - start;
      while (place < end && at(values, place) === value) place++;
      table[2 * index + 2] = place - start;
    }
    table[this.counts.length] = end - start;
    return table;
  }
}

/** Adds the table of a block to that of the block before it, which takes its points. */
export function addTable(table: Int32Array, next: Int32Array): void {
  for (let cell = 0; cell < table.length; cell++) table[cell] = countAt(table, cell) + countAt(next, cell);
}
