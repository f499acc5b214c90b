import { type Event, eventKey } from '../event.ts';
import { processingLimits } from '../processing-limits.ts';

/** An event that waits for its write, and the entries that it stands for. */
export interface UnwrittenEvent {
  readonly event: Event;
  /** Sequence number of the first record that holds this event. */
  readonly sequenceNumber: string;
  /** Entries with the event's key. Later ones replace earlier ones, so there is one write for all of them. */
  readonly entries: number;
}

/**
 * The events that one call to the table may hold: at most 25, and no two of one series.
 *
 * BatchWriteItem writes its items in parallel and may leave some unprocessed. Two events of one series in one call could
 * reach the table and its stream in either order. So a call holds one event of a series, and the next call starts when
 * the last one is done. Entries of the same key become one write of the last entry, as if they were written in turn.
 */
export class UnwrittenEvents {
  readonly #bySeries = new Map<string, UnwrittenEvent & { readonly key: string }>();

  /** The events in the order in which they first came. */
  get writes(): readonly UnwrittenEvent[] {
    return [...this.#bySeries.values()];
  }

  /** Adds an event if the call has room. @returns false if it has none: the waiting events must be written first */
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

  /** Removes the first writes, which are stored. @returns the number of their entries */
  stored(count: number): number {
    let entries = 0;
    for (const [seriesId, write] of [...this.#bySeries].slice(0, count)) {
      this.#bySeries.delete(seriesId);
      entries += write.entries;
    }
    return entries;
  }
}
