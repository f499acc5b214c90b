import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { changePointPrefix } from '../../lambda/change-point.ts';
import { documentClient } from '../../lambda/document-client.ts';
import { compareEventKeys, type StoredEvent } from '../../lambda/event.ts';
import { readableChangePoints } from '../../lambda/notify/readable-change-points.ts';
import { groupsOf } from '../../lambda/tables/groups-of.ts';
import { headSortKey } from '../../lambda/tables/head.ts';
import { readableEvents } from '../../lambda/tables/readable-events.ts';
import type { StoredChangePoint } from '../../lambda/tables/stored-change-point.ts';
import { readNewest } from './newest-items.ts';
import { pageLimits } from './page-limits.ts';
import type { PageTables } from './page-tables.ts';

/** A series from before the start of the page. */
export interface RecalledSeries {
  readonly seriesId: string;
  /** Its newest events, oldest first. */
  readonly events: readonly StoredEvent[];
}

type PublishedChangePoint = StoredChangePoint & { readonly publishedAt: string };

/** The change points of a series that its row shows. */
export interface RecalledChanges {
  readonly newest: StoredChangePoint;
  /** Event keys of those that nobody has acknowledged: the newest, up to a limit. */
  readonly unacknowledged: readonly string[];
}

interface GatheredChanges {
  newest: StoredChangePoint;
  readonly unacknowledged: string[];
}

/** The part of the tables that the page shows when it starts. */
export interface Recalled {
  /** Every series, also those whose readings were not read. */
  readonly seriesIds: readonly string[];
  readonly series: readonly RecalledSeries[];
  /** By series. */
  readonly changes: ReadonlyMap<string, RecalledChanges>;
  /** The newest change points that were published, oldest first. */
  readonly published: readonly PublishedChangePoint[];
}

/** Number of series that are read concurrently. */
const together = 8;

/** Reads what the tables hold. Of the readings, those of so many series. */
export async function recall(
  tables: PageTables,
  most: number = pageLimits.recalledSeries,
): Promise<Recalled> {
  const client = documentClient(tables.dynamoDb);
  const seriesIds: string[] = [];
  const published: PublishedChangePoint[] = [];
  const changes = new Map<string, GatheredChanges>();
  for await (const { Items = [] } of paginateScan({ client }, { TableName: tables.changePointsTable })) {
    for (const item of Items) {
      if (item.sortKey === headSortKey) seriesIds.push(item.seriesId);
      if (!item.sortKey.startsWith(changePointPrefix)) continue;
      for (const stored of readableChangePoints([item])) {
        addChange(changes, stored);
        if (stored.publishedAt !== undefined) published.push(stored as PublishedChangePoint);
      }
    }
    published.sort((a, b) => (a.publishedAt < b.publishedAt ? -1 : 1)).splice(0, -pageLimits.notices);
  }
  const series: RecalledSeries[] = [];
  const wanted = seriesIds.slice(0, most);
  for (const group of groupsOf(wanted, together)) {
    const read = group.map(async (seriesId) => ({
      seriesId,
      events: readableEvents(
        await readNewest<Record<string, unknown>>(client, {
          table: tables.eventsTable,
          sortKey: 'eventKey',
          seriesId,
          most: pageLimits.seriesPoints,
        }),
      ),
    }));
    series.push(...(await Promise.all(read)));
  }
  return { seriesIds, series, changes, published };
}

/** A scan has the items of a series in the order of their keys. */
function addChange(changes: Map<string, GatheredChanges>, stored: StoredChangePoint): void {
  const { seriesId, eventKey, acknowledgedAt, retractedAt } = stored;
  const known = changes.get(seriesId) ?? { newest: stored, unacknowledged: [] };
  if (compareEventKeys(known.newest.eventKey, eventKey) <= 0) known.newest = stored;
  if (acknowledgedAt === undefined && retractedAt === undefined) known.unacknowledged.push(eventKey);
  if (known.unacknowledged.length > pageLimits.historyChangePoints) known.unacknowledged.shift();
  changes.set(seriesId, known);
}
