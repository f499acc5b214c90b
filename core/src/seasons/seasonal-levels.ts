import { JoinedLevels, type Levels } from '../scan/levels.ts';
import type { Order } from '../scan/levels-both-ways.ts';
import { ValueGrid } from '../scan/value-grid.ts';

/** Values of the grid at most: levels need no finer one, and each phase has counts of its own. */
const mostValues = 32;

/** How many points of each phase lie in each cell of a grid of values: at most 65 cells, 4 bytes a cell and phase. */
export class SeasonalLevels {
  readonly #grid: ValueGrid;
  readonly #phases = new Map<number, Uint32Array>();
  #points = 0;

  /** @param values - that the grid is made of, of any phase; not modified */
  constructor(values: Float64Array) {
    this.#grid = new ValueGrid(values, mostValues);
  }

  add(value: number, phase: number): void {
    const cell = this.#grid.cellOf(value);
    const counts = this.#phases.get(phase) ?? new Uint32Array(this.#grid.counts.length);
    counts[cell] = (counts[cell] as number) + 1;
    this.#phases.set(phase, counts);
    this.#points++;
  }

  /** The levels of all points by their ranks within their phases. Cost: O(cells of all phases). */
  in(order: Order): Levels {
    const sign = order === 'ascending' ? 1 : -1;
    let most = 0;
    const counts = new Map<number, number>();
    for (const cells of this.#phases.values()) {
      const points = cells.reduce((sum, count) => sum + count, 0);
      most = Math.max(most, points);
      let below = 0;
      for (let cell = 0; cell < cells.length; cell++) {
        const count = cells[cell] as number;
        if (count === 0) continue;
        const score = sign * (below + (count - points) / 2);
        counts.set(score, (counts.get(score) ?? 0) + count);
        below += count;
      }
    }
    const joined = new JoinedLevels(this.#points);
    for (const score of [...counts.keys()].sort((a, b) => a - b))
      joined.add(score / most, counts.get(score) as number);
    return joined.levels();
  }
}
