import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { StoredEvent } from '../../lambda/event.ts';
import { readableEvents } from '../../lambda/tables/readable-events.ts';
import type { StoredChangePoint } from '../../lambda/tables/stored-change-point.ts';
import type { Clients } from '../../local/clients.ts';
import { names } from '../../local/resources.ts';
import { pageLimits } from './page-limits.ts';
import { readNewest } from './series-history.ts';

/** A series from before the start of the page. */
export interface RecalledSeries {
  readonly seriesId: string;
  /** Its newest events, oldest first. */
  readonly events: readonly StoredEvent[];
}

type PublishedChangePoint = StoredChangePoint & { readonly publishedAt: string };

/** The part of the tables that the page shows when it starts. */
export interface Recalled {
  readonly series: readonly RecalledSeries[];
  /** The newest change points that were published, oldest first. */
  readonly published: readonly PublishedChangePoint[];
}

/** Number of series that are read concurrently. */
const together = 8;

/** Reads what earlier runs left in the tables, if the pipeline keeps its data. */
export async function recall({ dynamoDb }: Clients): Promise<Recalled> {
  const client = DynamoDBDocumentClient.from(dynamoDb, { unmarshallOptions: { wrapNumbers: Number } });
  const seriesIds: string[] = [];
  const published: PublishedChangePoint[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName: names.changePointsTable })) {
    for (const item of Items) {
      if (item.sortKey === 'HEAD') seriesIds.push(item.seriesId);
      else if (item.sortKey.startsWith('CP#') && item.publishedAt !== undefined)
        published.push(item as PublishedChangePoint);
    }
    published.sort((a, b) => (a.publishedAt < b.publishedAt ? -1 : 1)).splice(0, -pageLimits.notices);
  }
  const series: RecalledSeries[] = [];
  const wanted = seriesIds.slice(0, pageLimits.recalledSeries);
  for (let start = 0; start < wanted.length; start += together) {
    const read = wanted.slice(start, start + together).map(async (seriesId) => ({
      seriesId,
      events: readableEvents(
        await readNewest<Record<string, unknown>>(
          client,
          names.eventsTable,
          'eventKey',
          seriesId,
          pageLimits.seriesPoints,
        ),
      ),
    }));
    series.push(...(await Promise.all(read)));
  }
  return { series, published };
}
