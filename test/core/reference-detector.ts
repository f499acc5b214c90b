import {
  type ChangePoint,
  type DetectorOptions,
  pValueAt,
  type ResolvedOptions,
  resolveOptions,
} from '@aed/core';
import { describeChange } from '../../core/src/answer/describe-change.ts';
import { MppRecursion } from '../../core/src/mpp-recursion.ts';
import { naiveEvery, naiveMpp } from './naive.ts';

/** AED that works out every statistic of every point by the recursion: what the detector must agree with. */
export class ReferenceDetector {
  readonly #options: ResolvedOptions;
  #length = 0;
  #regimeStart = 0;
  #regime: MppRecursion;

  constructor(options: DetectorOptions) {
    this.#options = resolveOptions(options);
    this.#regime = new MppRecursion(this.#options.practicalThreshold);
  }

  push(value: number): ChangePoint | undefined {
    this.#regime.push(value);
    this.#length++;
    const found = this.#detect();
    const { restart, maxRegimeLength } = this.#options;
    if (found !== undefined) this.#restartAt(restart === 'change' ? found.changedAt : this.#length);
    else if (this.#regime.length >= maxRegimeLength) {
      this.#restartAt(this.#length - Math.floor(this.#regime.length / 2));
    }
    return found;
  }

  #detect(): ChangePoint | undefined {
    const regime = this.#regime;
    if (regime.length < this.#options.startup) return undefined;
    const { statistic, direction } = regime.maximum();
    if (direction === undefined) return undefined;
    const p = pValueAt(statistic, regime.length);
    if (p >= naiveMpp.level(this.#options, regime.length)) return undefined;
    const evident = regime.split(direction);
    const { split, interval, ...described } = describeChange(
      regime.values,
      evident,
      direction,
      this.#options,
    );
    return {
      changedAt: this.#regimeStart + split,
      interval: { from: this.#regimeStart + interval.from, to: this.#regimeStart + interval.to },
      detectedAt: this.#length - 1,
      direction,
      pValue: p,
      falseAlarmEvery: naiveEvery(p, regime.length),
      statistic,
      ...described,
    };
  }

  #restartAt(start: number): void {
    const kept = this.#regime.values.slice(start - this.#regimeStart);
    this.#regime = new MppRecursion(this.#options.practicalThreshold, kept);
    this.#regimeStart = start;
  }
}
