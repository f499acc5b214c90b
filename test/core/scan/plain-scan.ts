import type { Direction, ResolvedOptions } from '@aed/core';
import { FloatList } from '../../../core/src/float-list.ts';
import { addPrefixSums } from '../../../core/src/mpp-recursion.ts';
import type { TestResult } from '../../../core/src/regime-test.ts';
import { normalScore } from '../../../core/src/scan/normal-score.ts';
import { pointsBetween, scanThreshold } from '../../../core/src/scan/scan-threshold.ts';
import { levelsOf, tiedScore } from '../../../core/src/scan/tied-score.ts';
import { type NaiveTest, naiveSplit } from '../naive.ts';

/** The scan in the words of the documents: every statistic by the recursion, every score of every kept split. */
export class PlainScan {
  readonly values: number[] = [];
  readonly #options: ResolvedOptions;
  readonly #rise = new FloatList();
  readonly #fall = new FloatList();

  constructor(options: ResolvedOptions, values: readonly number[] = []) {
    this.#options = options;
    for (const value of values) this.push(value);
  }

  push(value: number): void {
    const earlier = Float64Array.from(this.values);
    addPrefixSums(this.#rise, earlier, value, this.#options.practicalThreshold);
    addPrefixSums(this.#fall, earlier, value, -this.#options.practicalThreshold);
    this.values.push(value);
  }

  result(): TestResult {
    const { practicalThreshold, minimumLength, falseAlarmEvery } = this.#options;
    const T = this.values.length;
    const factor = practicalThreshold > 0 ? 1 : tieFactor(this.values);
    const share =
      factor >= 0.985 ? 1 : Math.max(2 ** (Math.round(32 * Math.log2(factor)) / 64), 20 / falseAlarmEvery);
    const threshold = scanThreshold(share * falseAlarmEvery, minimumLength);
    let best: { score: number; direction: Direction | undefined } = { score: 0, direction: undefined };
    for (const t of keptSplits(T)) {
      const m = Math.min(t, T - t);
      const up = this.#rise.view()[t - 1] ?? 0;
      const down = -(this.#fall.view()[t - 1] ?? 0);
      const evidence = Math.max(up, down);
      if (m < minimumLength || evidence <= 0 || factor < 1e-9) continue;
      const z2 = (evidence * evidence * (3 / ((T + 1) * factor))) / (t * (T - t));
      const isCandidate = z2 * (m < 6 ? 2 : 1.6) ** 2 > threshold ** 2;
      const score =
        factor >= 0.985
          ? normalScore(Math.sqrt(z2), m)
          : isCandidate
            ? this.#tiedScore(m, evidence, up > 0 === T - t <= t)
            : 0;
      if (score > best.score) best = { score, direction: up > 0 ? 'up' : 'down' };
    }
    const { score, direction } = best;
    return {
      statistic: score,
      pValue: score === 0 ? 1 : share / pointsBetween(score, minimumLength),
      direction,
    };
  }

  #tiedScore(m: number, evidence: number, isHigh: boolean): number {
    const cells = cellCounts(this.values);
    return tiedScore(
      levelsOf(Float64Array.from(isHigh ? cells : cells.reverse())),
      evidence / (2 * this.values.length),
      m,
    );
  }
}

/** The splits t of T points that are kept: those that 2^ℓ divides, ℓ = max(0, ⌊log₂((T − t) / 4)⌋). */
export function keptSplits(T: number): number[] {
  const all = Array.from({ length: Math.max(0, T - 1) }, (_, index) => index + 1);
  return all.filter((t) => t % 2 ** Math.max(0, Math.floor(Math.log2((T - t) / 4))) === 0);
}

/** 1 − Σ (c³ − c) / (T³ − T) over the values, each of which is there c times. */
function tieFactor(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const T = values.length;
  if (T < 2) return 0;
  return 1 - [...counts.values()].reduce((sum, count) => sum + count ** 3 - count, 0) / (T ** 3 - T);
}

/** How many values lie in each of the cells between and at up to 128 quantiles of the first 64, 128, 256 … of them, of all below 64. */
function cellCounts(values: readonly number[]): number[] {
  const points = values.length < 64 ? values.length : 2 ** Math.floor(Math.log2(values.length));
  const sorted = values.slice(0, points).sort((a, b) => a - b);
  const count = Math.min(128, points);
  const step = points / count;
  const lower = Array.from({ length: Math.ceil(count / 2) }, (_, index) => Math.floor((index + 0.5) * step));
  const places = [...lower, ...lower.map((place) => points - 1 - place)];
  const quantiles = [...new Set(places.map((place) => sorted[place] ?? 0))].sort((a, b) => a - b);
  return Array.from({ length: 2 * quantiles.length + 1 }, (_, cell) => {
    const low = quantiles[Math.floor((cell - 1) / 2)] ?? Number.NEGATIVE_INFINITY;
    const high = quantiles[Math.floor(cell / 2)] ?? Number.POSITIVE_INFINITY;
    return values.filter((value) => (cell % 2 === 1 ? value === high : value > low && value < high)).length;
  });
}

export const naiveScan: NaiveTest = {
  result: (regime, options) => new PlainScan(options, regime).result(),
  split: (regime, direction, { practicalThreshold }) => naiveSplit(regime, direction, practicalThreshold),
  level: ({ falseAlarmEvery }) => 1 / falseAlarmEvery,
  leastCarried: 32,
};
