import type { Direction } from '../../change-point.ts';
import type { ResolvedOptions } from '../../options.ts';
import type { RegimeMemory } from '../../regime-test.ts';
import { blockLength } from './lag-sums.ts';
import {
  addMoves,
  largestMove,
  type Moves,
  medianOfWindow,
  movesOfBlock,
  noMoves,
  rareMove,
} from './moves.ts';

/** The newest blocks that count, those of earlier regimes included. */
const mostBlocks = 16;
/** The most points of a median. */
const widest = 16;
/** Numbers of a memory. */
const memoryLength = 4;

/**
 * Changes that are larger than a series ever wanders. Ranks alone cannot tell them from wandering.
 *
 * A *leap* is a change within the last 128 points that exceeds, by more than δ, what the series moved within blocks of 128 points, before the change and in earlier regimes. Changes
 * and moves are differences of medians of `minimumLength` successive points, 16 at most, so that a spike is none.
 */
export class Leaps {
  readonly #threshold: number;
  readonly #every: number;
  readonly #window: number;
  readonly #before: Moves;
  /** The moves of complete blocks, by the number of the block; worked out when first needed. */
  readonly #complete: Moves[] = [];

  /** @param memory - ends with what `memory` said of the regime before, if it says anything */
  constructor(
    options: Pick<ResolvedOptions, 'practicalThreshold' | 'falseAlarmEvery' | 'minimumLength'>,
    memory: RegimeMemory | undefined,
  ) {
    this.#threshold = options.practicalThreshold;
    this.#every = options.falseAlarmEvery;
    this.#window = Math.min(widest, options.minimumLength);
    this.#before = movesIn(memory?.slice(-memoryLength), this.#window);
  }

  /** Whether the newest points of a regime are a leap from those before a split, which has at least `minimumLength` points on both sides. */
  isLeap(regime: Float64Array, split: number, direction: Direction): boolean {
    const { length } = regime;
    if (length - split > blockLength) return false;
    const window = this.#window;
    const rise =
      medianOfWindow(regime, length - window, window) - medianOfWindow(regime, split - window, window);
    const excess = (direction === 'up' ? rise : -rise) - this.#threshold;
    if (excess <= 0) return false;
    const blocks = Math.floor(split / blockLength);
    return excess > rareMove(this.#withBefore(this.#newest(noMoves, regime, blocks)), this.#every);
  }

  /** The memory for the next regime. */
  memory(regime: Float64Array, end: number, split: number): RegimeMemory {
    let moves = noMoves;
    for (let from = split; from + blockLength <= end; from += blockLength)
      moves = addMoves(moves, movesOfBlock(regime.subarray(from, from + blockLength), this.#window));
    moves = this.#withBefore(this.#newest(moves, regime, Math.floor(split / blockLength)));
    return [this.#window, moves.blocks, moves.sum, moves.squares];
  }

  /** Adds to some moves those of the first blocks of a regime, from the newest on, until there are enough. */
  #newest(moves: Moves, regime: Float64Array, blocks: number): Moves {
    let sum = moves;
    for (let number = blocks - 1; number >= 0 && sum.blocks < mostBlocks; number--) {
      const start = number * blockLength;
      const known =
        this.#complete[number] ?? movesOfBlock(regime.subarray(start, start + blockLength), this.#window);
      this.#complete[number] = known;
      sum = addMoves(sum, known);
    }
    return sum;
  }

  #withBefore(moves: Moves): Moves {
    const room = mostBlocks - moves.blocks;
    if (room <= 0 || this.#before.blocks === 0) return moves;
    return addMoves(moves, this.#before, Math.min(1, room / this.#before.blocks));
  }
}

/** The moves in a memory; none if it cannot hold any, since a memory may come from anywhere. */
function movesIn(memory: RegimeMemory | undefined, own: number): Moves {
  const [window, blocks = 0, sum = 0, squares = 0] = memory ?? [];
  const isOwn =
    window === own &&
    blocks > 0 &&
    sum >= 0 &&
    sum <= largestMove * blocks &&
    squares >= 0 &&
    squares <= largestMove ** 2 * blocks;
  return isOwn ? { blocks, sum, squares } : noMoves;
}
