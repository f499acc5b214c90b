import type { Direction } from './change-point.ts';

/** What a test says of a regime, significant or not. */
export interface TestResult {
  readonly statistic: number;
  readonly pValue: number;
  /** `undefined` if there is no evidence at all. */
  readonly direction: Direction | undefined;
}

/** What the test at one point says, significant or not. */
export interface Evidence extends TestResult {
  /** Points of the regime, this one included. */
  readonly points: number;
  /** What the statistic must exceed for a change point. */
  readonly needed: number;
}

/** The evidence of a growing regime. Its statistic exceeds what is needed where the test of the same regime raises an alarm, and nowhere else. */
export interface GrowingEvidence {
  /** Points of the regime. */
  readonly length: number;
  /** Adds a point, which is finite. */
  push(value: number): void;
  /** What the test says now. */
  evidence(): Evidence;
}

/** A significant result. */
export interface Alarm extends TestResult {
  readonly direction: Direction;
}

/**
 * A test of a growing regime: did it move, by more than the practical threshold?
 *
 * Its answers depend on the points and the options alone, not on how often it was asked.
 */
export interface RegimeTest {
  /** Points of the regime. */
  readonly length: number;
  /** The regime, oldest first, without a copy: valid until the next push. */
  readonly values: Float64Array;
  /** Adds a point, which is finite. */
  push(value: number): void;
  /** The result of the test, if it is significant. */
  alarm(): Alarm | undefined;
  /** Points before the most evident change in one direction, 1 to `length − 1`. Of an alarm in that direction. */
  split(direction: Direction): number;
}
