import { longestPeriod } from '../lambda/service-options.ts';
import { timeSpan } from '../lambda/time-span.ts';
import { FailedError } from './context.ts';
import type { DetectorTexts } from './detector-options.ts';

/** A period that is a time, in places of a season. */
export interface PeriodInPlaces {
  readonly values: Required<Pick<DetectorTexts, 'period' | 'interval'>>;
  /** For people: `--period 24h = 24 readings, one every 1h`. */
  readonly words: string;
}

/** A difference from a whole number of readings that is not worth a word. */
const nearlyWhole = 0.05;

/**
 * A period that is a time stays one: it has as many places as readings, to the nearest, and they are as long as fill it.
 *
 * @param text - as `timeSpan` reads it
 * @param interval - milliseconds between readings
 * @param every - how far apart they are, for people
 * @param maxRegimeLength - if it is given: a regime must hold four periods
 * @throws FailedError if the period has fewer than two readings, or more than there may be places
 */
export function periodInPlaces(
  text: string,
  interval: number,
  every: string,
  maxRegimeLength: string | undefined,
): PeriodInPlaces {
  const span = timeSpan(text) ?? Number.NaN;
  const readings = span / interval;
  const places = Math.round(readings);
  if (!(readings >= 2 - nearlyWhole))
    throw new FailedError(
      `--period must have at least two readings, got ${text} with ${every}; give a longer one, or leave it out`,
    );
  const isWhole = Math.abs(readings - places) <= nearlyWhole;
  const count = isWhole ? `${places} readings` : `${readings.toFixed(1)} readings, taken as ${places} places`;
  const words = `--period ${text} = ${count}, ${every}`;
  const most = maxRegimeLength === undefined ? longestPeriod : Math.floor(Number(maxRegimeLength) / 4);
  if (places > most) {
    const where = maxRegimeLength === undefined ? '' : ` with --max-regime-length ${maxRegimeLength}`;
    throw new FailedError(
      `${words}: a period has at most ${most} places${where}; give --max-regime-length ${4 * places} or more, or one value for several readings`,
    );
  }
  return { values: { period: String(places), interval: String(span / 1000 / places) }, words };
}
