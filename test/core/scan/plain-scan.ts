import type { ResolvedOptions } from '@aed/core';
import { FloatList } from '../../../core/src/float-list.ts';
import { addPrefixSums } from '../../../core/src/mpp-recursion.ts';
import type { RegimeMemory, TestResult } from '../../../core/src/regime-test.ts';
import { noneEstimated } from '../../../core/src/scan/dependence/estimate.ts';
import { type Inflation, noInflation } from '../../../core/src/scan/dependence/inflation.ts';
import { pointsBetween } from '../../../core/src/scan/scan-threshold.ts';
import { naiveSplit } from '../naive.ts';
import type { NaiveTest } from '../naive-test.ts';
import { plainExcess, plainMemory } from './plain-excess.ts';
import { plainRestless, plainRestlessMemory } from './plain-restless.ts';
import { largestScore, mostEvident, type PlainRegime, type Scored } from './plain-scores.ts';

/** The scan in the words of the documents: every statistic by the recursion, every score of every kept split, every estimate by double loops. */
export class PlainScan {
  readonly values: number[] = [];
  readonly #options: ResolvedOptions;
  readonly #regime: PlainRegime;
  readonly #memory: RegimeMemory | undefined;
  #inflation: Inflation;
  #refusals = 0;
  #heldThrough = 0;
  #result: TestResult = { statistic: 0, pValue: 1, direction: undefined };
  #needed = 0;

  constructor(options: ResolvedOptions, values: readonly number[] = [], memory?: RegimeMemory) {
    this.#options = options;
    this.#regime = { options, values: this.values, rise: new FloatList(), fall: new FloatList() };
    this.#memory = memory;
    this.#inflation = this.#isEstimated && options.practicalThreshold === 0 ? noneEstimated : noInflation;
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

  /** F∞ of the estimate in force. */
  get inflation(): number {
    return this.#inflation.limit;
  }

  /** What the next regime is told. */
  memory(end: number, split: number, isReport: boolean): RegimeMemory | undefined {
    return memoryOf(this.values, end, split, isReport, this.#options, this.#memory);
  }

  get #isEstimated(): boolean {
    return this.#options.dependence === 'auto';
  }

  #take(value: number): void {
    const earlier = Float64Array.from(this.values);
    addPrefixSums(this.#regime.rise, earlier, value, this.#options.practicalThreshold);
    addPrefixSums(this.#regime.fall, earlier, value, -this.#options.practicalThreshold);
    this.values.push(value);
  }

  #decide(): void {
    const { falseAlarmEvery, minimumLength } = this.#options;
    const scored = this.#isEstimated ? this.#estimated() : largestScore(this.#regime, this.#inflation);
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
    let last: number | undefined;
    const estimate = (split: number) => {
      last = split;
      const { practicalThreshold } = this.#options;
      this.#inflation =
        practicalThreshold > 0
          ? plainExcess(this.values, split, practicalThreshold, this.#memory)
          : plainRestless(this.values, split, this.#options.restlessAfter, this.#memory);
    };
    if (scheduled(T).includes(T)) {
      estimate(mostEvident(this.#regime));
      this.#refusals = 0;
      this.#heldThrough = 0;
    }
    let scored = largestScore(this.#regime, this.#inflation);
    for (let count = 0; count < 4; count++) {
      if (scored.score <= scored.threshold || scored.split === last || T <= this.#heldThrough) return scored;
      estimate(scored.split);
      scored = largestScore(this.#regime, this.#inflation);
      if (scored.score <= scored.threshold) {
        this.#refusals++;
        this.#heldThrough = T + this.#refusals - 1;
        return scored;
      }
    }
    return scored;
  }
}

/** The lengths up to T at which the dependence is estimated. */
function scheduled(T: number): number[] {
  const lengths: number[] = [];
  for (let length = 20; length <= T; length = Math.floor((length < 100 ? 1.25 : 1.5) * length) + 1)
    lengths.push(length);
  return lengths;
}

/** What the regime after this one is told. */
function memoryOf(
  regime: readonly number[],
  end: number,
  split: number,
  isReport: boolean,
  { dependence, practicalThreshold, restlessAfter }: ResolvedOptions,
  memory: RegimeMemory | undefined,
): RegimeMemory | undefined {
  if (dependence !== 'auto') return undefined;
  if (practicalThreshold === 0) return plainRestlessMemory(regime, end, isReport, restlessAfter, memory);
  return plainMemory(regime, end, split, practicalThreshold, memory);
}

export const naiveScan: NaiveTest = {
  result(regime, options, memory) {
    const result = new PlainScan(options, regime, memory).result();
    return { ...result, falseAlarmEvery: Math.min(Number.MAX_VALUE, 1 / result.pValue) };
  },
  split: (regime, direction, { practicalThreshold }) => naiveSplit(regime, direction, practicalThreshold),
  level: ({ falseAlarmEvery }) => 1 / falseAlarmEvery,
  leastCarried: 128,
  memory: memoryOf,
};
