import { check } from '../check.ts';
import type { ResolvedOptions } from '../options.ts';
import { exponentOf, statisticAtExponent } from '../p-value.ts';
import { resolveOptions } from '../resolve-options.ts';

/** Of the closed form, fitted by `bench/statistics/mpp-false-alarm-every.ts`. */
const points0 = 40;
const [crossings, growth] = [4.1, 0.46];

/**
 * How rarely, in points, the MPP test raises a false alarm like this one: the N of `falseAlarmEvery` at which it would just have been raised.
 *
 * At a fixed alpha false alarms get rarer as a regime gets longer: two successive tests of many points say nearly the same. The rate at T points is about
 * alpha·(4.1 + 0.46·ln(2 / alpha)) / (T + 40) a point. So with a stated N, alpha grows with T such that this is 1 / N: each point is as likely as any other
 * to raise a false alarm. Fitted to simulations of independent points without a practical threshold. Their mean is within a tenth of N
 * for N from 100 to 50,000; beyond, the formula is extrapolated.
 *
 * @param pValue - of the test, at least 0 and at most 1
 * @param points - T, the points of the regime, at least 0
 * @returns N; Infinity for a p-value of 0
 * @throws RangeError if one of them is out of bounds
 * @example falseAlarmEveryAt(0.01, 1000) // => 15908.8…
 */
export function falseAlarmEveryAt(pValue: number, points: number): number {
  check(typeof pValue === 'number' && pValue >= 0 && pValue <= 1, 'pValue', 'a number from 0 to 1', pValue);
  checkPoints(points);
  return pValue === 0 ? Infinity : (points + points0) / (pValue * crossingsAt(exponentOf(pValue)));
}

/**
 * The alpha that the MPP test has at so many points of a regime if false alarms are stated: the inverse of `falseAlarmEveryAt`.
 *
 * @param falseAlarmEvery - N, a number from 100 to 10,000,000
 * @param points - T, the points of the regime, at least 0
 * @returns alpha; 1 where the regime is so long that every test is significant
 * @throws RangeError if one of them is out of bounds
 * @example alphaAt(10_000, 1000) // => 0.01648…
 */
export function alphaAt(falseAlarmEvery: number, points: number): number {
  const options = resolveOptions({ statistic: 'scan', falseAlarmEvery });
  checkPoints(points);
  return mppLevel(options).alpha(points);
}

/** What a test of a regime has to reach, by the points of the regime. */
export interface MppLevel {
  /** What its p-value is below where it is significant. */
  alpha(points: number): number;
  /** What its statistic is above there. */
  needed(points: number): number;
}

/** The level under these options: that of their `alpha`, unless they state `falseAlarmEvery`. */
export function mppLevel({
  alpha,
  falseAlarmEvery,
}: Pick<ResolvedOptions, 'alpha' | 'falseAlarmEvery'>): MppLevel {
  if (falseAlarmEvery > 0) {
    const exponentAt = (points: number) => exponentFor((2 * falseAlarmEvery) / (points + points0));
    return {
      alpha: (points) => Math.min(1, 2 * Math.exp(-exponentAt(points))),
      needed: (points) => statisticAtExponent(exponentAt(points), points),
    };
  }
  const exponent = exponentOf(alpha);
  return { alpha: () => alpha, needed: (points) => statisticAtExponent(exponent, points) };
}

/** The e = ln(2 / alpha) of a stated rate: e = ln(ratio·(4.1 + 0.46·e)), at least that of alpha 1. */
function exponentFor(ratio: number): number {
  let exponent = Math.LN2;
  // Each step comes nearer by a factor of ten.
  for (let step = 0; step < 12; step++)
    exponent = Math.max(Math.LN2, Math.log(ratio * crossingsAt(exponent)));
  return exponent;
}

/** How often the p-value of a quiet series falls below alpha, in units of alpha, while its length grows by a factor of e. */
function crossingsAt(exponent: number): number {
  return crossings + growth * exponent;
}

function checkPoints(points: number): void {
  check(typeof points === 'number' && points >= 0, 'points', 'a number of at least 0', points);
}
