/**
 * p-value of the statistic K of a regime of T points: min(1, 2·exp(−6K² / (T³ + T²))).
 *
 * Approximate, and conservative for short regimes: below 16 points it cannot reach 0.01.
 * Source: Pettitt (1979), equation for two-sided p.
 */
export function pValue(statistic: number, points: number): number {
  if (statistic === 0) return 1;
  return Math.min(1, 2 * Math.exp((-6 * statistic * statistic) / (points * points * (points + 1))));
}
