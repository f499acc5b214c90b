import { at } from '../float-list.ts';
import type { ResolvedOptions } from '../options.ts';
import { countAt } from '../search.ts';
import type { Inflation } from './dependence/inflation.ts';
import type { KeptSplits } from './kept-splits.ts';
import { LevelsBothWays } from './levels-both-ways.ts';
import type { ScanScore } from './scan-score.ts';
import { pointsBetween } from './scan-threshold.ts';
import { tiedScore } from './tied-score.ts';
import { TiedThreshold } from './tied-threshold.ts';

/** Below this all points are equal but for a rounding error. */
const leastFactor = 1e-9;
/** How far a score can be above z, as a multiple: more for a few points. From simulations. */
const mostOfZ = (m: number) => (m < 6 ? 2 : 1.6);
/** A little more than the largest square of that. */
const mostOfSquare = 4.001;

/**
 * The scan of a regime with strong ties: the score of each split is the tail of its sum of ranks among the levels that the regime has.
 *
 * Only a split that can exceed the threshold is scored. The threshold itself is worked out once a score exceeds the lowest value that it can have.
 * Under dependence m / F(m) points stand for the m points of a side; their sum is as many standard deviations from its mean.
 */
export class TiedSplits {
  readonly #minimumLength: number;
  readonly #threshold: TiedThreshold;

  constructor(options: Pick<ResolvedOptions, 'falseAlarmEvery' | 'minimumLength'>) {
    this.#minimumLength = options.minimumLength;
    this.#threshold = new TiedThreshold(options);
  }

  /**
   * The largest score of the splits that can exceed the threshold. All other splits have lower scores.
   *
   * @param factor - 1 − Σ (c³ − c) / (T³ − T) of the levels, where each has c points
   * @param always - whether also to score the split with the largest z, if it cannot exceed the threshold
   */
  largest(splits: KeptSplits, factor: number, inflation: Inflation, always: boolean): ScanScore | undefined {
    if (factor < leastFactor) return undefined;
    const minimumLength = this.#minimumLength;
    this.#threshold.set(factor, inflation);
    const { least } = this.#threshold;
    const levels = new LevelsBothWays(() => splits.levels);
    const { starts, rise, blocks, length } = splits;
    const scale = 3 / ((length + 1) * factor);
    let statistic = 0;
    let best = 0;
    let mostSquare = 0;
    for (let block = 0; block < blocks - 1; block++) {
      const t = starts[block + 1] as number;
      const later = length - t;
      if (later < minimumLength) break;
      if (t < minimumLength) continue;
      const evidence = rise[block] as number;
      // Most splits are too far from the threshold, whatever their inflation is.
      if (!always && evidence * evidence * scale * mostOfSquare < least * least * t * later) continue;
      const variance = (t * inflation.of(later) + later * inflation.of(t)) / length;
      const m = Math.min(t, later) / inflation.of(Math.min(t, later));
      const square = (evidence * evidence * scale) / (t * later * variance);
      const canExceed = square * mostOfZ(m) ** 2 > least ** 2;
      if (!canExceed && (!always || square <= mostSquare)) continue;
      mostSquare = square;
      const exact = always ? 0 : least;
      const score = Math.min(
        scoreOf(splits, levels, block, m, variance, exact),
        canExceed ? Infinity : least,
      );
      if (score > statistic) {
        statistic = score;
        best = block;
      }
    }
    if (statistic === 0 || (!always && statistic <= least)) return undefined;
    const { needed, share } = this.#threshold.of(levels);
    return {
      statistic,
      needed,
      pValue: share / pointsBetween(statistic, minimumLength),
      direction: at(rise, best) > 0 ? 'up' : 'down',
      split: countAt(starts, best + 1),
    };
  }
}

/**
 * The score of the split after a block.
 *
 * @param m - for how many points those of the shorter side count
 * @param variance - how many times the variance of independent points it has
 * @param needed - a score far below this need not be exact
 */
function scoreOf(
  { starts, rise, length }: KeptSplits,
  levels: LevelsBothWays,
  block: number,
  m: number,
  variance: number,
  needed: number,
): number {
  const t = countAt(starts, block + 1);
  const later = length - t;
  const evidence = at(rise, block);
  // The ranks of the shorter side are high if it is the later one of a rise, or the earlier one of a fall.
  const isHigh = evidence > 0 === later <= t;
  // Makes the sum as many standard deviations from 0 as the evidence is, for m scores drawn without replacement.
  const share = Math.sqrt((m * (length - m)) / (t * later * variance));
  return tiedScore(
    isHigh ? levels.ascending : levels.descending,
    (share * Math.abs(evidence)) / (2 * length),
    m,
    needed,
  );
}
