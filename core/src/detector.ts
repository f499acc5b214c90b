import { describeChange } from './answer/describe-change.ts';
import type { ChangePoint } from './change-point.ts';
import { checkedValue } from './check.ts';
import { type Dependence, dependenceOf } from './current/dependence.ts';
import { type CurrentEvidence, currentEvidence } from './current/evidence.ts';
import { type CurrentLevel, currentLevel } from './current/level.ts';
import { CurrentRegime } from './current/regime.ts';
import {
  checkedGaps,
  checkedMemory,
  checkedPhases,
  checkedRegime,
  type DetectorState,
  optionsFromState,
  optionsToState,
} from './detector-state.ts';
import type { DetectorOptions, ResolvedOptions } from './options.ts';
import type { RegimeMemory } from './regime-test.ts';
import { leastCarried } from './regime-tests.ts';
import { resolveOptions } from './resolve-options.ts';
import { stateFromBytes, stateToBytes } from './state-bytes.ts';

/**
 * Automated event detection (AED): finds many change points in a stream, one point at a time, without a model of the data.
 *
 * At each point it *detects*: a test of the regime says whether something changed. If so, it *decides* when, by the most evident
 * split or the most likely one, and how sure that is. It *measures* how much, by the Hodges–Lehmann shift. It *resets*: the next regime starts after the detection, or with the
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
  #regime: CurrentRegime;

  /** @throws RangeError naming the option, its rule and the value, if an option is out of bounds or does not exist */
  constructor(options?: DetectorOptions) {
    this.options = resolveOptions(options);
    this.#regime = new CurrentRegime(this.options, { start: 0 });
  }

  /** Points pushed so far, missing ones included. */
  get length(): number {
    return this.#regime.length;
  }

  /** 0-based index of the first point of the current regime. */
  get regimeStart(): number {
    return this.#regime.start;
  }

  /** What the regimes before left to the current one, where the test keeps anything. */
  get memory(): RegimeMemory | undefined {
    return this.#regime.memory;
  }

  /**
   * The level of the current regime; `undefined` while it has no point.
   *
   * Cost: nothing until it is asked for, then O(n log n) for n points of the regime.
   */
  get level(): CurrentLevel | undefined {
    return currentLevel(this.#regime);
  }

  /**
   * How far the test at the newest point is from a change point; `undefined` while the regime is shorter than `startup`.
   *
   * After a change point it is that of the new regime. The points with which this begins can be more than is needed: then the
   * fraction is 1, and the next point tells. Cost: nothing until it is asked for, then O(n log n) for n points of the regime.
   */
  get evidence(): CurrentEvidence | undefined {
    return this.#isTested ? currentEvidence(this.#regime, this.options) : undefined;
  }

  /**
   * How much neighbours in the current regime resemble each other, and what to do if that hides changes; `undefined` with the MPP test, and
   * with `dependence: 'independent'`.
   *
   * The estimate is that of the newest scheduled length or of the last score that it refused. Cost: nothing.
   */
  get dependence(): Dependence | undefined {
    return dependenceOf(this.#regime.test.inflation, this.options);
  }

  /**
   * Takes the next point of the series.
   *
   * @param value - finite, in the unit of the data; −0 counts as 0
   * @param phase - its place in the season: an integer from 0 to `period` − 1. If not given, places are counted from the start of the series
   * @returns the change point that this point reveals, if any
   * @throws RangeError if the value is not a finite number, or the phase no place in the season; the detector is then as it was
   */
  push(value: number, phase?: number): ChangePoint | undefined {
    const regime = this.#regime;
    regime.push(checkedValue(value, regime.length), phase);
    const found = this.#isTested ? this.#detect() : undefined;
    const { length } = regime.test;
    if (found !== undefined) {
      const split = found.before.count;
      this.#regime = regime.next(this.#isCarried(found) ? split : length, split);
    } else if (length >= this.options.maxRegimeLength) {
      const end = Math.ceil(length / 2);
      this.#regime = regime.next(end, end);
    }
    return found;
  }

  /**
   * Counts places of the series that have no value. No test ends at them. Later indices count them; all else is as if they were not
   * there, so what options and answers count in points are points with a value.
   *
   * @param count - places, at least 1
   * @throws RangeError unless it is an integer of at least 1 with which the series has at most 2⁵² places
   */
  pushMissing(count = 1): void {
    this.#regime.pushMissing(count);
  }

  /**
   * Starts a new regime at the next point, as after maintenance or a known move of a set point.
   *
   * Options, indices and places in the season go on. All else is forgotten, also what earlier regimes left: later answers are those of a
   * new detector.
   */
  reset(): void {
    this.#regime = new CurrentRegime(this.options, { start: this.length });
  }

  /** The state as plain data, for `JSON.stringify`: a detector restored from it has the same future, bit for bit. */
  toJSON(): DetectorState {
    return { version: 1, options: optionsToState(this.options), ...this.#regime.toState() };
  }

  /**
   * A detector in a saved state.
   *
   * @throws RangeError naming the part of the state, or the option, that breaks a rule
   */
  static fromJSON(state: DetectorState): AedDetector {
    const values = checkedRegime(state);
    const detector = new AedDetector(optionsFromState(state));
    detector.#regime = new CurrentRegime(detector.options, {
      start: state.regimeStart,
      values,
      phases: checkedPhases(state, detector.options.period),
      gaps: checkedGaps(state),
      memory: checkedMemory(state.memory),
    });
    return detector;
  }

  /** The state as bytes: about 150, and 8 for each point of the regime, which is 80 kB at 10,000 points; twice that with a season. */
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

  get #isTested(): boolean {
    return this.#regime.test.length >= this.options.startup;
  }

  #detect(): ChangePoint | undefined {
    const regime = this.#regime;
    const alarm = regime.test.alarm();
    if (alarm === undefined) return undefined;
    const { direction } = alarm;
    const { values, phases } = regime.test;
    const evident = regime.test.split(direction);
    const description = describeChange(values, evident, direction, this.options, phases);
    const { split, interval, ...described } = description;
    return {
      changedAt: regime.indexOf(split),
      interval: { from: regime.indexOf(interval.from), to: regime.indexOf(interval.to) },
      detectedAt: regime.length - 1,
      ...alarm,
      ...described,
    };
  }

  /** Whether the next regime begins with the points of the new level. */
  #isCarried({ after }: ChangePoint): boolean {
    const { restart } = this.options;
    return restart === 'change' && after.count >= leastCarried(this.options);
  }
}
