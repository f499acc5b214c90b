import { AedDetector, type ChangePoint, type DetectorOptions } from '@aed/core';
import { MppRecursion } from '../../core/src/mpp-recursion.ts';
import { pValue } from '../../core/src/p-value.ts';

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

/** Readings at which the service's tests have ended already. */
export interface Tested {
  readonly values: readonly number[];
  /** Index of the first one since the service's last reset; the ones before take part in no test. */
  readonly regimeStart: number;
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
  readonly evidence: number[];
  readonly #values: number[];
  readonly #detector: AedDetector;
  #recursion: MppRecursion;
  #test: Test | undefined;

  /**
   * @param tested - goes on where the service stands: its resets were its own, under whatever options it had, so that no
   *   test ends at these readings again
   * @throws RangeError naming the option that is out of bounds
   */
  constructor(options: DetectorOptions, { values, regimeStart }: Tested = { values: [], regimeStart: 0 }) {
    const fresh = new AedDetector(options).toJSON();
    const regime = values.slice(regimeStart);
    this.#detector = AedDetector.fromJSON({ ...fresh, regimeStart, regime });
    this.#values = values.slice(0, regimeStart);
    this.evidence = Array(regimeStart).fill(Number.NaN);
    this.#recursion = this.#recursionFrom(regimeStart);
    for (const value of regime) this.#gather(value);
  }

  get options(): Required<DetectorOptions> {
    return this.#detector.options;
  }

  /** The test at the newest reading; `undefined` while the regime is too short for one. */
  get test(): Test | undefined {
    return this.#test;
  }

  /** Index of the first reading of the regime. */
  get regimeStart(): number {
    return this.#detector.regimeStart;
  }

  push(value: number): void {
    this.#gather(value);
    const before = this.#detector.regimeStart;
    const found = this.#detector.push(value);
    if (found !== undefined) this.changePoints.push(found);
    const after = this.#detector.regimeStart;
    if (after !== before) this.#recursion = this.#recursionFrom(after);
  }

  #gather(value: number): void {
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
  }

  #recursionFrom(start: number): MppRecursion {
    return new MppRecursion(this.options.practicalThreshold, this.#values.slice(start));
  }
}

/** The statistic of a regime of so many points at which p is alpha: the p-value's formula, turned round. */
export function neededStatistic(alpha: number, points: number): number {
  return Math.sqrt((-Math.log(alpha / 2) * points * points * (points + 1)) / 6);
}
