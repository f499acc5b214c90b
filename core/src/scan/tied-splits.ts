import type { Direction } from '../change-point.ts';
import { at } from '../float-list.ts';
import type { ResolvedOptions } from '../options.ts';
import type { Alarm } from '../regime-test.ts';
import type { KeptSplits } from './kept-splits.ts';
import { leastEvery, pointsBetween, scanThreshold } from './scan-threshold.ts';
import { countAt } from './search.ts';
import { type Levels, levelsOf, tiedScore } from './tied-score.ts';

/** Below this all points are equal but for a rounding error. */
const leastFactor = 1e-9;
/** The threshold is worked out for so many factors an octave. */
const factorsAnOctave = 32;
/** How far a score can be above z, as a multiple: more for a few points. From simulations. */
const mostOfZ = (m: number) => (m < 6 ? 2 : 1.6);

/**
 * The scan of a regime with strong ties: the score of each split is the tail of its sum of ranks among the levels that the regime has.
 *
 * Of tied points, fewer splits are independent: the threshold is that of N·√c, where c is the factor of the ties.
 * Only a split that can exceed it is worked out.
 */
export class TiedSplits {
  readonly #options: Pick<ResolvedOptions, 'falseAlarmEvery' | 'minimumLength'>;
  /** The class of the factor that the threshold is for. */
  #kind = Number.NaN;
  #threshold = 0;

  constructor(options: Pick<ResolvedOptions, 'falseAlarmEvery' | 'minimumLength'>) {
    this.#options = options;
  }

  /** @param factor - 1 − Σ (c³ − c) / (T³ − T) of the levels, where each has c points */
  alarm(splits: KeptSplits, factor: number): Alarm | undefined {
    if (factor < leastFactor) return undefined;
    const { falseAlarmEvery, minimumLength } = this.#options;
    const kind = Math.round(factorsAnOctave * Math.log2(factor));
    const share = Math.max(2 ** (kind / (2 * factorsAnOctave)), leastEvery / falseAlarmEvery);
    if (kind !== this.#kind) {
      this.#kind = kind;
      this.#threshold = scanThreshold(share * falseAlarmEvery, minimumLength);
    }
    const { starts, rise, blocks, length } = splits;
    const scale = 3 / ((length + 1) * factor);
    const levels = new LevelsBothWays(splits);
    let statistic = 0;
    let direction: Direction = 'up';
    for (let block = 0; block < blocks - 1; block++) {
      const t = countAt(starts, block + 1);
      const later = length - t;
      if (later < minimumLength) break;
      if (t < minimumLength) continue;
      const evidence = at(rise, block);
      const m = Math.min(t, later);
      const square = (evidence * evidence * scale) / (t * later);
      if (square * mostOfZ(m) ** 2 <= this.#threshold ** 2) continue;
      // The ranks of the shorter side are high if it is the later one of a rise, or the earlier one of a fall.
      const isHigh = evidence > 0 === later <= t;
      const score = tiedScore(
        isHigh ? levels.ascending : levels.descending,
        Math.abs(evidence) / (2 * length),
        m,
      );
      if (score > statistic) {
        statistic = score;
        direction = evidence > 0 ? 'up' : 'down';
      }
    }
    if (statistic === 0) return undefined;
    const pValue = share / pointsBetween(statistic, minimumLength);
    return pValue < 1 / falseAlarmEvery ? { statistic, pValue, direction } : undefined;
  }
}

/** The levels of a regime, worked out when first asked for. */
class LevelsBothWays {
  readonly #splits: KeptSplits;
  #ascending: Levels | undefined;
  #descending: Levels | undefined;

  constructor(splits: KeptSplits) {
    this.#splits = splits;
  }

  get ascending(): Levels {
    this.#ascending ??= levelsOf(this.#splits.levels);
    return this.#ascending;
  }

  get descending(): Levels {
    this.#descending ??= levelsOf(this.#splits.levels.slice().reverse());
    return this.#descending;
  }
}
