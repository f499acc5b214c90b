import { setTimeout as delay } from 'node:timers/promises';
import { putLimits } from './put-limits.ts';

/** So many events are together at most: memory must not grow with their number. */
const mostTogether = putLimits.aggregateEvents;
/** Interval at which events that are due are put together. */
const tickMs = 100;
/** Longest wait. A timer of more than 24 days would fire at once. */
const longestWaitMs = 3_600_000;

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
      const wait = Math.min(longestWaitMs, Math.max(tickMs, event.timestamp - Date.now()));
      await delay(wait, undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
    }
    due.push(event);
    if (due.length < mostTogether) continue;
    yield due;
    due = [];
  }
  if (due.length > 0) yield due;
}
