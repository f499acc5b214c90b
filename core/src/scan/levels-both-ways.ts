import { type Levels, levelsOf } from './tied-score.ts';

/** The levels of a regime in either order, each worked out when first asked for. */
export class LevelsBothWays {
  readonly #cellsOf: () => Float64Array;
  #ascending: Levels | undefined;
  #descending: Levels | undefined;

  /** @param cellsOf - how many points each cell of the regime holds, in ascending order */
  constructor(cellsOf: () => Float64Array) {
    this.#cellsOf = cellsOf;
  }

  get ascending(): Levels {
    this.#ascending ??= levelsOf(this.#cellsOf());
    return this.#ascending;
  }

  get descending(): Levels {
    this.#descending ??= levelsOf(this.#cellsOf().slice().reverse());
    return this.#descending;
  }
}
