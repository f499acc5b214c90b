import type { ResolvedOptions } from '@aed/core';
import type { RegimeMemory, TestResult } from '../../../core/src/regime-test.ts';
import { noneEstimated } from '../../../core/src/scan/dependence/estimate.ts';
import { type Inflation, noInflation } from '../../../core/src/scan/dependence/inflation.ts';
import { pointsBetween } from '../../../core/src/scan/scan-threshold.ts';
import { naiveSplit } from '../naive.ts';
import { naiveRest } from '../naive-measure.ts';
import type { NaiveRegime, NaiveTest } from '../naive-test.ts';
import { plainExcess, plainMemory } from './plain-excess.ts';
import { plainLeapMemory } from './plain-leaps.ts';
import type { PlainRegime } from './plain-regime.ts';
import { plainRestless, plainRestlessMemory } from './plain-restless.ts';
import { largestScore, mostEvident, type Scored } from './plain-scores.ts';
import { addPairs, seasonalSplit } from './plain-season.ts';

/** The scan in the words of the documents: every statistic by the recursion, every score of every kept split, every estimate by double loops. */
export class PlainScan {
  readonly values: number[] = [];
  /** The place of each point in the season; all 0 without one. */
  readonly phases: number[] = [];
  readonly #options: ResolvedOptions;
  readonly #regime: PlainRegime;
  readonly #memory: RegimeMemory | undefined;
  #inflation: Inflation;
  #refusals = 0;
  #heldThrough = 0;
  #result: TestResult = { statistic: 0, pValue: 1, direction: undefined };
  #needed = 0;

  constructor(
    options: ResolvedOptions,
    { values, phases }: NaiveRegime = { values: [], phases: [] },
    memory?: RegimeMemory,
  ) {
    this.#options = options;
    this.#regime = { options, values: this.values, phases: this.phases, rise: [], fall: [], memory };
    this.#memory = memory;
    this.#inflation = this.#isEstimated && options.practicalThreshold === 0 ? noneEstimated : noInflation;
    const decided = this.#isEstimated ? (scheduled(values.length).at(-1) ?? 1) : values.length;
    values.forEach((value, index) => {
      this.#take(value, phases[index] ?? 0);
      if (index + 1 >= decided) this.#decide();
    });
  }

  push(value: number, phase = 0): void {
    this.#take(value, phase);
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
    return memoryOf(this, end, split, isReport, this.#options, this.#memory);
  }

  get #isEstimated(): boolean {
    return this.#options.dependence === 'auto';
  }

  /** Whether no score but that of a leap is looked at. */
  get #isHeld(): boolean {
    return this.values.length <= this.#heldThrough;
  }

  #take(value: number, phase: number): void {
    addPairs(this.#regime, value, phase);
    this.values.push(value);
    this.phases.push(phase);
  }

  #decide(): void {
    const { falseAlarmEvery, minimumLength } = this.#options;
    const scored = this.#isEstimated ? this.#estimated() : largestScore(this.#regime, this.#inflation);
    const { score, share, direction, threshold, isLeap } = scored;
    this.#needed = threshold;
    const pValue = score === 0 ? 1 : share / pointsBetween(score, minimumLength);
    this.#result =
      this.#isHeld && !isLeap
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
      const level = levelOf(this, split, this.#options);
      this.#inflation =
        practicalThreshold > 0
          ? plainExcess(level, split, practicalThreshold, this.#memory)
          : plainRestless(level, split, this.#options.restlessAfter, this.#memory);
    };
    if (scheduled(T).includes(T)) {
      estimate(mostEvident(this.#regime));
      this.#refusals = 0;
      this.#heldThrough = 0;
    }
    let scored = largestScore(this.#regime, this.#inflation);
    if (T < this.#options.startup) return scored;
    if (this.#isHeld) {
      if (this.#options.practicalThreshold === 0) return scored;
      const leap = largestScore(this.#regime, this.#inflation, true);
      return leap.score > leap.threshold ? leap : scored;
    }
    for (let count = 0; count < 4; count++) {
      if (scored.score <= scored.threshold || scored.split === last) return scored;
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

/** The values without their season, if they have one; with a change after `split` points, unless that is 0. */
function levelOf(regime: NaiveRegime, split: number, { period }: ResolvedOptions): readonly number[] {
  return period > 1 ? naiveRest(regime, split === 0 ? undefined : split) : regime.values;
}

/** What the regime after this one is told. */
function memoryOf(
  regime: NaiveRegime,
  end: number,
  split: number,
  isReport: boolean,
  options: ResolvedOptions,
  memory: RegimeMemory | undefined,
): RegimeMemory | undefined {
  const { dependence, practicalThreshold, restlessAfter } = options;
  if (dependence !== 'auto') return undefined;
  const level = levelOf(regime, isReport ? split : 0, options);
  if (practicalThreshold === 0)
    return plainRestlessMemory(level, end, split, isReport, restlessAfter, memory);
  const sums = plainMemory(level, end, split, practicalThreshold, memory);
  return sums && [...sums, ...plainLeapMemory(regime.values, end, split, options, memory)];
}

export const naiveScan: NaiveTest = {
  result(regime, options, memory) {
    const result = new PlainScan(options, regime, memory).result();
    return { ...result, falseAlarmEvery: Math.min(Number.MAX_VALUE, 1 / result.pValue) };
  },
  split: ({ values, phases }, direction, { practicalThreshold, period }) =>
    period > 1
      ? seasonalSplit(values, phases, direction, practicalThreshold)
      : naiveSplit(values, direction, practicalThreshold),
  period: ({ period }) => period,
  level: ({ falseAlarmEvery }) => 1 / falseAlarmEvery,
  leastCarried: ({ period }) => Math.max(128, 4 * period),
  memory: memoryOf,
};
