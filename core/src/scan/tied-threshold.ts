import type { ResolvedOptions } from '../options.ts';
import { type Inflation, noInflation } from './dependence/inflation.ts';
import { rateShare } from './dependence/rate-share.ts';
import type { LevelsBothWays } from './levels-both-ways.ts';
import { leastEvery, scanThreshold } from './scan-threshold.ts';
import { tiedShare } from './tied-share.ts';

/** First guesses are so many an octave of the factor: one serves many points. */
const factorsAnOctave = 32;
/** The share is no smaller than this part of its first guess, so that most scores are known to be too low before it is worked out. */
const leastPart = 1 / 4;

/**
 * What a score must exceed in a regime with strong ties so that false alarms are as rare as stated.
 *
 * With ties fewer splits are independent, so the threshold is that of a share of N. The first guess of the share is √c, where c is the factor of
 * the ties; the levels then give the share itself.
 */
export class TiedThreshold {
  readonly #options: Pick<ResolvedOptions, 'falseAlarmEvery' | 'minimumLength'>;
  #inflation: Inflation = noInflation;
  #root = 0;
  /** The threshold of the first guess. */
  #guess = 0;
  /** The lowest that the threshold can be. */
  least = 0;

  constructor(options: Pick<ResolvedOptions, 'falseAlarmEvery' | 'minimumLength'>) {
    this.#options = options;
  }

  /** Puts a factor of ties and an inflation in force. */
  set(factor: number, inflation: Inflation): void {
    const root = 2 ** (Math.round(factorsAnOctave * Math.log2(factor)) / (2 * factorsAnOctave));
    if (root === this.#root && inflation === this.#inflation) return;
    this.#root = root;
    this.#inflation = inflation;
    this.#guess = this.#thresholdOf(this.#shareOf(root));
    this.least = this.#thresholdOf(this.#shareOf(leastPart * root));
  }

  /** The threshold of a regime with these levels, and the share of N that it is for. */
  of(levels: LevelsBothWays): { readonly needed: number; readonly share: number } {
    const { ascending, descending } = levels;
    const tied = tiedShare(ascending, descending, this.#guess, this.#options.minimumLength);
    const share = this.#shareOf(Math.max(tied, leastPart * this.#root));
    return { needed: this.#thresholdOf(share), share };
  }

  /** The share under the inflation, too. */
  #shareOf(tied: number): number {
    const { falseAlarmEvery } = this.#options;
    const share = Math.max(tied, leastEvery / falseAlarmEvery);
    return share * rateShare(this.#inflation, share * falseAlarmEvery);
  }

  #thresholdOf(share: number): number {
    return scanThreshold(share * this.#options.falseAlarmEvery, this.#options.minimumLength);
  }
}
