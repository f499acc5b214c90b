import type { ChangePoint } from './change-point.ts';
import { check, checkedValue, checkInteger } from './check.ts';
import {
  checkedGaps,
  checkedMemory,
  checkedRegime,
  type DetectorState,
  optionsFromState,
  optionsToState,
} from './detector-state.ts';
import { Gaps } from './gaps/gaps.ts';
import { measure } from './measure.ts';
import { type DetectorOptions, type ResolvedOptions, resolveOptions } from './options.ts';
import type { RegimeMemory, RegimeTest } from './regime-test.ts';
import { leastCarried, startRegimeTest } from './regime-tests.ts';
import { stateFromBytes, stateToBytes } from './state-bytes.ts';

/** So many places a series has at most when missing ones are added: as many points again can then be counted exactly. */
const mostPlaces = 2 ** 52;

/**
 * Automated event detection (AED): finds many change points in a stream, one point at a time, without a model of the data.
 *
 * At each point it *detects*: a test of the regime says whether something changed. If so, it *decides* when, by the most evident
 * split. It *measures* how much, by the Hodges–Lehmann shift. It *resets*: the next regime starts after the detection, or with the
 * new level. Cost: about a microsecond a point while nothing changes, at any length of the regime; O(length of the regime) at
 * most. Memory: about 70 bytes a point of the regime.
 *
 * @example
 * const detector = new AedDetector({ practicalThreshold: 2 });
 * const readings = [...Array(20).fill(0), ...Array(20).fill(5)];
 * readings.map((value) => detector.push(value)).find((change) => change)?.changedAt // => 20
 */
export class AedDetector {
  /** The options in force, defaults included. */
  readonly options: ResolvedOptions;
  #length = 0;
  #regimeStart = 0;
  /** What the regimes before left to this one. */
  #memory: RegimeMemory | undefined;
  #regime: RegimeTest;
  #gaps = new Gaps();

  /** @throws RangeError naming the option, its rule and the value, if an option is out of bounds or does not exist */
  constructor(options?: DetectorOptions) {
    this.options = resolveOptions(options);
    this.#regime = startRegimeTest(this.options);
  }

  /** Points pushed so far, missing ones included. */
  get length(): number {
    return this.#length;
  }

  /** 0-based index of the first point of the current regime. */
  get regimeStart(): number {
    return this.#regimeStart;
  }

  /** What the regimes before left to the current one, where the test keeps anything. */
  get memory(): RegimeMemory | undefined {
    return this.#memory;
  }

  /**
   * Takes the next point of the series.
   *
   * @param value - finite, in the unit of the data; −0 counts as 0
   * @returns the change point that this point reveals, if any
   * @throws RangeError if the value is not a finite number; the detector is then as it was
   */
  push(value: number): ChangePoint | undefined {
    this.#regime.push(checkedValue(value, this.#length));
    this.#length++;
    const found = this.#detect();
    const { length } = this.#regime;
    if (found !== undefined) {
      this.#resetTo(this.#isCarried(found) ? found.before.count : length, found.before.count);
    } else if (length >= this.options.maxRegimeLength) {
      const end = Math.ceil(length / 2);
      this.#resetTo(end, end);
    }
    return found;
  }

  /**
   * Counts places of the series that have no value. No test ends at them. The indices of later answers count them; all else
   * is as if they were not there: what is counted in points counts points with a value.
   *
   * @param count - places, at least 1
   * @throws RangeError unless it is an integer of at least 1 with which the series has at most 2⁵² places
   */
  pushMissing(count = 1): void {
    checkInteger(count, 'count', 1);
    const length = this.#length + count;
    check(length <= mostPlaces, 'the length of the series', `at most ${mostPlaces}`, length);
    this.#length = length;
    // No regime begins with a gap.
    if (this.#regime.length === 0) this.#regimeStart = length;
    else this.#gaps.add(this.#regime.length, count);
  }

  /** The state as plain data, for `JSON.stringify`: a detector restored from it has the same future, bit for bit. */
  toJSON(): DetectorState {
    return {
      version: 1,
      options: optionsToState(this.options),
      regimeStart: this.#regimeStart,
      regime: [...this.#regime.values],
      ...(this.#gaps.total > 0 && { gaps: this.#gaps.toRuns() }),
      ...(this.#memory && { memory: this.#memory }),
    };
  }

  /**
   * A detector in a saved state.
   *
   * @throws RangeError naming the part of the state, or the option, that breaks a rule
   */
  static fromJSON(state: DetectorState): AedDetector {
    const regime = checkedRegime(state);
    const detector = new AedDetector(optionsFromState(state));
    detector.#regimeStart = state.regimeStart;
    detector.#gaps = checkedGaps(state);
    detector.#length = state.regimeStart + regime.length + detector.#gaps.total;
    detector.#memory = checkedMemory(state);
    detector.#regime = startRegimeTest(detector.options, { values: regime, memory: detector.#memory });
    return detector;
  }

  /** The state as bytes: about 150, and 8 for each point of the regime, which is 80 kB at 10,000 points. */
  toBytes(): Uint8Array {
    return stateToBytes(this.toJSON());
  }

  /**
   * A detector in a state saved as bytes.
   *
   * @throws RangeError if the bytes are not those of a state, or naming the part of it that breaks a rule
   */
  static fromBytes(bytes: Uint8Array): AedDetector {
    return AedDetector.fromJSON(stateFromBytes(bytes));
  }

  #detect(): ChangePoint | undefined {
    const regime = this.#regime;
    if (regime.length < this.options.startup) return undefined;
    const alarm = regime.alarm();
    if (alarm === undefined) return undefined;
    const split = regime.split(alarm.direction);
    return {
      changedAt: this.#indexOf(split),
      detectedAt: this.#length - 1,
      ...alarm,
      ...measure(regime.values, split, alarm.direction, this.options),
    };
  }

  /** Whether the next regime begins with the points of the new level. */
  #isCarried({ after }: ChangePoint): boolean {
    const { restart, statistic } = this.options;
    return restart === 'change' && after.count >= leastCarried[statistic];
  }

  /** The index in the series of the point that has so many points of the regime before it. */
  #indexOf(points: number): number {
    return this.#regimeStart + points + this.#gaps.before(points);
  }

  /**
   * @param end - points of the regime that the next one does not begin with
   * @param split - points before the change that ends it, else `end`
   */
  #resetTo(end: number, split: number): void {
    this.#memory = this.#regime.memory(end, split);
    const values = this.#regime.values.slice(end);
    this.#regime = startRegimeTest(this.options, { values, memory: this.#memory });
    this.#regimeStart = this.#indexOf(end);
    this.#gaps = this.#gaps.from(end);
  }
}
