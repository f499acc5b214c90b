import { phaseAt, type ResolvedOptions } from '@aed/core';

/**
 * The place of a time in the season of a series, by its options; `undefined` if it has none, or if places are counted.
 *
 * It follows from the time and the options alone: so a reading has the same place in every batch, when it comes late, and when a regime is read again.
 *
 * @param time - epoch milliseconds
 */
export function placeInSeason(
  { period, interval }: Pick<ResolvedOptions, 'period' | 'interval'>,
  time: number,
): number | undefined {
  return period > 1 && interval > 0 ? phaseAt(time, { period, interval }) : undefined;
}
