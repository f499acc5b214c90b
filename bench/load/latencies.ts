/** Quantiles of latencies, in milliseconds. */
export interface Quantiles {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** Collects latencies in milliseconds. @param most - how many there will be at most */
export class Latencies {
  readonly #times: Float64Array;
  #count = 0;

  constructor(most: number) {
    this.#times = new Float64Array(most);
  }

  add(milliseconds: number): void {
    this.#times[this.#count++] = milliseconds;
  }

  /** Each quantile is the smallest time that at least that share of all times does not exceed. `undefined` without times. */
  quantiles(): Quantiles | undefined {
    if (this.#count === 0) return undefined;
    const sorted = this.#times.slice(0, this.#count).sort();
    const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
    return { p50: at(0.5), p99: at(0.99), max: at(1) };
  }
}
