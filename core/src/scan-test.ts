import type { Direction } from './change-point.ts';
import { checkedSeries } from './check.ts';
import { at } from './float-list.ts';
import type { DetectorOptions } from './options.ts';
import { resolveOptions } from './resolve-options.ts';
import { tiesOf } from './scan/ties.ts';
import { allSplits } from './sorted-regime.ts';

/** The answer of one scan. */
export interface ScanResult {
  /** The largest standardised statistic of a split. */
  readonly statistic: number;
  /** 0-based index of the first point after the first split that has it; 0 if the statistic is 0. */
  readonly changedAt: number;
  /** `undefined` if the statistic is 0. */
  readonly direction: Direction | undefined;
}

/**
 * The standardised Mann–Whitney statistic of a whole series: the largest U / √(t·(T−t)·(T+1)/3 · c) of its splits t.
 *
 * c is 1 − Σ (n³ − n) / (T³ − T), over levels with n points each. With a practical threshold, U⁺ or −U⁻ stands for U, and c is 1. A detector with
 * `statistic: 'scan'` looks at some of the splits, and reports a score of the statistic.
 * Source: Hawkins & Deng (2010). Cost: O(n log n) time, O(n) memory.
 *
 * @param series - oldest first, finite, in the caller's unit; not modified
 * @param options - those of a detector may stand here as they are; only the threshold and the minimum length count
 * @throws RangeError if a value is not finite or an option is out of bounds
 * @example scanTest([1, 2, 1, 2, 8, 9, 8, 9], { minimumLength: 2 }) // => { statistic: 2.366…, changedAt: 4, direction: 'up' }
 */
export function scanTest(
  series: ArrayLike<number>,
  options?: Pick<DetectorOptions, 'practicalThreshold' | 'minimumLength'>,
): ScanResult {
  const { practicalThreshold, minimumLength } = resolveOptions(options);
  const values = checkedSeries(series);
  const { sorted, statistics } = allSplits(values, practicalThreshold);
  const rise = statistics.rise.view();
  const fall = statistics.fall.view();
  const T = values.length;
  const scale = 3 / ((T + 1) * (practicalThreshold > 0 ? 1 : tiesOf(sorted).factor));
  let square = 0;
  let changedAt = 0;
  let direction: Direction | undefined;
  for (let t = minimumLength; t <= T - minimumLength; t++) {
    const up = at(rise, t - 1);
    const evidence = Math.max(up, -at(fall, t - 1), 0);
    const standardised = (evidence * evidence * scale) / (t * (T - t));
    if (standardised > square) {
      square = standardised;
      changedAt = t;
      direction = up > 0 ? 'up' : 'down';
    }
  }
  return { statistic: Math.sqrt(square), changedAt, direction };
}
