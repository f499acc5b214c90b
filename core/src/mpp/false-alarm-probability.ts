import { check } from '../check.ts';
import { resolveOptions } from '../resolve-options.ts';

/**
 * The probability that a detector reports a change in a series of independent points that has none. Choose alpha by it.
 *
 * The formula is fitted to the simulations of `bench/statistics/false-alarms.ts`, without a practical threshold, for alpha from 0.0001 to 0.1 and 50 to 5,000 points:
 * 1 − exp(−5.46·alpha·ln(1 + (points − m) / 62)). No alarm is possible before about m = 0.58·ln(2/alpha)² points.
 * It is within 0.05 of every simulation, also of those that it was not fitted to. From 200 points on, and for probabilities below 0.2,
 * it is within a tenth, as far as the simulations can tell. Ties and a threshold make alarms rarer. Neighbours that resemble each
 * other make them more frequent.
 *
 * @param alpha - significance level of each test, 0 < alpha < 1
 * @param points - length of the series, at least 0
 * @throws RangeError if one of them is out of bounds
 * @example falseAlarmProbability(0.01, 1000) // => 0.142…
 */
export function falseAlarmProbability(alpha: number, points: number): number {
  resolveOptions({ alpha });
  check(typeof points === 'number' && points >= 0, 'points', 'a number of at least 0', points);
  const possible = Math.max(0, points - 0.58 * Math.log(2 / alpha) ** 2);
  return -Math.expm1(-5.46 * alpha * Math.log1p(possible / 62));
}
