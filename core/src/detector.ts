import type { ChangePoint } from './change-point.ts';
import { checkedValue } from './check.ts';
import {
  checkedMemory,
  checkedRegime,
  type DetectorState,
  optionsFromState,
  optionsToState,
} from './detector-state.ts';
import { measure } from './measure.ts';
import { type DetectorOptions, type ResolvedOptions, resolveOptions } from './options.ts';
import type { RegimeMemory, RegimeTest } from './regime-test.ts';
import { leastCarried, startRegimeTest } from './regime-tests.ts';
import { stateFromBytes, stateToBytes } from './state-bytes.ts';

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

  /** @throws RangeError naming the option, its rule and the value, if an option is out of bounds or does not exist */
  constructor(options?: DetectorOptions) {
    this.options = resolveOptions(options);
    this.#regime = startRegimeTest(this.options);
  }

  /** Points pushed so far. */
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
    if (found !== undefined) {
      this.#resetTo(this.#startAfter(found), found.changedAt);
    } else if (this.#regime.length >= this.options.maxRegimeLength) {
      const start = this.#length - Math.floor(this.#regime.length / 2);
      this.#resetTo(start, start);
    }
    return found;
  }

  /** The state as plain data, for `JSON.stringify`: a detector restored from it has the same future, bit for bit. */
  toJSON(): DetectorState {
    return {
      version: 1,
      options: optionsToState(this.options),
      regimeStart: this.#regimeStart,
      regime: [...this.#regime.values],
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
    detector.#length = state.regimeStart + regime.length;
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
      changedAt: this.#regimeStart + split,
      detectedAt: this.#length - 1,
      ...alarm,
      ...measure(regime.values, split, alarm.direction, this.options),
    };
  }

  #startAfter({ changedAt }: ChangePoint): number {
    const { restart, statistic } = this.options;
    const isCarried = restart === 'change' && this.#length - changedAt >= leastCarried[statistic];
    return isCarried ? changedAt : this.#length;
  }

  /** @param changedAt - of the change that ends the regime, else `start` */
  #resetTo(start: number, changedAt: number): void {
    const end = start - this.#regimeStart;
    this.#memory = this.#regime.memory(end, changedAt - this.#regimeStart);
    const values = this.#regime.values.slice(end);
    this.#regime = startRegimeTest(this.options, { values, memory: this.#memory });
    this.#regimeStart = start;
  }
}
