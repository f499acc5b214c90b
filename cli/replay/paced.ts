import { setTimeout as delay } from 'node:timers/promises';

/** Interval between two groups. */
const groupMs = 100;

/**
 * Yields items in groups, `perSecond` on average; all at once without a rate.
 *
 * Ends early when the signal aborts.
 */
export async function* paced<Item>(
  items: readonly Item[],
  perSecond: number | undefined,
  signal: AbortSignal,
): AsyncGenerator<readonly Item[]> {
  const startedAt = performance.now();
  let given = 0;
  while (given < items.length && !signal.aborted) {
    const elapsedMs = performance.now() - startedAt + groupMs;
    const due = perSecond === undefined ? items.length : Math.floor((elapsedMs * perSecond) / 1000);
    if (due > given) yield items.slice(given, due);
    given = Math.max(given, Math.min(due, items.length));
    if (given < items.length) await delay(groupMs, undefined, { signal }).catch(() => {});
  }
}
