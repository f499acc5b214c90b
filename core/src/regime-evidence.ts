import { checkedPhase, checkedValue } from './check.ts';
import { dependenceOf } from './current/dependence.ts';
import { checkedMemory } from './detector-state.ts';
import type { DetectorOptions, ResolvedOptions } from './options.ts';
import type { Evidence, RegimeMemory, RegimeTest } from './regime-test.ts';
import { startRegimeTest } from './regime-tests.ts';
import { resolveOptions } from './resolve-options.ts';

/**
 * The evidence at each point of a regime, significant or not: how close a detector comes to a change point.
 *
 * A detector proves most tests not significant without working them out. Here every test is worked out. The MPP test has K and the K at which
 * p is alpha; the scan has its largest score and its threshold. There is no reset: to follow a detector, make a new object where its regime starts.
 * Cost: with the MPP test O(T) time and 70 bytes a point; with the scan some ten microseconds a point.
 *
 * @example
 * const evidence = new RegimeEvidence({ startup: 4 }, [1, 2, 1]);
 * evidence.push(8) // => { points: 4, statistic: 3, needed: 8.4…, pValue: 1, direction: 'up' }
 */
export class RegimeEvidence {
  /** The options in force, defaults included. */
  readonly options: ResolvedOptions;
  readonly #regime: RegimeTest;

  /**
   * @param values - the first points of the regime, oldest first; finite, in the unit of the data
   * @param memory - of the detector when the regime began, where its test keeps anything
   * @param phases - the place of each of the first points in the season. If not given, places are counted from the start of the regime
   * @throws RangeError for an option out of bounds or that does not exist, or a value or a number of the memory that is not finite
   */
  constructor(
    options?: DetectorOptions,
    values: Iterable<number> = [],
    memory?: RegimeMemory,
    phases: readonly number[] = [],
  ) {
    this.options = resolveOptions(options);
    this.#regime = startRegimeTest(this.options, { values: [], memory: checkedMemory(memory, 'memory') });
    for (const value of values) this.#take(value, phases[this.#regime.length]);
  }

  /**
   * Takes the next point of the regime.
   *
   * @param value - finite, in the unit of the data
   * @param phase - its place in the season: an integer from 0 to `period` − 1. If not given, places are counted from the start of the regime
   * @returns `undefined` while the regime is shorter than `startup`
   * @throws RangeError if the value is not a finite number, or the phase no place in the season
   */
  push(value: number, phase?: number): Evidence | undefined {
    this.#take(value, phase);
    const points = this.#regime.length;
    if (points < this.options.startup) return undefined;
    const dependence = dependenceOf(this.#regime.inflation, this.options);
    return { points, ...this.#regime.evidence(), dependence };
  }

  #take(value: number, phase = this.#regime.length % this.options.period): void {
    this.#regime.push(checkedValue(value, this.#regime.length), checkedPhase(phase, this.options.period));
  }
}
