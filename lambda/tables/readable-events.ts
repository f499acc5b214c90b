import { hasTime, type StoredEvent } from '../event.ts';

/**
 * The events in items of the events table, which anyone may edit.
 *
 * An item whose value is no number, or whose key has no time, is left out, as if it were not there: the series goes on without it. An expiry that is
 * no number counts as none.
 *
 * @param onUnreadable - told of each item that is left out
 */
export function readableEvents(
  items: readonly Readonly<Record<string, unknown>>[],
  onUnreadable: (eventKey: string) => void = () => {},
): readonly StoredEvent[] {
  return items.flatMap((item) => {
    const eventKey = String(item.eventKey);
    if (typeof item.value !== 'number' || !hasTime(eventKey)) {
      onUnreadable(eventKey);
      return [];
    }
    const { expiresAt, value } = item;
    return [{ eventKey, value, ...(typeof expiresAt === 'number' && { expiresAt }) }];
  });
}
