import type { Direction } from '../change-point.ts';
import type { ResolvedOptions } from '../options.ts';
import type { Inflation } from './dependence/inflation.ts';
import { rateShare } from './dependence/rate-share.ts';
import type { ScanScore } from './scan-score.ts';
import { pointsBetween, scanThreshold } from './scan-threshold.ts';

/** What a score must exceed so that false alarms are as rare as stated, under the inflation in force. */
export class StatedThreshold {
  readonly #options: Pick<ResolvedOptions, 'falseAlarmEvery' | 'minimumLength'>;
  #inflation: Inflation | undefined;
  #share = 1;
  /** The threshold; that of independent points before the first inflation. */
  needed: number;

  constructor(options: Pick<ResolvedOptions, 'falseAlarmEvery' | 'minimumLength'>) {
    this.#options = options;
    this.needed = scanThreshold(options.falseAlarmEvery, options.minimumLength);
  }

  /** Puts an inflation in force. @returns whether it is another one than before */
  set(inflation: Inflation): boolean {
    if (inflation === this.#inflation) return false;
    const { falseAlarmEvery, minimumLength } = this.#options;
    this.#inflation = inflation;
    this.#share = rateShare(inflation, falseAlarmEvery);
    this.needed = scanThreshold(this.#share * falseAlarmEvery, minimumLength);
    return true;
  }

  /** What a largest score of this size says; `undefined` for a score of 0. */
  scoreOf(statistic: number, split: number, direction: Direction): ScanScore | undefined {
    if (statistic === 0) return undefined;
    const pValue = this.#share / pointsBetween(statistic, this.#options.minimumLength);
    return { statistic, needed: this.needed, pValue, direction, split };
  }
}
