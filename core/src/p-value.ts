import { check } from './check.ts';
import { resolveOptions } from './resolve-options.ts';

/**
 * p-value of the statistic K of the MPP test by so many points: min(1, 2·exp(−6K² / (T³ + T²))).
 *
 * Approximate, and conservative for short regimes: below 16 points it cannot fall under 0.01.
 * Source: Pettitt (1979), equation for two-sided p.
 *
 * @param statistic - K, at least 0
 * @param points - T, the points of the regime
 * @example pValueAt(230, 37) // => 0.00448…
 */
export function pValueAt(statistic: number, points: number): number {
  if (statistic === 0) return 1;
  return Math.min(1, 2 * Math.exp((-6 * statistic * statistic) / (points * points * (points + 1))));
}

/**
 * The statistic K of the MPP test at which the p-value is alpha: p is below alpha where K is greater. The inverse of `pValueAt`.
 *
 * @param alpha - significance level of the test, 0 < alpha < 1
 * @param points - T, the points of the regime, at least 0
 * @throws RangeError if one of them is out of bounds
 * @example statisticAt(0.01, 37) // => 214.331…
 */
export function statisticAt(alpha: number, points: number): number {
  resolveOptions({ alpha });
  check(typeof points === 'number' && points >= 0, 'points', 'a number of at least 0', points);
  return statisticAtExponent(exponentOf(alpha), points);
}

/** ln(2 / alpha), also where 2 / alpha is beyond the doubles. */
export function exponentOf(alpha: number): number {
  return Math.LN2 - Math.log(alpha);
}

/** `statisticAt` with the part that depends on alpha worked out before: √(ln(2/α) · (T³ + T²) / 6). */
export function statisticAtExponent(exponent: number, points: number): number {
  return points * Math.sqrt((exponent * (points + 1)) / 6);
}
