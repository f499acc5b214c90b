import type { Direction } from '../change-point.ts';
import type { Alarm } from '../regime-test.ts';

/** The largest score of some splits, greater than 0. */
export interface ScanScore {
  readonly statistic: number;
  /** The threshold, which the score of an alarm exceeds. */
  readonly needed: number;
  /** Below 1 / `falseAlarmEvery` where the score exceeds the threshold. */
  readonly pValue: number;
  readonly direction: Direction;
}

/** The alarm of a score, if it exceeds its threshold. */
export function alarmOf(score: ScanScore | undefined): Alarm | undefined {
  if (score === undefined || score.statistic <= score.needed) return undefined;
  const { statistic, pValue, direction } = score;
  return { statistic, pValue, direction };
}
