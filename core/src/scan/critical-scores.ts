import { at, grown } from '../float-list.ts';
import { type Inflation, noInflation } from './dependence/inflation.ts';
import { normalScore } from './normal-score.ts';

/** Below this a score grows with m. It is no higher than 1.75 there, and no threshold is as low. */
const leastZ = Math.sqrt(3);

/**
 * Up to which z a split cannot have a normal score above a threshold. So most splits need neither their score nor their inflation: z is that without inflation.
 *
 * The score falls as m grows, so in a class of m the least one needs the smallest z. F(m) and m / F(m) grow with m, so the same holds under
 * inflation. Classes are an eighth of an octave wide, and filled when first asked for.
 */
export class CriticalScores {
  readonly #threshold: number;
  readonly #inflation: Inflation;
  /** Up to 240 classes, of which a short regime needs few. */
  #squares: Float64Array = new Float64Array(32);

  constructor(threshold: number, inflation: Inflation) {
    this.#threshold = threshold;
    this.#inflation = inflation;
  }

  /** A z² up to which no split with a shorter side of m points exceeds the threshold; m is an integer of at least 1. */
  squareFor(m: number): number {
    const shift = Math.max(0, 28 - Math.clz32(m));
    const kind = (shift << 3) + (m >> shift);
    if (kind >= this.#squares.length) this.#squares = grown(this.#squares, kind + 1);
    const known = at(this.#squares, kind);
    if (known > 0) return known;
    const square = this.#squareAt((m >> shift) << shift);
    this.#squares[kind] = square;
    return square;
  }

  #squareAt(m: number): number {
    const inflation = this.#inflation.of(m);
    let low = 0;
    let high = this.#threshold + 4;
    for (let step = 0; step < 20; step++) {
      const middle = (low + high) / 2;
      if (normalScore(middle, m / inflation) > this.#threshold) high = middle;
      else low = middle;
    }
    // Neither the table of scores nor the inflation is exact to the last digits.
    return inflation * Math.max(leastZ ** 2, low * low) * (1 - 1e-4);
  }
}

/** Critical scores without inflation, by threshold. Most regimes share them. */
const shared = new Map<number, CriticalScores>();
const mostShared = 100;

/** The critical scores of a threshold under an inflation. */
export function criticalScores(threshold: number, inflation: Inflation): CriticalScores {
  if (inflation !== noInflation) return new CriticalScores(threshold, inflation);
  const known = shared.get(threshold);
  if (known !== undefined) return known;
  if (shared.size === mostShared) shared.clear();
  const made = new CriticalScores(threshold, noInflation);
  shared.set(threshold, made);
  return made;
}
