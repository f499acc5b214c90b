import type { Direction } from '../change-point.ts';
import { at, type FloatList } from '../float-list.ts';
import type { ResolvedOptions } from '../options.ts';
import type { RegimeMemory } from '../regime-test.ts';
import { countAt } from '../search.ts';
import type { SeasonalSplits } from '../seasons/seasonal-splits.ts';
import { CriticalScores } from './critical-scores.ts';
import { type Inflation, noInflation } from './dependence/inflation.ts';
import { Leaps } from './dependence/leaps.ts';
import { effectiveScore } from './effective-score.ts';
import type { KeptSplits } from './kept-splits.ts';
import { normalScore } from './normal-score.ts';
import type { ScanScore } from './scan-score.ts';
import { StatedThreshold } from './stated-threshold.ts';

/** Which score is asked for: the largest one that can exceed the threshold, the same among leaps alone, or the largest one whatever it is. */
export type AskedScore = 'exceeding' | 'leap' | 'any';

/**
 * The scan of a dependent regime with a practical threshold: a split must pass two tests.
 *
 * The first test is against a shift of δ among independent points: the score must exceed h₀, the threshold for N. The second is against no shift among dependent
 * points: the score under inflation, or z with the slack added to U, must exceed h, the threshold for fewer points between false alarms.
 * The score of a split is the smaller of the two, the first one times h / h₀, so that both are compared with h. A leap need not pass the second test.
 */
export class ThresholdSplits {
  readonly #minimumLength: number;
  /** h₀. */
  readonly #threshold: number;
  readonly #critical: CriticalScores;
  /** h. */
  readonly #stated: StatedThreshold;
  readonly #leaps: Leaps;

  /** @param memory - of the regimes before */
  constructor(
    options: Pick<ResolvedOptions, 'practicalThreshold' | 'falseAlarmEvery' | 'minimumLength'>,
    memory: RegimeMemory | undefined,
  ) {
    this.#leaps = new Leaps(options, memory);
    this.#minimumLength = options.minimumLength;
    this.#stated = new StatedThreshold(options);
    this.#threshold = this.#stated.needed;
    this.#critical = new CriticalScores(this.#threshold, noInflation);
  }

  /** The memory of leaps for the next regime. */
  memory(regime: Float64Array, end: number, split: number): RegimeMemory {
    return this.#leaps.memory(regime, end, split);
  }

  /** The largest score of the splits of a regime. */
  largest(
    regime: FloatList,
    splits: KeptSplits | SeasonalSplits,
    inflation: Inflation,
    asked: AskedScore,
  ): ScanScore | undefined {
    const minimumLength = this.#minimumLength;
    const { starts, rise, fall, blocks, length, variances, pairs } = splits;
    const scale = variances === undefined ? 3 / (length + 1) : 3;
    const least = asked === 'any' ? 0 : this.#critical.squareFor(minimumLength);
    let statistic = 0;
    let split = 0;
    let direction: Direction = 'up';
    for (let block = 0; block < blocks - 1; block++) {
      const up = at(rise, block);
      const down = at(fall, block);
      // Most splits have no evidence.
      if (up <= 0 && down >= 0) continue;
      const t = countAt(starts, block + 1);
      const later = length - t;
      if (later < minimumLength) break;
      if (t < minimumLength) continue;
      const weight = variances === undefined ? t * later : at(variances, block);
      const evidence = Math.max(up, -down);
      // Most others are so far from an alarm that this shows it, without a division or a look into the table.
      const scaled = evidence * evidence * scale;
      if (scaled <= least * weight) continue;
      const m = Math.min(t, later);
      const square = scaled / weight;
      if (asked !== 'any' && square <= this.#critical.squareFor(m)) continue;
      const way = up > 0 ? 'up' : 'down';
      if (asked === 'leap' && !this.#leaps.isLeap(regime.view(), t, way)) continue;
      // Not earlier: this asks for the inflation, which may be worked out only then.
      this.#stated.set(inflation);
      const independent = normalScore(Math.sqrt(square), m) * (this.#stated.needed / this.#threshold);
      if (independent <= statistic) continue;
      const variance = (t * inflation.of(later) + later * inflation.of(t)) / length;
      const inflated = effectiveScore(square / variance, m / inflation.of(m));
      const compared = pairs === undefined ? weight : at(pairs, block);
      const shifted = (evidence + inflation.slack * compared) * Math.sqrt(scale / (weight * variance));
      const dependent = variance > 1 ? Math.max(inflated, shifted) : independent;
      const score =
        dependent < independent && !this.#leaps.isLeap(regime.view(), t, way) ? dependent : independent;
      if (score > statistic) {
        statistic = score;
        split = t;
        direction = way;
      }
    }
    return this.#stated.scoreOf(statistic, split, direction);
  }
}
