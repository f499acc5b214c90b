import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '../../lambda/document-client.ts';
import { timeOfEventKey } from '../../lambda/event.ts';
import { readableChangePoints } from '../../lambda/notify/readable-change-points.ts';
import { readableEvents } from '../../lambda/tables/readable-events.ts';
import {
  afterChangePoints,
  beforeChangePoints,
  type StoredChangePoint,
} from '../../lambda/tables/stored-change-point.ts';
import { attachmentNamed, csvLine } from './csv.ts';
import type { PageTables } from './page-tables.ts';

type Cells = readonly (string | number | undefined)[];

/** What of a series can be downloaded. */
interface Export {
  readonly head: readonly string[];
  /** The key condition, beside the series, and its values. */
  readonly condition?: readonly [text: string, values: Readonly<Record<string, string>>];
  readonly table: 'eventsTable' | 'changePointsTable';
  readonly rows: (seriesId: string, items: readonly Record<string, unknown>[]) => readonly Cells[];
}

const readings: Export = {
  head: ['seriesId', 'timestamp', 'value', 'eventId'],
  table: 'eventsTable',
  rows: (seriesId, items) =>
    readableEvents(items).map(({ eventKey, value }) => [
      seriesId,
      timeOfEventKey(eventKey),
      value,
      eventKey.slice(eventKey.indexOf('#') + 1),
    ]),
};

const changes: Export = {
  head: [
    ...['seriesId', 'changedAt', 'changedFrom', 'changedTo', 'detectedAt', 'direction', 'kind', 'magnitude'],
    ...['magnitudeFrom', 'magnitudeTo', 'medianBefore', 'medianAfter', 'meanBefore', 'meanAfter', 'pValue'],
    ...['publishedAt', 'muted', 'retractedAt', 'acknowledgedAt', 'acknowledgedBy', 'note', 'id'],
  ],
  condition: [
    'sortKey BETWEEN :first AND :last',
    { ':first': beforeChangePoints, ':last': afterChangePoints },
  ],
  table: 'changePointsTable',
  rows: (_, items) => readableChangePoints(items).map(cellsOfChange),
};

function cellsOfChange(found: StoredChangePoint): Cells {
  return [
    ...[found.seriesId, found.changedAt, found.changedFrom, found.changedTo, found.detectedAt],
    ...[found.direction, found.kind, found.magnitude],
    ...[found.magnitudeInterval?.from, found.magnitudeInterval?.to],
    ...[found.before.median, found.after.median, found.before.mean, found.after.mean, found.pValue],
    ...[
      found.publishedAt,
      found.muted && 'true',
      found.retractedAt,
      found.acknowledgedAt,
      found.acknowledgedBy,
      found.note,
      found.id,
    ],
  ];
}

export const exports = { readings, changes } as const;

/**
 * Answers with a whole series as CSV, oldest first, a page of the table at a time.
 *
 * A failure amid it breaks the connection, so that the browser does not take a part for the whole.
 */
export async function exportCsv(
  tables: PageTables,
  seriesId: string,
  what: keyof typeof exports,
  response: ServerResponse,
): Promise<void> {
  const { head, condition, table, rows }: Export = exports[what];
  const client = documentClient(tables.dynamoDb);
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  response.writeHead(200, {
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': attachmentNamed(seriesId, what),
  });
  try {
    await send(csvLine(head));
    const pages = paginateQuery(
      { client },
      {
        TableName: tables[table],
        KeyConditionExpression: ['seriesId = :series', ...(condition ? [condition[0]] : [])].join(' AND '),
        ExpressionAttributeValues: { ':series': seriesId, ...condition?.[1] },
      },
      { abortSignal: gone.signal },
    );
    for await (const { Items = [] } of pages) await send(rows(seriesId, Items).map(csvLine).join(''));
    response.end();
  } catch {
    response.destroy();
  }

  async function send(text: string): Promise<void> {
    if (!response.write(text)) await once(response, 'drain', { signal: gone.signal });
  }
}
