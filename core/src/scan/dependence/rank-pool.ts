import { at } from '../../float-list.ts';
import { lagPairs, lagSum, type ScoredStretch, scoredStretch } from './autocorrelation.ts';
import { inflationOfLines, type LagCorrelation } from './inflation.ts';
import { addSums, emptySums, type LagSums, pooledPoints } from './lag-sums.ts';

/** The distances in time at which ranks are compared. */
export const rankLags = [
  1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024,
] as const;

/** The points that earlier regimes fill up. */
const mostPooled = 2048;
/** Correlations and inflation are worked out from each other so often. */
const rounds = 6;
/** A correlation is raised by no more than this for the means that were taken off. */
const mostBias = 0.5;

/**
 * How much the ranks of neighbours resemble each other, pooled over the stretches of a regime and what earlier regimes left.
 *
 * A short regime does not show how far its memory reaches: where a level wanders and is measured with an error of its own, points far apart resemble each other nearly as much as
 * neighbours do. So earlier regimes fill up to 2,048 points, each with ranks of its own.
 */
export class RankPool {
  readonly #stretches: readonly ScoredStretch[];
  readonly #before: LagSums;
  /** The share of what earlier regimes left that counts. */
  readonly #share: number;
  readonly #points: number;
  /** Of a stretch, on average. */
  readonly #length: number;
  /** By the index of the lag, worked out when first needed. */
  readonly #products: number[] = [];

  constructor(stretches: readonly ScoredStretch[], before: LagSums = emptySums(rankLags.length)) {
    const own = stretches.reduce((sum, { scores }) => sum + scores.length, 0);
    this.#stretches = stretches;
    this.#before = before;
    this.#share = shareOf(before, own);
    this.#points = own + this.#share * pooledPoints(before);
    // A mean was taken off for each, at least those of two sides.
    this.#length = this.#points / Math.max(2, stretches.length + this.#share * at(before.counts, 1));
  }

  /**
   * The correlations that are significant, in ascending order of lags.
   *
   * A mean that was taken off lowers each of them by F(n) / n, where n is the length of its stretch. F follows from the correlations, so each is worked out from the other in turn.
   */
  correlations(): LagCorrelation[] {
    let inflation = 1;
    let found: LagCorrelation[] = [];
    for (let round = 0; round < rounds; round++) {
      found = this.#significant(Math.min(mostBias, inflation / this.#length));
      const next = inflationOfLines(found, this.#length);
      if (next <= inflation) break;
      inflation = next;
    }
    return found;
  }

  #significant(bias: number): LagCorrelation[] {
    const points = this.#points;
    const found: LagCorrelation[] = [];
    let least = 1;
    for (const [index, lag] of rankLags.entries()) {
      if (lag > this.#length / 4 || this.#pairs(index + 1) < points / 4) break;
      // The correlation is not let rise with the lag, so that F(a) / a only falls.
      least = Math.min(least, bias + (1 - bias) * (this.#product(index + 1) / this.#product(0)));
      if (least < 1 / Math.sqrt(points)) break;
      found.push({ lag, correlation: least });
    }
    return found;
  }

  /** The mean product at a lag; at index 0 the variance. */
  #product(index: number): number {
    const own = () => this.#stretches.reduce((sum, stretch) => sum + lagSum(stretch, lagAt(index)), 0);
    this.#products[index] ??= (own() + this.#share * at(this.#before.products, index)) / this.#pairs(index);
    return this.#products[index];
  }

  #pairs(index: number): number {
    const own = this.#stretches.reduce((sum, stretch) => sum + lagPairs(stretch, lagAt(index)), 0);
    return own + this.#share * at(this.#before.pairs, index);
  }
}

/** What a regime and those before it leave for the next one. @param parts - stretches of the regime without a change, newest first */
export function pooledSums(parts: readonly Float64Array[], before: LagSums | undefined): LagSums {
  const sums = emptySums(rankLags.length);
  for (const part of parts) {
    const room = mostPooled - pooledPoints(sums);
    if (room <= 0) break;
    addSums(sums, sumsOfStretch(part.subarray(Math.max(0, part.length - room))));
  }
  if (before !== undefined) addSums(sums, before, shareOf(before, pooledPoints(sums)));
  return sums;
}

/** Sums of the ranks of a stretch; none of an empty one or of constant values, which say nothing of their neighbours. */
function sumsOfStretch(values: Float64Array): LagSums {
  const sums = emptySums(rankLags.length);
  const stretch = scoredStretch(values);
  if (!(lagSum(stretch, 0) > 0)) return sums;
  sums.counts.set([values.length, 1]);
  for (let index = 0; index <= rankLags.length; index++) {
    sums.products[index] = lagSum(stretch, lagAt(index));
    sums.pairs[index] = lagPairs(stretch, lagAt(index));
  }
  return sums;
}

/** The lag of some sums; 0 at index 0. */
function lagAt(index: number): number {
  return index === 0 ? 0 : (rankLags[index - 1] as number);
}

function shareOf(before: LagSums, points: number): number {
  const known = pooledPoints(before);
  return known === 0 ? 0 : Math.min(1, Math.max(0, mostPooled - points) / known);
}
