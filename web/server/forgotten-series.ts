import { documentClient } from '../../lambda/document-client.ts';
import { timeOfEventKey } from '../../lambda/event.ts';
import { readableEvents } from '../../lambda/tables/readable-events.ts';
import { readNewest } from './newest-items.ts';
import type { Overview } from './overview.ts';
import { pageLimits } from './page-limits.ts';
import type { PageTables } from './page-tables.ts';

/**
 * Looks at a series of which the board has no reading: none was read yet, or all were deleted or have expired. It gets the newest that are stored; if there
 * are none, it goes.
 *
 * @returns a function that looks once
 */
export function emptiedLooks(
  { dynamoDb, eventsTable }: PageTables,
  { board, gone }: Pick<Overview, 'board' | 'gone'>,
): (seriesId: string) => Promise<void> {
  const client = documentClient(dynamoDb);
  return async (seriesId) => {
    const items = await readNewest<Record<string, unknown>>(client, {
      table: eventsTable,
      sortKey: 'eventKey',
      seriesId,
      most: pageLimits.seriesPoints,
    });
    const events = readableEvents(items);
    if (events.length === 0) return gone(seriesId);
    for (const { eventKey, value } of events)
      board.recorded({ seriesId, eventKey, time: Date.parse(timeOfEventKey(eventKey)), value });
  };
}
