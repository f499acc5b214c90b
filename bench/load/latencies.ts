/** How long things took, as quantiles. */
export interface Quantiles {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** Times in milliseconds, as many as there is room for. */
export class Latencies {
  readonly #times: Float64Array;
  #count = 0;

  constructor(most: number) {
    this.#times = new Float64Array(most);
  }

  add(milliseconds: number): void {
    this.#times[this.#count++] = milliseconds;
  }

  /** The smallest time that so much of all are not above; `undefined` without any. */
  quantiles(): Quantiles | undefined {
    if (this.#count === 0) return undefined;
    const sorted = this.#times.slice(0, this.#count).sort();
    const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
    return { p50: at(0.5), p99: at(0.99), max: at(1) };
  }
}
