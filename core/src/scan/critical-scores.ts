import { at } from '../float-list.ts';
import { normalScore } from './normal-score.ts';

/** Below this the table of scores is not monotone in m; no threshold is as low. */
const leastZ = 2;

/**
 * Which z cannot have a normal score above a threshold, whatever the score is exactly.
 *
 * The score falls with m, so the z that the least m of a class needs is one that no m of it can do with less. Classes are an eighth of an octave wide, and
 * filled when first asked for.
 */
export class CriticalScores {
  readonly #threshold: number;
  readonly #squares = new Float64Array(256);

  constructor(threshold: number) {
    this.#threshold = threshold;
  }

  /** A z² up to which no split with a shorter side of m points exceeds the threshold; m is an integer of at least 1. */
  squareFor(m: number): number {
    const shift = Math.max(0, 28 - Math.clz32(m));
    const kind = (shift << 3) + (m >> shift);
    const known = at(this.#squares, kind);
    if (known > 0) return known;
    const square = this.#squareAt((m >> shift) << shift);
    this.#squares[kind] = square;
    return square;
  }

  #squareAt(m: number): number {
    let [low, high] = [0, this.#threshold + 4];
    for (let step = 0; step < 40; step++) {
      const middle = (low + high) / 2;
      if (normalScore(middle, m) > this.#threshold) high = middle;
      else low = middle;
    }
    // The table of scores is not exact to the last digits.
    return Math.max(leastZ ** 2, low * low * (1 - 1e-4));
  }
}
