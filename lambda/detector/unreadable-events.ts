import { printable } from '../printable.ts';

/** The items that were met in the events table and are no reading, by series: how many, and the first of them. */
export class UnreadableEvents {
  #met = new Map<string, { readonly first: string; count: number }>();

  add(seriesId: string, eventKey: string): void {
    const known = this.#met.get(seriesId);
    if (known === undefined) this.#met.set(seriesId, { first: eventKey, count: 1 });
    else known.count++;
  }

  /** What was met since the last call. An item that was read twice counts twice. */
  take(): { readonly count: number; readonly errors: readonly { seriesId: string; error: RangeError }[] } {
    const met = [...this.#met];
    this.#met = new Map();
    return {
      count: met.reduce((sum, [, { count }]) => sum + count, 0),
      errors: met.map(([seriesId, { first, count }]) => ({
        seriesId,
        error: new RangeError(
          `an item of the events table must have a number as its value and a time in its eventKey, got ${count} that do not, the first '${printable(first)}'; the series goes on without them: correct or delete them`,
        ),
      })),
    };
  }
}
