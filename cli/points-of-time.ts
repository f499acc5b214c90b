import { medianInterval } from '../lambda/median-interval.ts';
import { spanText, timeSpan } from '../lambda/time-span.ts';
import { FailedError } from './context.ts';

/** How many readings of a series show how far apart its readings are. */
export const readingsForInterval = 101;

/** A length of time in points of a series. */
export interface PointsOfTime {
  /** At least 1. */
  readonly points: number;
  /** Milliseconds between the readings of the series. */
  readonly interval: number;
  /** For people: `1d = 288 readings, one every 5m`. */
  readonly words: string;
}

/**
 * A length of time in points of a series.
 *
 * @param option - whose value it is, for the error: '--period'
 * @param text - as `timeSpan` reads it
 * @param times - of the first readings of the series, in epoch milliseconds
 * @throws FailedError naming the option, if the readings do not tell how far apart they are
 */
export function pointsOfTime(option: string, text: string, times: readonly number[]): PointsOfTime {
  const interval = medianInterval(times);
  const span = timeSpan(text);
  if (interval === undefined || span === undefined) {
    throw new FailedError(
      `${option} ${text} is a time, but the readings have no times that tell how far apart they are; give it in points, or name the column with --time-column`,
    );
  }
  const points = Math.max(1, Math.round(span / interval));
  const count = points === 1 ? 'reading' : 'readings';
  return { points, interval, words: `${text} = ${points} ${count}, one every ${spanText(interval)}` };
}
