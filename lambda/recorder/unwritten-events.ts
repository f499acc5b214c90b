import { type Event, eventKey } from '../event.ts';
import { processingLimits } from '../processing-limits.ts';

/** An event that waits for its write, and what it stands for. */
export interface UnwrittenEvent {
  readonly event: Event;
  /** Of the first record that brought this event. */
  readonly sequenceNumber: string;
  /** Entries that became this write: more than one where later ones of the same key replaced earlier ones. */
  readonly entries: number;
}

/**
 * The events that one call to the table may hold: at most 25, and no two of one series.
 *
 * A call puts its items in parallel and may leave any of them out, so two events of one series in it could reach the
 * table, and its stream, in either order. One call a series and event at a time, and the next call only after the last
 * one is done, keeps each series in its order whatever is throttled. Entries of the same key are one write; the last
 * one stands, as it would if they were written one after the other.
 */
export class UnwrittenEvents {
  readonly #bySeries = new Map<string, UnwrittenEvent & { readonly key: string }>();

  /** The events in the order in which they first came. */
  get writes(): readonly UnwrittenEvent[] {
    return [...this.#bySeries.values()];
  }

  /** Takes an event, if the call has room for it. @returns whether it had; if not, the events here must be written first */
  add(event: Event, sequenceNumber: string): boolean {
    const key = eventKey(event);
    const earlier = this.#bySeries.get(event.seriesId);
    if (earlier === undefined) {
      if (this.#bySeries.size === processingLimits.writeBatchItems) return false;
      this.#bySeries.set(event.seriesId, { event, key, sequenceNumber, entries: 1 });
      return true;
    }
    if (earlier.key !== key) return false;
    this.#bySeries.set(event.seriesId, { ...earlier, event, entries: earlier.entries + 1 });
    return true;
  }

  /** Takes away what was stored: the first so many writes. @returns the entries that they stood for */
  stored(count: number): number {
    let entries = 0;
    for (const [seriesId, write] of [...this.#bySeries].slice(0, count)) {
      this.#bySeries.delete(seriesId);
      entries += write.entries;
    }
    return entries;
  }
}
