import { checkedValue } from './check.ts';
import { MppRecursion } from './mpp-recursion.ts';
import { type DetectorOptions, type ResolvedOptions, resolveOptions } from './options.ts';
import { exponentOf, pValueAt, statisticAtExponent } from './p-value.ts';
import type { TestResult } from './regime-test.ts';

/** What the test at one point says, significant or not. */
export interface Evidence extends TestResult {
  /** Points of the regime, this one included. */
  readonly points: number;
  /** What the statistic must exceed for the p-value to be below alpha. */
  readonly needed: number;
}

/**
 * The evidence at each point of a regime, significant or not: how close a detector comes to a change point.
 *
 * A detector proves most tests not significant without working them out. Here every test is worked out, by the recursion. There is
 * no reset: to follow a detector, make a new object where its regime starts. Cost: O(T) time a point; 24 bytes a point.
 *
 * @example
 * const evidence = new RegimeEvidence({ startup: 4 }, [1, 2, 1]);
 * evidence.push(8) // => { points: 4, statistic: 3, needed: 8.4…, pValue: 1, direction: 'up' }
 */
export class RegimeEvidence {
  /** The options in force, defaults included. */
  readonly options: ResolvedOptions;
  readonly #recursion: MppRecursion;
  readonly #exponent: number;

  /**
   * @param values - the first points of the regime, oldest first; finite, in the unit of the data
   * @throws RangeError for an option out of bounds or that does not exist, or a value that is not a finite number
   */
  constructor(options?: DetectorOptions, values: Iterable<number> = []) {
    this.options = resolveOptions(options);
    this.#recursion = new MppRecursion(this.options.practicalThreshold);
    this.#exponent = exponentOf(this.options.alpha);
    for (const value of values) this.#take(value);
  }

  /**
   * Takes the next point of the regime.
   *
   * @param value - finite, in the unit of the data
   * @returns `undefined` while the regime is shorter than `startup`
   * @throws RangeError if the value is not a finite number
   */
  push(value: number): Evidence | undefined {
    this.#take(value);
    const points = this.#recursion.length;
    if (points < this.options.startup) return undefined;
    const { statistic, direction } = this.#recursion.maximum();
    const needed = statisticAtExponent(this.#exponent, points);
    return { points, statistic, needed, pValue: pValueAt(statistic, points), direction };
  }

  #take(value: number): void {
    this.#recursion.push(checkedValue(value, this.#recursion.length));
  }
}
