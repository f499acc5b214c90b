import { setTimeout as delay } from 'node:timers/promises';

/** Groups come this often. */
const groupMs = 100;

/**
 * Gives items out in groups, so many a second on average; all at once where no rate is given.
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
