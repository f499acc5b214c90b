import { check, checkInteger } from '../check.ts';

/**
 * The place of a time in the season: that of the point, every `interval` seconds since 1970, to which it is nearest.
 *
 * So a missing point shifts nothing, and one that comes a little early or late keeps its place. Points that are closer together than the interval share
 * a place, and are compared with each other. Time zones and summer time are not regarded.
 *
 * @param time - epoch milliseconds
 * @param options - those of a detector may stand here as they are
 * @returns an integer from 0 to `period` − 1
 * @throws RangeError for a period out of bounds, an interval that is not greater than 0 or too small to count by, or a time that is not finite
 * @example phaseAt(Date.parse('2026-01-31T06:30:00Z'), { period: 24, interval: 3600 }) // => 7
 */
export function phaseAt(
  time: number,
  { period, interval }: { readonly period: number; readonly interval: number },
): number {
  checkInteger(period, 'period', 1);
  const isPositive = typeof interval === 'number' && interval > 0;
  check(isPositive, 'interval', 'greater than 0 for places by time', interval);
  check(Number.isFinite(time), 'time', 'a finite number of milliseconds since 1970', time);
  const points = Math.round(time / (1000 * interval));
  check(Number.isFinite(points), 'interval', 'so large that the points since 1970 can be counted', interval);
  const place = points % period;
  return place < 0 ? place + period : place + 0;
}
