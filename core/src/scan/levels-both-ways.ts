import type { Levels } from './levels.ts';

export type Order = 'ascending' | 'descending';

/** The levels of a regime in either order, each worked out when first asked for. */
export class LevelsBothWays {
  readonly #levelsIn: (order: Order) => Levels;
  #ascending: Levels | undefined;
  #descending: Levels | undefined;

  constructor(levelsIn: (order: Order) => Levels) {
    this.#levelsIn = levelsIn;
  }

  get ascending(): Levels {
    this.#ascending ??= this.#levelsIn('ascending');
    return this.#ascending;
  }

  get descending(): Levels {
    this.#descending ??= this.#levelsIn('descending');
    return this.#descending;
  }
}
