import { at } from '../../float-list.ts';

/**
 * How many times the variance of a mean of dependent points is that of as many independent ones.
 *
 * F(a) = 1 + 2·Σ_{k<a} (1 − k/a)·ρ_k of a mean of a points, where ρ_k is the correlation of points k apart. At least 1, at most a.
 */
export interface Inflation {
  /** F(a). */
  of(points: number): number;
  /** F of many points. */
  readonly limit: number;
  /** Which share of the alarms of independent points pass, where each asks for an estimate of its own. */
  readonly passing: number;
  /** With a practical threshold, the share of all pairs that counts for a change beside U. */
  readonly slack: number;
}

/** That of points which are known to be independent. */
export const noInflation: Inflation = { of: () => 1, limit: 1, passing: 1, slack: 0 };

/** The inflation in a table of F(0), F(1) …; beyond it, that of many points. */
export class TabledInflation implements Inflation {
  readonly #table: Float64Array;
  readonly limit: number;
  readonly passing: number;
  readonly slack: number;

  constructor(table: Float64Array, { limit, passing, slack }: Omit<Inflation, 'of'>) {
    this.#table = table;
    this.limit = limit;
    this.passing = passing;
    this.slack = slack;
  }

  of(points: number): number {
    return points < this.#table.length ? at(this.#table, points) : this.limit;
  }
}

/** An inflation that is worked out when it is first asked for. */
export class DeferredInflation implements Inflation {
  readonly #workOut: () => Inflation;
  #inflation: Inflation | undefined;

  constructor(workOut: () => Inflation) {
    this.#workOut = workOut;
  }

  of(points: number): number {
    return this.#here.of(points);
  }

  get limit(): number {
    return this.#here.limit;
  }

  get passing(): number {
    return this.#here.passing;
  }

  get slack(): number {
    return this.#here.slack;
  }

  get #here(): Inflation {
    this.#inflation ??= this.#workOut();
    return this.#inflation;
  }
}

/** Sets a table to F(0), F(1) … of ρ_k = ρ^k, 0 ≤ ρ < 1: an autoregression. */
export function setInflationOfPowers(table: Float64Array, correlation: number): void {
  const scale = (2 * correlation) / (1 - correlation);
  let power = 1;
  table[0] = 1;
  for (let a = 1; a < table.length; a++) {
    power *= correlation;
    table[a] = 1 + scale * (1 - (1 - power) / (a * (1 - correlation)));
  }
}

/** The correlation of points that are `lag` apart. */
export interface LagCorrelation {
  readonly lag: number;
  readonly correlation: number;
}

/**
 * Raises a table to the inflation of some correlations, straight lines between them, nothing beyond the last.
 *
 * @param correlations - of ascending lags
 */
export function raiseToCorrelations(table: Float64Array, correlations: readonly LagCorrelation[]): void {
  let place = 0;
  let before: LagCorrelation = { lag: 0, correlation: 1 };
  let [sum, weighted] = [0, 0];
  for (let a = 1; a < table.length; a++) {
    const lag = a - 1;
    let next = correlations[place];
    if (next !== undefined && lag > 0) {
      const share = (lag - before.lag) / (next.lag - before.lag);
      const correlation = before.correlation + share * (next.correlation - before.correlation);
      sum += correlation;
      weighted += correlation * lag;
      if (lag === next.lag) {
        before = next;
        next = correlations[++place];
      }
    }
    table[a] = Math.max(at(table, a), 1 + 2 * (sum - weighted / a));
  }
}
