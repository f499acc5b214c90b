import type { Direction } from './change-point.ts';
import { at } from './float-list.ts';

/** Where the statistic of a regime is largest. */
export interface Maximum {
  /** K = max over t of max(U⁺(t,T), −U⁻(t,T), 0). */
  readonly statistic: number;
  /** The smallest t that reaches K, as a count of points before the split; 0 if K is 0. */
  readonly time: number;
  readonly direction: Direction | undefined;
}

/**
 * K, and the first time and the direction that reach it.
 *
 * @param rise - U⁺(t,T) at index t − 1
 * @param fall - U⁻(t,T) at index t − 1
 */
export function maximum(rise: Float64Array, fall: Float64Array): Maximum {
  let statistic = 0;
  let time = 0;
  let direction: Direction | undefined;
  for (let index = 0; index < rise.length; index++) {
    // Never both positive at one t: every pair that counts for one of them counts at least as much against the other.
    const up = rise[index] as number;
    const down = -(fall[index] as number);
    const most = Math.max(up, down);
    if (most > statistic) {
      direction = up > down ? 'up' : 'down';
      statistic = most;
      time = index + 1;
    }
  }
  return { statistic, time, direction };
}

/**
 * The split that is most evident in one direction: the smallest t that maximises U(t,T) / √(t(T−t)).
 *
 * The t of the largest U itself leans to the middle of the regime, where a split has most pairs. Compared as
 * U² / (t(T−t)): whole numbers, so that equal evidence compares as equal, exactly so while U² < 2⁵³.
 *
 * @param statistics - U⁺(t,T) for a rise, U⁻(t,T) for a fall, at index t − 1
 * @param variances - of the statistics, where t(T−t) is not in proportion to them; whole numbers
 * @returns points before the split, 1 to T − 1; the statistic must be positive in this direction
 */
export function mostEvidentSplit(
  statistics: Float64Array,
  direction: Direction,
  variances?: Float64Array,
): number {
  const sign = direction === 'up' ? 1 : -1;
  const points = statistics.length + 1;
  let most = 0;
  let split = 0;
  for (let index = 0; index < statistics.length; index++) {
    const evidence = sign * (statistics[index] as number);
    const time = index + 1;
    const variance = variances === undefined ? time * (points - time) : at(variances, index);
    const standardised = (evidence * evidence) / variance;
    if (evidence > 0 && standardised > most) {
      most = standardised;
      split = time;
    }
  }
  return split;
}
