import type { Trend } from './trend.ts';

/** Which way a series moved. */
export type Direction = 'up' | 'down';

/** One side of a change; with a season, its points without it. */
export interface Level {
  /** Points of the regime on this side. */
  readonly count: number;
  /** Their median, in the unit of the data. */
  readonly median: number;
  /** Their mean, in the unit of the data. */
  readonly mean: number;
}

/** A range with both of its ends. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** A jump to a new level, a slope towards it, or neither with enough certainty. */
export type ChangeKind = 'shift' | 'drift' | 'unsure';

/** A place where a series moved to a new level: when it changed, and when that was known. */
export interface ChangePoint {
  /** 0-based index of the first point of the new level. */
  readonly changedAt: number;
  /** 95 % interval for `changedAt`, which it holds. Its ends are indices of points, each of which may be the first one of the new level. */
  readonly interval: Interval;
  /** 0-based index of the point at which this was known. */
  readonly detectedAt: number;
  readonly direction: Direction;
  /** Hodges–Lehmann shift: signed, in the unit of the data, never smaller than the practical threshold. */
  readonly magnitude: number;
  /** 95 % interval for the shift, which holds `magnitude`; in the unit of the data. */
  readonly magnitudeInterval: Interval;
  /** Whether the series jumped or drifts, as far as that can be told at the point of detection. */
  readonly kind: ChangeKind;
  /** p-value of the test at the point of detection: 0 to 1. */
  readonly pValue: number;
  /**
   * How rare such an alarm is: the mean number of points between false alarms at which it would just have been raised. Larger is
   * stronger evidence.
   */
  readonly falseAlarmEvery: number;
  /** The statistic of the test at the point of detection: K of the MPP test, or the score of the scan. */
  readonly statistic: number;
  /** P(after > before) + ½ P(equal), over all pairs of the two sides: 0 to 1. */
  readonly superiority: number;
  readonly before: Level;
  readonly after: Level;
  /**
   * Whether the regime before the change was already drifting: its slope in the unit of the data a point, and the p-value of a
   * test for none. In a drift that is reported as a staircase of shifts the p-values are small. `undefined` for fewer than three points.
   */
  readonly trend: Trend | undefined;
}
