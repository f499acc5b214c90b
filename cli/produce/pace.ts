import { setTimeout as delay } from 'node:timers/promises';

/** Interval at which events that are due are put together. */
const tickMs = 100;

/**
 * Yields events when they are due, in groups, several times a second.
 *
 * Ends early when the signal aborts.
 */
export async function* whenDue<Event extends { readonly timestamp: number }>(
  events: Iterable<Event>,
  signal: AbortSignal,
): AsyncGenerator<readonly Event[]> {
  let due: Event[] = [];
  for (const event of events) {
    while (event.timestamp > Date.now()) {
      if (due.length > 0) yield due;
      due = [];
      const wait = Math.max(tickMs, event.timestamp - Date.now());
      await delay(wait, undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
    }
    due.push(event);
  }
  if (due.length > 0) yield due;
}
