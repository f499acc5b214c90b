import type { ResolvedOptions } from '@aed/core';
import { placeInSeason } from '../../lambda/place-in-season.ts';
import { printable } from '../../lambda/printable.ts';
import { FailedError } from '../context.ts';
import { epochMs, type ReadingTime } from '../input/reading-time.ts';

/** The place in the season of the reading with this number in its series, from 0, and this time. */
export type PlaceOfReading = (number: number, time: ReadingTime | undefined) => number | undefined;

/**
 * Places by time, if the options have an interval; else by number, where readings without a value count.
 *
 * @returns what throws a FailedError naming the reading, if its place goes by a time that it does not have
 */
export function placeOfReading(series: string, options: ResolvedOptions): PlaceOfReading {
  const { period, interval } = options;
  if (period === 1 || interval === 0) return (number) => number % period;
  return (number, time) => {
    const at = epochMs(time);
    if (at !== undefined) return placeInSeason(options, at);
    const of = series === '' ? '' : ` of ${printable(series)}`;
    throw new FailedError(
      `reading ${number}${of} must have a time for its place in the season, got none; name the column with --time-column, or leave --interval out`,
    );
  };
}
