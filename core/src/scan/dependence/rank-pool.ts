import { at } from '../../float-list.ts';
import { lagTotal, type ScoredStretch, scoredStretch } from './autocorrelation.ts';
import { inflationOfLines, type LagCorrelation } from './inflation.ts';
import {
  addSums,
  blockLags,
  blockLength,
  emptySums,
  fillUp,
  type LagSums,
  mostPooled,
  pooledPoints,
  shareToFill,
} from './lag-sums.ts';

/** The distances in time at which ranks are compared. Only blocks that are longer than usual reach beyond those of the usual ones. */
const rankLags = [...blockLags, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024] as const;

/** Correlations and inflation are worked out from each other so often. */
const rounds = 6;
/** A correlation is raised by no more than this for the means that were taken off. */
const mostBias = 0.5;

/**
 * How much the ranks of neighbours resemble each other, pooled over the blocks of a regime and what earlier regimes left.
 *
 * A short regime does not show how far its memory reaches: where a level wanders and is measured with an error of its own, points far apart resemble each other nearly as much as
 * neighbours do. So earlier regimes fill up to 2,048 points. Each block has ranks of its own. So a change of level that was missed is dependence in the one block that it is in, and
 * not in all of its regime: else it would hide the next changes, and these the ones after them, for ever.
 */
export class RankPool {
  readonly #blocks: readonly ScoredStretch[];
  readonly #before: LagSums;
  /** The share of what earlier regimes left that counts. */
  readonly #share: number;
  readonly #points: number;
  /** Of a block, on average. */
  readonly #length: number;
  /** By the index of the lag, worked out when first needed. */
  readonly #totals: ReturnType<typeof lagTotal>[] = [];

  constructor(blocks: readonly ScoredStretch[], before: LagSums = emptySums()) {
    const own = blocks.reduce((sum, { scores }) => sum + scores.length, 0);
    this.#blocks = blocks;
    this.#before = before;
    this.#share = shareToFill(before, own);
    this.#points = own + this.#share * pooledPoints(before);
    // A mean was taken off for each, at least those of two sides.
    this.#length = this.#points / Math.max(2, blocks.length + this.#share * at(before.counts, 1));
  }

  /**
   * The correlations that are significant, in ascending order of lags.
   *
   * A mean that was taken off lowers each of them by F(n) / n, where n is the length of its block. F follows from the correlations, so each is worked out from the other in turn.
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
    const squares = this.#total(0);
    const variance = squares.sum / squares.pairs;
    const found: LagCorrelation[] = [];
    let least = 1;
    for (const [index, lag] of rankLags.entries()) {
      if (lag > this.#length / 4) break;
      const { sum, pairs } = this.#total(index + 1);
      // Up to a quarter of the length there are three times as many, but a memory may come from anywhere.
      if (pairs < points / 4) break;
      // The correlation is not let rise with the lag, so that F(a) / a only falls.
      least = Math.min(least, bias + (1 - bias) * (sum / pairs / variance));
      if (least < 1 / Math.sqrt(points)) break;
      found.push({ lag, correlation: least });
    }
    return found;
  }

  /** The sum of the products at a lag, and how many these are; at index 0 of the squares. */
  #total(index: number): ReturnType<typeof lagTotal> {
    const known = this.#totals[index];
    if (known !== undefined) return known;
    const { sum, pairs } = lagTotal(this.#blocks, lagAt(index));
    const { products, pairs: before } = this.#before;
    const total = {
      sum: sum + this.#share * (products[index] ?? 0),
      pairs: pairs + this.#share * (before[index] ?? 0),
    };
    this.#totals[index] = total;
    return total;
  }
}

/** Cuts a stretch into blocks of nearly the same length, each of at most so many points. */
export function inBlocks(stretch: Float64Array, longest: number): Float64Array[] {
  const count = Math.ceil(stretch.length / longest);
  const startOf = (block: number) => Math.round((block * stretch.length) / count);
  return Array.from({ length: count }, (_, block) => stretch.subarray(startOf(block), startOf(block + 1)));
}

/** What a regime and those before it leave for the next one. @param parts - stretches of the regime without a change, newest first */
export function pooledSums(parts: readonly Float64Array[], before: LagSums | undefined): LagSums {
  const sums = emptySums();
  for (const part of parts) {
    const room = mostPooled - pooledPoints(sums);
    if (room <= 0) break;
    for (const block of inBlocks(part.subarray(Math.max(0, part.length - room)), blockLength))
      addSums(sums, sumsOfRanks(block));
  }
  fillUp(sums, before);
  return sums;
}

/** Sums of the ranks of a block; none of constant values, which say nothing of their neighbours. */
function sumsOfRanks(values: Float64Array): LagSums {
  const sums = emptySums();
  const blocks = [scoredStretch(values)];
  for (let index = 0; index <= blockLags.length; index++) {
    const { sum, pairs } = lagTotal(blocks, lagAt(index));
    if (index === 0 && sum === 0) return sums;
    sums.products[index] = sum;
    sums.pairs[index] = pairs;
  }
  sums.counts.set([values.length, 1]);
  return sums;
}

/** The lag of some sums; 0 at index 0. */
function lagAt(index: number): number {
  return index === 0 ? 0 : (rankLags[index - 1] as number);
}
