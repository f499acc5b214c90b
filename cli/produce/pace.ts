import { setTimeout as delay } from 'node:timers/promises';
import { putLimits } from './put-limits.ts';

/** So many events are together at most, or one record of more: memory must not grow with their number. */
const mostTogether = putLimits.aggregateEvents;
/** Interval at which what is due is put together. */
const tickMs = 100;
/** Longest wait. A timer of more than 24 days would fire at once. */
const longestWaitMs = 3_600_000;

/** What is due at a time, in epoch milliseconds: one event, or a record of several. */
interface Due {
  readonly timestamp: number;
  readonly events?: number;
}

/**
 * Yields events or records when they are due, in groups, several times a second.
 *
 * Ends early when the signal aborts.
 */
export async function* whenDue<Item extends Due>(
  items: Iterable<Item>,
  signal: AbortSignal,
): AsyncGenerator<readonly Item[]> {
  let due: Item[] = [];
  let together = 0;
  for (const item of items) {
    while (item.timestamp > Date.now()) {
      if (due.length > 0) yield due;
      due = [];
      together = 0;
      const wait = Math.min(longestWaitMs, Math.max(tickMs, item.timestamp - Date.now()));
      await delay(wait, undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
    }
    due.push(item);
    together += item.events ?? 1;
    if (together < mostTogether) continue;
    yield due;
    due = [];
    together = 0;
  }
  if (due.length > 0) yield due;
}
