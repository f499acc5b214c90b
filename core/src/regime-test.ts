import type { Direction } from './change-point.ts';
import type { Dependence } from './current/dependence.ts';

/** What a test says of a regime, significant or not. */
export interface TestResult {
  /** K of the MPP test, or the largest score of the scan: at least 0. */
  readonly statistic: number;
  /** Of the MPP test that of one test; of the scan the chance of such a score at one point. 0 to 1. */
  readonly pValue: number;
  /** `undefined` if there is no evidence at all. */
  readonly direction: Direction | undefined;
}

/** What a test says of a regime, beside what would be significant. */
export interface RegimeResult extends TestResult {
  /** What the statistic must exceed for a change point. */
  readonly needed: number;
}

/** What the test at one point says, significant or not. */
export interface Evidence extends RegimeResult {
  /** Points of the regime, this one included. */
  readonly points: number;
  /** `undefined` for a test that takes no account of it. */
  readonly dependence?: Dependence | undefined;
}

/** A significant result. */
export interface Alarm extends TestResult {
  readonly direction: Direction;
  /** The mean number of points between false alarms at which it would just have been raised. */
  readonly falseAlarmEvery: number;
}

/** What a regime begins with. */
export interface RegimeStart {
  /** Its first points, oldest first; finite. */
  readonly values: ArrayLike<number>;
  /** The place of each of them in the season, from 0; absent without a season. */
  readonly phases?: ArrayLike<number> | undefined;
  /** What `RegimeTest.memory` said of the regimes before. */
  readonly memory?: RegimeMemory | undefined;
}

/** What a test keeps of the regimes before: finite numbers, which only a test of the same kind can read. */
export type RegimeMemory = readonly number[];

/**
 * A test of a growing regime: did it move, by more than the practical threshold?
 *
 * Its answers depend on the points, the options and the memory it was started with, and on nothing else: not on how often it was asked,
 * nor on whether its points came one by one or at once.
 */
export interface RegimeTest {
  /** Points of the regime. */
  readonly length: number;
  /** The regime, oldest first, without a copy: valid until the next push. */
  readonly values: Float64Array;
  /** How many points the test counts as one, since neighbours resemble each other. Absent for a test that does not ask. */
  readonly inflation?: number | undefined;
  /** The place of each point in the season, without a copy: valid until the next push. Absent if the test regards no season. */
  readonly phases?: Float64Array | undefined;
  /**
   * Adds a point, which is finite.
   *
   * @param phase - its place in the season: an integer from 0 to `period` − 1
   */
  push(value: number, phase: number): void;
  /** The result of the test, if it is significant. */
  alarm(): Alarm | undefined;
  /** The result of the test, significant or not. The statistic exceeds what is needed where there is an alarm, and nowhere else. */
  evidence(): RegimeResult;
  /** Points before the most evident change in one direction, 1 to `length − 1`. Of a result in that direction, significant or not. */
  split(direction: Direction): number;
  /**
   * What the next regime starts with from this one and those before it. Absent for a test that keeps nothing. A test reads only what a test
   * of its kind wrote, and ignores any other memory.
   *
   * @param end - points of this regime that the next one does not begin with
   * @param split - points before the change; `end` if the regime ends without one
   */
  memory?(end: number, split: number): RegimeMemory | undefined;
}
