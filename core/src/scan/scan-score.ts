import type { Direction } from '../change-point.ts';

/** The largest score of some splits, greater than 0. */
export interface ScanScore {
  readonly statistic: number;
  /** The threshold, which the score of an alarm exceeds. */
  readonly needed: number;
  /** Below 1 / `falseAlarmEvery` where the score exceeds the threshold. */
  readonly pValue: number;
  readonly direction: Direction;
  /** Points before it. */
  readonly split: number;
}

/** A score, if it exceeds what it must. */
export function ifExceeding(score: ScanScore | undefined): ScanScore | undefined {
  return score !== undefined && score.statistic > score.needed ? score : undefined;
}
