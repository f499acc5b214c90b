import {
  type Inflation,
  inflationOfPower,
  type LagCorrelation,
  raiseToCorrelations,
  setInflationOfPowers,
  TabledInflation,
} from './inflation.ts';

/** F(points) of ρ_k = ρ^k, 0 ≤ ρ < 1: an autoregression. */
export function inflationOfPowersAt(correlation: number, points: number): number {
  const { power } = lastPower(correlation, points);
  return inflationOfPower(correlation, points, power);
}

/**
 * The inflation of ρ_k = ρ^k, raised to some correlations, of up to so many points.
 *
 * Its table ends where all correlations are added up and ρ^a is nothing beside 1. From there on a formula gives the same to the last digit, so most tables are short.
 *
 * @param correlations - of ascending lags, all below `points`
 * @param room - for one number more than points, which are overwritten: a long table stays there
 * @param passing - that of the inflation
 */
export function raisedPowers(
  correlation: number,
  correlations: readonly LagCorrelation[],
  points: number,
  room: Float64Array,
  passing: number,
): Inflation {
  const lag = correlations.at(-1)?.lag ?? 0;
  const end = Math.min(points, Math.max(lag + 1, lastPower(correlation, points).exponent));
  const table = end > points / 2 ? room.subarray(0, end + 1) : new Float64Array(end + 1);
  setInflationOfPowers(table, correlation);
  const { sum, weighted } = raiseToCorrelations(table, correlations);
  const beyond = (a: number) => Math.max(inflationOfPower(correlation, a, 0), 1 + 2 * (sum - weighted / a));
  // It grows with a.
  const most = end < points ? beyond(points) : 1;
  const limit = table.reduce((largest, value) => Math.max(largest, value), most);
  return new TabledInflation(table, { limit, passing, slack: 0 }, { points, of: beyond });
}

/** The first of ρ, ρ² … that is nothing beside 1, or the one with the largest exponent. */
function lastPower(correlation: number, most: number): { readonly power: number; readonly exponent: number } {
  let power = 1;
  let exponent = 0;
  while (exponent < most && 1 - power < 1) {
    power *= correlation;
    exponent++;
  }
  return { power, exponent };
}
