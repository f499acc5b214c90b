import type { ResolvedOptions } from '@aed/core';
import { DynamoDBDocumentClient, GetCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { SeriesChangePoint } from '../../lambda/change-point.ts';
import { compareEventKeys, type StoredEvent, timeOfEventKey } from '../../lambda/event.ts';
import { optionsOfSeries } from '../../lambda/service-options.ts';
import type { Head } from '../../lambda/tables/head.ts';
import { readableEvents } from '../../lambda/tables/readable-events.ts';
import { changePointOf, type StoredChangePoint } from '../../lambda/tables/stored-change-point.ts';
import type { Clients } from '../../local/clients.ts';
import { names } from '../../local/resources.ts';
import type { History } from '../wire.ts';
import { pageLimits } from './page-limits.ts';

export interface ReadHistory {
  readonly history: History;
  /** Event keys of the readings in the history. */
  readonly eventKeys: ReadonlySet<string>;
}

/**
 * The newest readings and change points of a series, from the tables.
 *
 * If the series has more readings than `most`, the oldest regime is incomplete. It is left out, so that the browser can repeat
 * the detector's tests on what is shown.
 */
export async function readHistory(
  { dynamoDb }: Clients,
  seriesId: string,
  serviceOptions: ResolvedOptions,
  most: number = pageLimits.historyPoints,
): Promise<ReadHistory> {
  const client = DynamoDBDocumentClient.from(dynamoDb, { unmarshallOptions: { wrapNumbers: Number } });
  const [newest, found, head] = await Promise.all([
    // One more than is shown, to know whether there are more.
    readNewest<Record<string, unknown>>(client, names.eventsTable, 'eventKey', seriesId, most + 1),
    readNewest<StoredChangePoint>(
      client,
      names.changePointsTable,
      'sortKey',
      seriesId,
      pageLimits.historyChangePoints,
      'CP#',
    ),
    client.send(new GetCommand({ TableName: names.changePointsTable, Key: { seriesId, sortKey: 'HEAD' } })),
  ]);
  const isWhole = newest.length <= most;
  const read = readableEvents(newest.slice(-most));
  const start = isWhole ? 0 : firstRegimeStart(read, found);
  const events = read.slice(start);
  const first = events[0]?.eventKey;
  const { options, regimeAfter } = (head.Item ?? {}) as Partial<Head>;
  return {
    history: {
      seriesId,
      options: optionsOfSeries(options, serviceOptions).options,
      points: events.map(({ eventKey, value }) => [Date.parse(timeOfEventKey(eventKey)), value]),
      changePoints: found
        .filter(({ eventKey }) => first !== undefined && compareEventKeys(eventKey, first) >= 0)
        .map(changePointOf),
      startsRegime: isWhole || start > 0,
      regimeStart: events.filter(
        ({ eventKey }) => regimeAfter !== undefined && compareEventKeys(eventKey, regimeAfter) <= 0,
      ).length,
    },
    eventKeys: new Set(events.map(({ eventKey }) => eventKey)),
  };
}

/** Index of the first reading that begins a regime; 0 if none is known to. */
function firstRegimeStart(
  events: readonly StoredEvent[],
  changePoints: readonly SeriesChangePoint[],
): number {
  for (const { eventKey, changedEventKey, options } of changePoints) {
    const restarts = options.restart === 'change' ? changedEventKey : eventKey;
    const at = events.findIndex((event) => event.eventKey === restarts);
    if (at !== -1) return options.restart === 'change' ? at : at + 1;
  }
  return 0;
}

/** The newest items of a series in a table, oldest first. */
export async function readNewest<Item>(
  client: DynamoDBDocumentClient,
  TableName: string,
  sortKey: string,
  seriesId: string,
  most: number,
  prefix?: string,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  const pages = paginateQuery(
    { client },
    {
      TableName,
      KeyConditionExpression: `seriesId = :series${prefix === undefined ? '' : ` AND begins_with(${sortKey}, :prefix)`}`,
      ExpressionAttributeValues: {
        ':series': seriesId,
        ...(prefix !== undefined && { ':prefix': prefix }),
      },
      ConsistentRead: true,
      ScanIndexForward: false,
      Limit: most,
    },
  );
  for await (const { Items = [] } of pages) {
    items.push(...(Items as Item[]));
    if (items.length >= most) break;
  }
  return items.slice(0, most).reverse();
}
