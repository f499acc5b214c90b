import type { Direction } from './change-point.ts';
import { checkedSeries } from './check.ts';
import { MppRegimeTest } from './mpp-regime-test.ts';
import type { DetectorOptions } from './options.ts';
import { pValueAt } from './p-value.ts';
import { resolveOptions } from './resolve-options.ts';

/** The test is worked out whether it is significant or not. */
const anyLevel = 1;

/** The answer of one MPP test. */
export interface MppResult {
  /** K. */
  readonly statistic: number;
  readonly pValue: number;
  /** 0-based index of the first point after the split at which the statistic is first reached; 0 if the statistic is 0. */
  readonly changedAt: number;
  /** `undefined` if the statistic is 0. */
  readonly direction: Direction | undefined;
}

/**
 * The Modified Practical Pettitt test of a whole series: did it move, by more than the practical threshold?
 *
 * With a threshold of 0 it is Pettitt's test. Cost: O(n log n) time, O(n) memory.
 * Source: Pettitt (1979).
 *
 * @param series - oldest first, finite, in the caller's unit; not modified
 * @param options - those of a detector may stand here as they are; only the threshold counts
 * @throws RangeError if a value is not finite or an option is out of bounds
 * @example mppTest([1, 2, 1, 2, 8, 9, 8, 9]) // => { statistic: 16, pValue: 0.139…, changedAt: 4, direction: 'up' }
 */
export function mppTest(
  series: ArrayLike<number>,
  options?: Pick<DetectorOptions, 'practicalThreshold'>,
): MppResult {
  const { practicalThreshold } = resolveOptions(options);
  const values = checkedSeries(series);
  const { statistic, time, direction } = new MppRegimeTest(
    { practicalThreshold, alpha: anyLevel, falseAlarmEvery: 0 },
    { values },
  ).maximum();
  return { statistic, pValue: pValueAt(statistic, values.length), changedAt: time, direction };
}
