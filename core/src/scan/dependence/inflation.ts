/**
 * How many times the variance of a mean of dependent points is that of as many independent ones.
 *
 * F(a) = 1 + 2·Σ_{k<a} (1 − k/a)·ρ_k of a mean of a points, where ρ_k is the correlation of points k apart. At least 1, at most a.
 */
export interface Inflation {
  /** F(a) of at least one point. */
  of(points: number): number;
  /** F of many points. */
  readonly limit: number;
  /** The share of the alarms of independent points that pass, since each asks for an estimate of its own, which may refuse it. */
  readonly passing: number;
  /** With a practical threshold, the share of all pairs that is added to U in favour of a change. */
  readonly slack: number;
}

/** The inflation of points that are known to be independent. */
export const noInflation: Inflation = { of: () => 1, limit: 1, passing: 1, slack: 0 };

/** The correlation of points that are `lag` apart. */
export interface LagCorrelation {
  readonly lag: number;
  readonly correlation: number;
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

/** An autoregression, and the correlations that raise its inflation. */
interface Raised {
  /** The correlation of the autoregression at lag 1, at least 0 and less than 1. */
  readonly correlation: number;
  /** In ascending order of lags; no correlation is negative. */
  readonly correlations: readonly LagCorrelation[];
  /** What the inflation is multiplied by: less than 1 where scores vary less than ranks. */
  readonly share: number;
  /** For more points than these the inflation is its limit. */
  readonly most: number;
}

/** An inflation that a formula gives for up to `most` points, so that it takes no memory; beyond, it is its limit. */
export function raisedInflation(raised: Raised, beyond: Omit<Inflation, 'of'>): Inflation {
  return { ...beyond, of: (points) => (points > raised.most ? beyond.limit : raisedAt(raised, points)) };
}

/** F(a) of up to `most` points; it grows with a. */
export function raisedAt({ correlation, correlations, share }: Raised, a: number): number {
  return Math.max(1, share * Math.max(inflationOfPowers(correlation, a), inflationOfLines(correlations, a)));
}

/** F(a) of ρ_k = ρ^k, 0 ≤ ρ < 1: an autoregression. */
export function inflationOfPowers(correlation: number, a: number): number {
  const scale = (2 * correlation) / (1 - correlation);
  return 1 + scale * (1 - (1 - correlation ** a) / (a * (1 - correlation)));
}

/**
 * F(a) of correlations that are known at some lags. Between these they follow straight lines; beyond the last they are 0.
 *
 * Along a line, Σ ρ_k and Σ k·ρ_k follow from Σ k and Σ k².
 *
 * @param correlations - of ascending lags
 */
export function inflationOfLines(correlations: readonly LagCorrelation[], a: number): number {
  let before: LagCorrelation = { lag: 0, correlation: 1 };
  let [sum, weighted] = [0, 0];
  for (const next of correlations) {
    const width = next.lag - before.lag;
    const lags = Math.min(width, a - 1 - before.lag);
    if (lags <= 0) break;
    const slope = (next.correlation - before.correlation) / width;
    const numbers = (lags * (lags + 1)) / 2;
    const line = lags * before.correlation + slope * numbers;
    sum += line;
    weighted += before.lag * line + numbers * (before.correlation + (slope * (2 * lags + 1)) / 3);
    before = next;
  }
  return 1 + 2 * (sum - weighted / a);
}
