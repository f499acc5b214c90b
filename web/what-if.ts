import { AedDetector, type ChangePoint, type DetectorOptions } from '@aed/core';
import { MppRecursion } from '../core/src/mpp-recursion.ts';
import { pValue } from '../core/src/p-value.ts';

/** The test at the newest reading. */
export interface Test {
  /** Readings since the last change. */
  readonly points: number;
  readonly statistic: number;
  /** What the statistic has to exceed for p to be below alpha. */
  readonly needed: number;
  readonly pValue: number;
  readonly direction: 'up' | 'down' | undefined;
}

/**
 * What a detector finds in readings, and how close each test came to finding something.
 *
 * The detector is the core's own. It proves most tests to be without a result instead of working them out; beside it the
 * recursion works every one out, which costs as many steps a reading as the regime is long.
 */
export class WhatIf {
  readonly changePoints: ChangePoint[] = [];
  /** At each reading the statistic, in parts of what is needed; NaN where nothing was tested. */
  readonly evidence: number[] = [];
  readonly #values: number[] = [];
  readonly #detector: AedDetector;
  #recursion: MppRecursion;
  #test: Test | undefined;

  /** @throws RangeError naming the option that is out of bounds */
  constructor(options: DetectorOptions) {
    this.#detector = new AedDetector(options);
    this.#recursion = this.#recursionFrom(0);
  }

  get options(): Required<DetectorOptions> {
    return this.#detector.options;
  }

  /** The test at the newest reading; `undefined` while the regime is too short for one. */
  get test(): Test | undefined {
    return this.#test;
  }

  push(value: number): void {
    const { alpha, startup } = this.options;
    this.#values.push(value);
    this.#recursion.push(value);
    const points = this.#recursion.length;
    const { statistic, direction } = this.#recursion.maximum();
    const needed = neededStatistic(alpha, points);
    this.#test =
      points < startup
        ? undefined
        : { points, statistic, needed, pValue: pValue(statistic, points), direction };
    this.evidence.push(this.#test === undefined ? Number.NaN : statistic / needed);

    const before = this.#detector.regimeStart;
    const found = this.#detector.push(value);
    if (found !== undefined) this.changePoints.push(found);
    const after = this.#detector.regimeStart;
    if (after !== before) this.#recursion = this.#recursionFrom(after);
  }

  #recursionFrom(start: number): MppRecursion {
    return new MppRecursion(this.options.practicalThreshold, this.#values.slice(start));
  }
}

/** The statistic of a regime of so many points at which p is alpha: the p-value's formula, turned round. */
export function neededStatistic(alpha: number, points: number): number {
  return Math.sqrt((-Math.log(alpha / 2) * points * points * (points + 1)) / 6);
}
