import type { Direction } from '../change-point.ts';
import { at } from '../float-list.ts';
import type { ResolvedOptions } from '../options.ts';
import { CriticalScores } from './critical-scores.ts';
import type { Inflation } from './dependence/inflation.ts';
import { rateShare } from './dependence/rate-share.ts';
import type { KeptSplits } from './kept-splits.ts';
import { normalScore } from './normal-score.ts';
import type { ScanScore } from './scan-score.ts';
import { pointsBetween, scanThreshold } from './scan-threshold.ts';
import { countAt } from './search.ts';

/** Of dependent points, few count as one: fewer than two could reach any score. Below this, z itself stands for its score. */
const leastZ = 2;

/**
 * The scan of a regime with few ties, or none: the normal score of each split.
 *
 * Under dependence z² is divided by the inflation of its variance, (t·F(T−t) + (T−t)·F(t)) / T, and m points count as m / F(m).
 */
export class UntiedSplits {
  readonly #options: Pick<ResolvedOptions, 'falseAlarmEvery' | 'minimumLength'>;
  /** What the threshold is for. */
  #share = 0;
  #threshold = 0;
  #critical: CriticalScores;

  constructor(options: Pick<ResolvedOptions, 'falseAlarmEvery' | 'minimumLength'>) {
    this.#options = options;
    this.#critical = new CriticalScores(0);
  }

  /**
   * The largest score of the splits that can exceed the threshold.
   *
   * @param factor - by which ties lessen the variance
   * @param always - whether also to score the others
   */
  largest(splits: KeptSplits, factor: number, inflation: Inflation, always: boolean): ScanScore | undefined {
    const { falseAlarmEvery, minimumLength } = this.#options;
    this.#setShare(rateShare(inflation, falseAlarmEvery));
    const critical = this.#critical;
    const { starts, rise, fall, blocks, length } = splits;
    const isInflated = inflation.limit > 1;
    const scale = 3 / ((length + 1) * factor);
    const least = always ? 0 : leastSquare(critical, minimumLength, inflation);
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
      // Most splits are as far from it as this: no division, no look into the table.
      if (evidence * evidence * scale < least * t * later) continue;
      let square = (evidence * evidence * scale) / (t * later);
      let m = Math.min(t, later);
      if (isInflated) {
        square /= (t * inflation.of(later) + later * inflation.of(t)) / length;
        m /= inflation.of(m);
      }
      if (!always && square <= critical.squareFor(Math.floor(m))) continue;
      const score =
        isInflated && square < leastZ ** 2 ? Math.sqrt(square) : normalScore(Math.sqrt(square), m);
      if (score > statistic) {
        statistic = score;
        split = t;
        direction = up > 0 ? 'up' : 'down';
      }
    }
    if (statistic === 0) return undefined;
    return {
      statistic,
      needed: this.#threshold,
      pValue: this.#share / pointsBetween(statistic, minimumLength),
      direction,
      split,
    };
  }

  #setShare(share: number): void {
    if (share === this.#share) return;
    const { falseAlarmEvery, minimumLength } = this.#options;
    this.#share = share;
    this.#threshold = scanThreshold(share * falseAlarmEvery, minimumLength);
    this.#critical = new CriticalScores(this.#threshold);
  }
}

/**
 * A z², before it is divided by any inflation, up to which no split exceeds the threshold.
 *
 * Both F(m) and m / F(m) grow with m, and so does the z² that is needed: it is least for the shortest side.
 */
function leastSquare(critical: CriticalScores, minimumLength: number, inflation: Inflation): number {
  const least = inflation.of(minimumLength);
  return least * critical.squareFor(Math.floor(minimumLength / least));
}
