import type { Direction, ResolvedOptions } from '@aed/core';
import { FloatList } from '../../../core/src/float-list.ts';
import { addPrefixSums } from '../../../core/src/mpp-recursion.ts';
import type { TestResult } from '../../../core/src/regime-test.ts';
import { type Inflation, noInflation, noneEstimated } from '../../../core/src/scan/dependence/inflation.ts';
import { rateShare } from '../../../core/src/scan/dependence/rate-share.ts';
import { normalScore } from '../../../core/src/scan/normal-score.ts';
import { pointsBetween, scanThreshold } from '../../../core/src/scan/scan-threshold.ts';
import { levelsOf, tiedScore } from '../../../core/src/scan/tied-score.ts';
import { type NaiveTest, naiveSplit } from '../naive.ts';
import { plainInflationOf } from './plain-inflation.ts';
import { cellCounts, tieFactor } from './plain-ties.ts';

interface Scored {
  readonly score: number;
  readonly split: number;
  readonly direction: Direction | undefined;
  readonly threshold: number;
  /** For which share of the asked points between false alarms the threshold is. */
  readonly share: number;
}

/** The scan in the words of the documents: every statistic by the recursion, every score of every kept split, every estimate by double loops. */
export class PlainScan {
  readonly values: number[] = [];
  readonly #options: ResolvedOptions;
  readonly #rise = new FloatList();
  readonly #fall = new FloatList();
  #inflation: Inflation;
  #refusals = 0;
  #heldThrough = 0;
  #result: TestResult = { statistic: 0, pValue: 1, direction: undefined };
  #needed = 0;

  constructor(options: ResolvedOptions, values: readonly number[] = []) {
    this.#options = options;
    this.#inflation = this.#isEstimated ? noneEstimated : noInflation;
    const decided = this.#isEstimated ? (scheduled(values.length).at(-1) ?? 1) : values.length;
    values.forEach((value, index) => {
      this.#take(value);
      if (index + 1 >= decided) this.#decide();
    });
  }

  push(value: number): void {
    this.#take(value);
    this.#decide();
  }

  result(): TestResult {
    return this.#result;
  }

  /** What the statistic of an alarm exceeds. */
  get needed(): number {
    return this.#needed;
  }

