import type { Direction } from '../change-point.ts';
import type { ResolvedOptions } from '../options.ts';
import type { SeasonalSplits } from '../seasons/seasonal-splits.ts';
import { criticalScores } from './critical-scores.ts';
import { type Inflation, noInflation } from './dependence/inflation.ts';
import { effectiveScore } from './effective-score.ts';
import type { KeptSplits } from './kept-splits.ts';
import { normalScore } from './normal-score.ts';
import type { ScanScore } from './scan-score.ts';
import { StatedThreshold } from './stated-threshold.ts';

/**
 * The scan of a regime with few ties, or none: the normal score of each split.
 *
 * Under dependence z² is divided by the inflation of its variance, (t·F(T−t) + (T−t)·F(t)) / T, and m points count as m / F(m).
 */
export class UntiedSplits {
  readonly #minimumLength: number;
  readonly #stated: StatedThreshold;
  #critical = criticalScores(0, noInflation);

  constructor(options: Pick<ResolvedOptions, 'falseAlarmEvery' | 'minimumLength'>) {
    this.#minimumLength = options.minimumLength;
    this.#stated = new StatedThreshold(options);
  }

  /**
   * The largest score of the splits that can exceed the threshold.
   *
   * @param factor - by which ties lessen the variance, where the splits do not have variances of their own
   * @param always - whether also to score the others
   */
  largest(
    splits: KeptSplits | SeasonalSplits,
    factor: number,
    inflation: Inflation,
    always: boolean,
  ): ScanScore | undefined {
    const minimumLength = this.#minimumLength;
    if (this.#stated.set(inflation)) this.#critical = criticalScores(this.#stated.needed, inflation);
    const critical = this.#critical;
    const { starts, rise, fall, blocks, length, variances } = splits;
    const isInflated = inflation.limit > 1;
    const scale = variances === undefined ? 3 / ((length + 1) * factor) : 3;
    const least = always ? 0 : critical.squareFor(minimumLength);
    let statistic = 0;
    let split = 0;
    let direction: Direction = 'up';
    for (let block = 0; block < blocks - 1; block++) {
      const t = starts[block + 1] as number;
      const later = length - t;
      if (later < minimumLength) break;
      if (t < minimumLength) continue;
      const up = rise[block] as number;
      const evidence = Math.max(up, -(fall[block] as number));
      // Most splits are so far from the threshold that this shows it, without a division or a look into the table.
      const variance = variances === undefined ? t * later : (variances[block] as number);
      if (evidence * Math.abs(evidence) * scale <= least * variance) continue;
      let m = Math.min(t, later);
      let square = (evidence * evidence * scale) / variance;
      if (!always && square <= critical.squareFor(m)) continue;
      if (isInflated) {
        square /= (t * inflation.of(later) + later * inflation.of(t)) / length;
        m /= inflation.of(m);
      }
      const score = isInflated ? effectiveScore(square, m) : normalScore(Math.sqrt(square), m);
      if (score > statistic) {
        statistic = score;
        split = t;
        direction = up > 0 ? 'up' : 'down';
      }
    }
    return this.#stated.scoreOf(statistic, split, direction);
  }
}
