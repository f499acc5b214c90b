import {
  AedDetector,
  type ChangePoint,
  type DetectorOptions,
  type Evidence,
  RegimeEvidence,
  type ResolvedOptions,
} from '@aed/core';

/** Readings at which the service's tests have ended already. */
export interface Tested {
  readonly values: readonly number[];
  /** Index of the first one since the service's last reset; the ones before take part in no test. */
  readonly regimeStart: number;
}

/**
 * What a detector finds in readings, and how close each test came to finding something.
 *
 * The detector is the core's own. It proves most tests to be without a result instead of working them out; beside it every one
 * is worked out, which costs as many steps a reading as the regime is long.
 */
export class WhatIf {
  readonly changePoints: ChangePoint[] = [];
  /** At each reading the statistic, in parts of what is needed; NaN where nothing was tested. */
  readonly evidence: number[];
  readonly #values: number[];
  readonly #detector: AedDetector;
  #regime: RegimeEvidence;
  #test: Evidence | undefined;

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
    this.#regime = this.#regimeFrom(regimeStart);
    for (const value of regime) this.#gather(value);
  }

  get options(): ResolvedOptions {
    return this.#detector.options;
  }

  /** The test at the newest reading; `undefined` while the regime is too short for one. */
  get test(): Evidence | undefined {
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
    if (after !== before) this.#regime = this.#regimeFrom(after);
  }

  #gather(value: number): void {
    this.#values.push(value);
    this.#test = this.#regime.push(value);
    this.evidence.push(this.#test === undefined ? Number.NaN : this.#test.statistic / this.#test.needed);
  }

  #regimeFrom(start: number): RegimeEvidence {
    return new RegimeEvidence(this.options, this.#values.slice(start));
  }
}
