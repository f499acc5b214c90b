import { FloatList } from '../../core/src/float-list.ts';
import { levelsOf } from '../../core/src/scan/levels.ts';
import { normalScore } from '../../core/src/scan/normal-score.ts';
import type { ScanOptions } from '../../core/src/scan/scan-options.ts';
import { scanThreshold } from '../../core/src/scan/scan-threshold.ts';
import { splitsOf } from '../../core/src/scan/split-ages.ts';
import { tiedScore } from '../../core/src/scan/tied-score.ts';
import { tiedShare } from '../../core/src/scan/tied-share.ts';
import { Ties } from '../../core/src/scan/ties.ts';
import { ValueGrid } from '../../core/src/scan/value-grid.ts';
import { SplitStatistics } from '../../core/src/split-statistics.ts';

/** The scan of independent points as it is defined: the statistics of all splits by the recursion, and the score of every kept one. */
export class PlainScan {
  readonly #options: ScanOptions;
  readonly #values = new FloatList();
  readonly #statistics: SplitStatistics;
  readonly #ties = new Ties();

  constructor(options: ScanOptions) {
    this.#options = options;
    this.#statistics = new SplitStatistics(options.practicalThreshold);
  }

  push(value: number): void {
    const earlier = this.#values.view();
    let equal = 0;
    for (const other of earlier) if (other === value) equal++;
    this.#ties.add(equal);
    this.#values.push(value);
    const values = this.#values.view();
    this.#statistics.add(values, earlier.length);
  }

  /** Whether the largest score exceeds the threshold. */
  isAlarm(): boolean {
    const { practicalThreshold, minimumLength, falseAlarmEvery } = this.#options;
    const T = this.#values.length;
    const rise = this.#statistics.rise.view();
    const fall = this.#statistics.fall.view();
    const factor = practicalThreshold > 0 ? 1 : this.#ties.factor;
    if (factor < 1e-9) return false;
    const isTied = factor < 0.985;
    const thresholdOf = (share: number) =>
      scanThreshold(Math.max(share, 20 / falseAlarmEvery) * falseAlarmEvery, minimumLength);
    const root = isTied ? 2 ** (Math.round(32 * Math.log2(factor)) / 64) : 1;
    const least = thresholdOf(isTied ? root / 4 : 1);
    let largest = 0;
    for (const t of splitsOf(T)) {
      const m = Math.min(t, T - t);
      const up = rise[t - 1] as number;
      const evidence = Math.max(up, -(fall[t - 1] as number));
      if (m < minimumLength || evidence <= 0) continue;
      const z = evidence * Math.sqrt(3 / ((T + 1) * factor * t * (T - t)));
      const isCandidate = z * (m < 6 ? 2 : 1.6) > least;
      const tied = () => this.#tiedScore(evidence, m, up > 0 === T - t <= t);
      largest = Math.max(largest, isTied ? (isCandidate ? tied() : 0) : normalScore(z, m));
    }
    if (!isTied || largest <= least) return largest > least;
    const cells = this.#cells();
    const share = tiedShare(
      levelsOf(cells),
      levelsOf(cells.slice().reverse()),
      thresholdOf(root),
      minimumLength,
    );
    return largest > thresholdOf(Math.max(share, root / 4));
  }

  #tiedScore(evidence: number, m: number, isHigh: boolean): number {
    const cells = isHigh ? this.#cells() : this.#cells().slice().reverse();
    return tiedScore(levelsOf(cells), evidence / (2 * this.#values.length), m);
  }

  /** How many points each level has, in ascending order. */
  #cells(): Float64Array {
    const values = this.#values.view();
    const T = values.length;
    const points = T < 64 ? T : 2 ** Math.floor(Math.log2(T));
    const grid = new ValueGrid(values.subarray(0, points));
    for (const value of values.subarray(points)) grid.add(value);
    return grid.counts;
  }
}