  get #isEstimated(): boolean {
    return this.#options.dependence === 'auto' && this.#options.practicalThreshold === 0;
  }

  #take(value: number): void {
    const earlier = Float64Array.from(this.values);
    addPrefixSums(this.#rise, earlier, value, this.#options.practicalThreshold);
    addPrefixSums(this.#fall, earlier, value, -this.#options.practicalThreshold);
    this.values.push(value);
  }

  #decide(): void {
    const { falseAlarmEvery, minimumLength } = this.#options;
    const scored = this.#isEstimated ? this.#estimated() : this.#largest();
    const { score, share, direction, threshold } = scored;
    this.#needed = threshold;
    const pValue = score === 0 ? 1 : share / pointsBetween(score, minimumLength);
    const isHeld = this.values.length <= this.#heldThrough;
    this.#result = isHeld
      ? { statistic: Math.min(score, threshold), pValue: Math.max(pValue, 1 / falseAlarmEvery), direction }
      : { statistic: score, pValue, direction };
  }

  /** The largest score under the estimate that is in force after this point. */
  #estimated(): Scored {
    const T = this.values.length;
    const estimates = new Set<number>();
    const estimate = (split: number) => {
      estimates.add(split);
      this.#inflation = plainInflationOf(this.values, split);
    };
    if (scheduled(T).includes(T)) {
      estimate(this.#mostEvident());
      this.#refusals = 0;
      this.#heldThrough = 0;
    }
    let scored = this.#largest();
    let last = [...estimates].at(-1);
    for (let count = 0; count < 4; count++) {
      if (scored.score <= scored.threshold || scored.split === last || T <= this.#heldThrough) return scored;
      last = scored.split;
      estimate(last);
      scored = this.#largest();
      if (scored.score <= scored.threshold) {
        this.#refusals++;
        this.#heldThrough = T + this.#refusals - 1;
        return scored;
      }
    }
    return scored;
  }

  /** The kept splits with enough points on both sides, each with its evidence. */
  #candidates(): { readonly t: number; readonly up: number; readonly evidence: number }[] {
    const T = this.values.length;
    return keptSplits(T)
      .filter((t) => Math.min(t, T - t) >= this.#options.minimumLength)
      .map((t) => {
        const up = this.#rise.view()[t - 1] ?? 0;
        const down = -(this.#fall.view()[t - 1] ?? 0);
        return { t, up, evidence: Math.max(up, down) };
      });
  }

  #mostEvident(): number {
    const T = this.values.length;
    let best = { t: 0, square: 0 };
    for (const { t, evidence } of this.#candidates()) {
      const square = Math.max(0, evidence) ** 2 / (t * (T - t));
      if (square > best.square) best = { t, square };
    }
    return best.t;
  }

  #largest(): Scored {
    const { practicalThreshold, minimumLength, falseAlarmEvery } = this.#options;
    const T = this.values.length;
    const F = this.#inflation;
    const factor = practicalThreshold > 0 ? 1 : tieFactor(this.values);
    const tiedShare =
      factor >= 0.985 ? 1 : Math.max(2 ** (Math.round(32 * Math.log2(factor)) / 64), 20 / falseAlarmEvery);
    const share = tiedShare * rateShare(F, tiedShare * falseAlarmEvery);
    const threshold = scanThreshold(share * falseAlarmEvery, minimumLength);
    let best: Scored = { score: 0, split: 0, direction: undefined, threshold, share };
    for (const { t, up, evidence } of this.#candidates()) {
      if (evidence <= 0 || factor < 1e-9) continue;
      const variance = (t * F.of(T - t) + (T - t) * F.of(t)) / T;
      const m = Math.min(t, T - t) / F.of(Math.min(t, T - t));
      const z2 =
        factor >= 0.985
          ? (evidence * evidence * (3 / ((T + 1) * factor))) / (t * (T - t)) / variance
          : (evidence * evidence * (3 / ((T + 1) * factor))) / (t * (T - t) * variance);
      const isCandidate = z2 * (m < 6 ? 2 : 1.6) ** 2 > threshold ** 2;
      const tied = () => this.#tiedScore(t, m, variance, evidence, up > 0 === T - t <= t);
      const untied = F.limit > 1 && z2 < 4 ? Math.sqrt(z2) : normalScore(Math.sqrt(z2), m);
      const score = factor >= 0.985 ? untied : isCandidate ? tied() : 0;
      if (score > best.score) best = { ...best, score, split: t, direction: up > 0 ? 'up' : 'down' };
    }
    return best;
  }

  #tiedScore(t: number, m: number, variance: number, evidence: number, isHigh: boolean): number {
    const T = this.values.length;
    const cells = cellCounts(this.values);
    const share = Math.sqrt((m * (T - m)) / (t * (T - t) * variance));
    return tiedScore(
      levelsOf(Float64Array.from(isHigh ? cells : cells.reverse())),
      (share * evidence) / (2 * T),
      m,
    );
  }
}

/** The lengths up to T at which the dependence is estimated. */
function scheduled(T: number): number[] {
  const lengths: number[] = [];
  for (let length = 20; length <= T; length = Math.floor((length < 100 ? 1.25 : 1.5) * length) + 1)
    lengths.push(length);
  return lengths;
}

/** The splits t of T points that are kept: those that 2^ℓ divides, ℓ = max(0, ⌊log₂((T − t) / 4)⌋). */
export function keptSplits(T: number): number[] {
  const all = Array.from({ length: Math.max(0, T - 1) }, (_, index) => index + 1);
  return all.filter((t) => t % 2 ** Math.max(0, Math.floor(Math.log2((T - t) / 4))) === 0);
}

export const naiveScan: NaiveTest = {
  result(regime, options) {
    const result = new PlainScan(options, regime).result();
    return { ...result, falseAlarmEvery: Math.min(Number.MAX_VALUE, 1 / result.pValue) };
  },
  split: (regime, direction, { practicalThreshold }) => naiveSplit(regime, direction, practicalThreshold),
  level: ({ falseAlarmEvery }) => 1 / falseAlarmEvery,
  leastCarried: 128,
};
