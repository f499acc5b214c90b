import {
  AedDetector,
  type ChangePoint,
  type DetectorOptions,
  type Evidence,
  RegimeEvidence,
  type ResolvedOptions,
} from '@aed/core';
import { placeInSeason } from '../../lambda/place-in-season.ts';
import { type Wander, type WanderWatch, wanderWatch } from '../compare/wander.ts';
import { changedOptions } from './changed-options.ts';

/** Readings that the service has tested already. */
export interface Tested {
  readonly values: readonly number[];
  /** Of each of them: epoch milliseconds, for its place in the season. */
  readonly times: readonly number[];
  /** Index of the first reading since the service's last reset. Earlier ones take part in no test. */
  readonly regimeStart: number;
}

/**
 * The change points that a detector finds in readings, and how close each test came to one.
 *
 * The detector is the core's own. For most tests it only proves that they cannot be significant. So the evidence is computed
 * beside it, test by test, in O(length of the regime) time a reading.
 */
export class WhatIf {
  readonly changePoints: ChangePoint[] = [];
  /** For each reading: the statistic, divided by the value that a change point needs. NaN where no test ended. */
  readonly evidence: number[];
  readonly #values: number[];
  /** Of each of them the place in the season, if places go by time. */
  readonly #places: number[];
  readonly #detector: AedDetector;
  /** Of all readings, tested or not. */
  readonly #watch: WanderWatch | undefined;
  #regime: RegimeEvidence;
  #test: Evidence | undefined;

  /**
   * @param tested - readings after which this continues. No test ends at them again, since the service may have reset itself
   *   under other options
   * @throws RangeError naming the option that breaks its rule
   */
  constructor(
    options: DetectorOptions,
    { values, times, regimeStart }: Tested = { values: [], times: [], regimeStart: 0 },
  ) {
    const fresh = new AedDetector(options);
    const places = times.flatMap((time) => placeInSeason(fresh.options, time) ?? []);
    const regime = values.slice(regimeStart);
    const phases = places.length > 0 && { phases: places.slice(regimeStart) };
    this.#detector = AedDetector.fromJSON({ ...fresh.toJSON(), regimeStart, regime, ...phases });
    this.#values = values.slice(0, regimeStart);
    this.#places = places.slice(0, regimeStart);
    const { statistic } = this.options;
    if (statistic !== 'scan')
      this.#watch = wanderWatch(this.options, changedOptions(this.options, { statistic: 'scan' }));
    this.#values.forEach((value, index) => {
      this.#watch?.push(value, this.#places[index]);
    });
    this.evidence = Array(regimeStart).fill(Number.NaN);
    this.#regime = this.#regimeFrom(regimeStart);
    regime.forEach((value, index) => {
      this.#gather(value, places[regimeStart + index]);
    });
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

  /** Set if the change points of all readings, found by a test other than the scan, may be wander. */
  get wander(): Wander | undefined {
    return this.#watch?.wander;
  }

  /** @param time - epoch milliseconds */
  push(value: number, time: number): void {
    const place = placeInSeason(this.options, time);
    this.#gather(value, place);
    const before = this.#detector.regimeStart;
    const found = this.#detector.push(value, place);
    if (found !== undefined) this.changePoints.push(found);
    const after = this.#detector.regimeStart;
    if (after !== before) this.#regime = this.#regimeFrom(after);
  }

  #gather(value: number, place: number | undefined): void {
    this.#values.push(value);
    if (place !== undefined) this.#places.push(place);
    this.#watch?.push(value, place);
    this.#test = this.#regime.push(value, place);
    this.evidence.push(this.#test === undefined ? Number.NaN : this.#test.statistic / this.#test.needed);
  }

  #regimeFrom(start: number): RegimeEvidence {
    return new RegimeEvidence(
      this.options,
      this.#values.slice(start),
      this.#detector.memory,
      this.#places.slice(start),
    );
  }
}
