import { medianInterval } from '../lambda/median-interval.ts';
import { aboutSpanText, spanText, timeSpan } from '../lambda/time-span.ts';
import { FailedError } from './context.ts';

/** How many readings of a series show how far apart its readings are. */
export const readingsForInterval = 101;

/** Distances whose quartiles differ by a larger factor are irregular. */
const mostUneven = 1.5;

/** The readings have times, but most have that of the one before. */
export class SharedTimesError extends FailedError {}

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
 * @throws FailedError naming the option, if the readings do not tell how far apart they are; SharedTimesError if they have times
 */
export function pointsOfTime(option: string, text: string, times: readonly number[]): PointsOfTime {
  const interval = medianInterval(times);
  const span = timeSpan(text);
  if (interval === undefined && times.length > 1) {
    throw new SharedTimesError(
      `${option} ${text} is a time, but most readings have the time of the one before, as those of several series in one have; name the column of the series with --series-column, or one of finer times with --time-column, or give it in readings`,
    );
  }
  if (interval === undefined || span === undefined) {
    throw new FailedError(
      `${option} ${text} is a time, but the readings have no times that tell how far apart they are; give it in readings, or name the column with --time-column`,
    );
  }
  const points = Math.max(1, Math.round(span / interval));
  const count = points === 1 ? 'reading' : 'readings';
  return { points, interval, words: `${text} = ${points} ${count}, ${everyInWords(times, interval)}` };
}

/** How far apart readings are, for people: `one every 5m`. It says so where they are irregular, since their median then tells little. */
export function everyInWords(times: readonly number[], interval: number): string {
  const distances = times
    .slice(1)
    .map((time, index) => time - (times[index] ?? time))
    .sort((a, b) => a - b);
  const quartile = (share: number) => distances[Math.floor(share * distances.length)] ?? interval;
  const [shorter, longer] = [quartile(0.25), quartile(0.75)];
  const isIrregular = longer > mostUneven * shorter;
  const range = `${aboutSpanText(shorter)} to ${aboutSpanText(longer)}`;
  return `one every ${spanText(interval)}${isIrregular ? ` by the median; they are irregular, half of them ${range} apart` : ''}`;
}
