import type { Trend } from './trend.ts';

/** Which way a series moved. */
export type Direction = 'up' | 'down';

/** One side of a change. */
export interface Level {
  /** Points of the regime on this side. */
  readonly count: number;
  /** Their median, in the unit of the data. */
  readonly median: number;
}

/** A place where a series moved to a new level: when it changed, and when that was known. */
export interface ChangePoint {
  /** 0-based index of the first point of the new level. */
  readonly changedAt: number;
  /** 0-based index of the point at which this was known. */
  readonly detectedAt: number;
  readonly direction: Direction;
  /** Hodges–Lehmann shift: signed, in the unit of the data, never smaller than the practical threshold. */
  readonly magnitude: number;
  /** p-value of the test at the point of detection. */
  readonly pValue: number;
  /** K, the statistic of the test at the point of detection. */
  readonly statistic: number;
  /** P(after > before) + ½ P(equal), over all pairs of the two sides: 0 to 1. */
  readonly superiority: number;
  readonly before: Level;
  readonly after: Level;
  /**
   * Whether the regime before the change was already drifting: slope in the unit of the data a point, and the p-value of
   * having none. A drift that is reported as a staircase of shifts has small ones; `undefined` for fewer than three points.
   */
  readonly trend: Trend | undefined;
}
