import { at } from '../float-list.ts';
import type { ResolvedOptions } from '../options.ts';
import { countAt } from '../search.ts';
import type { SeasonalSplits } from '../seasons/seasonal-splits.ts';
import type { Inflation } from './dependence/inflation.ts';
import { effectiveScore } from './effective-score.ts';
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
  largest(
    splits: KeptSplits | SeasonalSplits,
    factor: number,
    inflation: Inflation,
    always: boolean,
  ): ScanScore | undefined {
    if (factor < leastFactor) return undefined;
    const minimumLength = this.#minimumLength;
    this.#threshold.set(factor, inflation);
    const { least } = this.#threshold;
    const levels = new LevelsBothWays((order) => splits.levelsIn(order));
    const { starts, rise, blocks, length, variances } = splits;
    const scale = variances === undefined ? 3 / ((length + 1) * factor) : 3;
    let statistic = 0;
    let best = 0;
    let mostSquare = 0;
    for (let block = 0; block < blocks - 1; block++) {
      const t = starts[block + 1] as number;
      const later = length - t;
      if (later < minimumLength) break;
      if (t < minimumLength) continue;
      const evidence = rise[block] as number;
      if (evidence === 0) continue;
      // Most splits are too far from the threshold, whatever their inflation is.
      const independent = variances === undefined ? t * later : (variances[block] as number);
      if (!always && evidence * evidence * scale * mostOfSquare < least * least * independent) continue;
      const variance = (t * inflation.of(later) + later * inflation.of(t)) / length;
      const m = Math.min(t, later) / inflation.of(Math.min(t, later));
      const square = (evidence * evidence * scale) / (independent * variance);
      const canExceed =
        variances === undefined
          ? square * mostOfZ(m) ** 2 > least ** 2
          : // The levels of a season take long to work out, so scores above those without ties are not looked for.
            effectiveScore(square, m) > least;
      if (!canExceed && (!always || square <= mostSquare)) continue;
      mostSquare = square;
      const exact = always ? 0 : least;
      // The ranks of the shorter side are high if it is the later one of a rise, or the earlier one of a fall.
      const side = evidence > 0 === later <= t ? levels.ascending : levels.descending;
      const share = m / side.points;
      const sum =
        variances === undefined
          ? (Math.sqrt((m * (length - m)) / (t * later * variance)) * Math.abs(evidence)) / (2 * length)
          : Math.sqrt(square * share * (1 - share) * side.squares);
      const score = Math.min(tiedScore(side, sum, m, exact), canExceed ? Infinity : least);
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
