/** A stretch of a regime that can become a chunk. */
export interface RegimeSpan {
  /** Points of the regime up to its end. */
  readonly end: number;
  /** Event key of its last event. */
  readonly through: string;
  /** Epoch seconds at which the first of its events expires; infinite if none does. */
  readonly expiresAt: number;
}

/** How a regime is cut into spans. A key is remembered for each, and for no other event. */
export class Spans {
  readonly #length: number;
  #closed: RegimeSpan[] = [];
  #points = 0;
  /** The first expiry after the last closed span. */
  #expiresAt = Number.POSITIVE_INFINITY;

  /** @param length - points of a span */
  constructor(length: number) {
    this.#length = length;
  }

  /** The spans that are full, oldest first. */
  get closed(): readonly RegimeSpan[] {
    return this.#closed;
  }

  /** Counts the next event. */
  add(key: string, expiresAt = Number.POSITIVE_INFINITY): void {
    this.#expiresAt = Math.min(this.#expiresAt, expiresAt);
    this.#points++;
    if (this.#points - this.#lastEnd >= this.#length) this.close(key);
  }

  /** Counts the events of a chunk, whatever its length. */
  addChunk(count: number, through: string, expiresAt = Number.POSITIVE_INFINITY): void {
    this.#points += count;
    this.#expiresAt = Math.min(this.#expiresAt, expiresAt);
    this.close(through);
  }

  /** Ends a span with the event counted last, unless one has ended there. */
  close(through: string): void {
    if (this.#points === this.#lastEnd) return;
    this.#closed.push({ end: this.#points, through, expiresAt: this.#expiresAt });
    this.#expiresAt = Number.POSITIVE_INFINITY;
  }

  /** Forgets the oldest events. What is left of a span stays a span, unless it is short: then it belongs to the next one. */
  dropFront(count: number): void {
    this.#points -= count;
    const left = this.#closed.filter(({ end }) => end > count);
    const [first, second] = left;
    const isShort = first !== undefined && second !== undefined && first.end - count < this.#length / 2;
    const [, , ...others] = left;
    const joined = isShort
      ? [{ ...second, expiresAt: Math.min(first.expiresAt, second.expiresAt) }, ...others]
      : left;
    this.#closed = joined.map((span) => ({ ...span, end: span.end - count }));
  }

  get #lastEnd(): number {
    return this.#closed.at(-1)?.end ?? 0;
  }
}
