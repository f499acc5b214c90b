import type { Direction } from '../change-point.ts';
import { at } from '../float-list.ts';
import type { ResolvedOptions } from '../options.ts';
import type { SeasonalSplits } from '../seasons/seasonal-splits.ts';
import { CriticalScores } from './critical-scores.ts';
import { type Inflation, noInflation } from './dependence/inflation.ts';
import { effectiveScore } from './effective-score.ts';
import type { KeptSplits } from './kept-splits.ts';
import { normalScore } from './normal-score.ts';
import type { ScanScore } from './scan-score.ts';
import { countAt } from './search.ts';
import { StatedThreshold } from './stated-threshold.ts';

/**
 * The scan of a dependent regime with a practical threshold: a split must pass two tests.
 *
 * That of a shift of δ among independent points: its score exceeds the threshold of N, h₀. And that of no shift among dependent ones: its score under inflation, or z with
 * the slack added to U, exceeds the threshold h of the fewer points between false alarms. One number says both: the smaller of the two scores, the first one times h / h₀.
 */
export class ThresholdSplits {
  readonly #minimumLength: number;
  /** h₀. */
  readonly #threshold: number;
  readonly #critical: CriticalScores;
  /** h. */
  readonly #stated: StatedThreshold;

  constructor(options: Pick<ResolvedOptions, 'falseAlarmEvery' | 'minimumLength'>) {
    this.#minimumLength = options.minimumLength;
    this.#stated = new StatedThreshold(options);
    this.#threshold = this.#stated.needed;
    this.#critical = new CriticalScores(this.#threshold, noInflation);
  }

  /**
   * The largest score of the splits that can exceed the threshold.
   *
   * @param always - whether also to score the others
   */
  largest(splits: KeptSplits | SeasonalSplits, inflation: Inflation, always: boolean): ScanScore | undefined {
    const minimumLength = this.#minimumLength;
    const { starts, rise, fall, blocks, length, variances, pairs } = splits;
    const scale = variances === undefined ? 3 / (length + 1) : 3;
    let statistic = 0;
    let split = 0;
    let direction: Direction = 'up';
    for (let block = 0; block < blocks - 1; block++) {
      const t = countAt(starts, block + 1);
      const later = length - t;
      if (later < minimumLength) break;
      if (t < minimumLength) continue;
      const up = at(rise, block);
      const evidence = Math.max(up, -at(fall, block));
      if (evidence <= 0) continue;
      const m = Math.min(t, later);
      const compared = pairs === undefined ? t * later : at(pairs, block);
      const weight = variances === undefined ? compared : at(variances, block);
      const square = (evidence * evidence * scale) / weight;
      if (!always && square <= this.#critical.squareFor(m)) continue;
      // Not before, since an inflation may be worked out when it is asked for.
      this.#stated.set(inflation);
      const independent = normalScore(Math.sqrt(square), m) * (this.#stated.needed / this.#threshold);
      if (independent <= statistic) continue;
      const variance = (t * inflation.of(later) + later * inflation.of(t)) / length;
      const inflated = effectiveScore(square / variance, m / inflation.of(m));
      const shifted = (evidence + inflation.slack * compared) * Math.sqrt(scale / (weight * variance));
      const score = variance > 1 ? Math.min(independent, Math.max(inflated, shifted)) : independent;
      if (score > statistic) {
        statistic = score;
        split = t;
        direction = up > 0 ? 'up' : 'down';
      }
    }
    return this.#stated.scoreOf(statistic, split, direction);
  }
}
