import type { ResolvedOptions } from '@aed/core';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { SeriesChangePoint } from '../../lambda/change-point.ts';
import { documentClient } from '../../lambda/document-client.ts';
import { compareEventKeys, type StoredEvent, timeOfEventKey } from '../../lambda/event.ts';
import { readableChangePoints } from '../../lambda/notify/readable-change-points.ts';
import { type Head, headSortKey } from '../../lambda/tables/head.ts';
import { readableEvents } from '../../lambda/tables/readable-events.ts';
import {
  afterChangePoints,
  beforeChangePoints,
  knownChangePointOf,
} from '../../lambda/tables/stored-change-point.ts';
import type { History } from '../wire.ts';
import { readNewest } from './newest-items.ts';
import { pageLimits } from './page-limits.ts';
import type { PageTables } from './page-tables.ts';
import { seriesRules } from './series-rules.ts';

export interface ReadHistory {
  readonly history: History;
  /** Event keys of the readings in the history, oldest first. */
  readonly eventKeys: ReadonlySet<string>;
}

/**
 * The newest readings and change points of a series, from the tables.
 *
 * If the series has more readings than `most`, the oldest regime is incomplete. It is left out, so that the browser can repeat
 * the detector's tests on what is shown.
 */
export async function readHistory(
  tables: PageTables,
  seriesId: string,
  serviceOptions: ResolvedOptions,
  most: number = pageLimits.historyPoints,
): Promise<ReadHistory> {
  const { dynamoDb, eventsTable, changePointsTable } = tables;
  const client = documentClient(dynamoDb);
  const [newest, items, head] = await Promise.all([
    // One more than is shown, to know whether there are more.
    readNewest<Record<string, unknown>>(client, {
      table: eventsTable,
      sortKey: 'eventKey',
      seriesId,
      most: most + 1,
    }),
    readNewest<Record<string, unknown>>(client, {
      table: changePointsTable,
      sortKey: 'sortKey',
      seriesId,
      most: pageLimits.historyChangePoints,
      after: beforeChangePoints,
      before: afterChangePoints,
    }),
    client.send(
      new GetCommand({
        TableName: changePointsTable,
        Key: { seriesId, sortKey: headSortKey },
        // An older HEAD would place the regime's start before a change that is shown.
        ConsistentRead: true,
      }),
    ),
  ]);
  const damaged = { readings: 0, changePoints: 0 };
  const found = readableChangePoints(items, () => damaged.changePoints++);
  const isWhole = newest.length <= most;
  const read = readableEvents(newest.slice(-most), () => damaged.readings++);
  const start = isWhole ? 0 : firstRegimeStart(read, found);
  const events = read.slice(start);
  const first = events[0]?.eventKey;
  const { options, regimeAfter } = (head.Item ?? {}) as Partial<Head>;
  return {
    history: {
      seriesId,
      ...(await seriesRules(tables, seriesId, serviceOptions, options)),
      points: events.map(({ eventKey, value }) => [Date.parse(timeOfEventKey(eventKey)), value]),
      changePoints: found
        .filter(({ eventKey }) => first !== undefined && compareEventKeys(eventKey, first) >= 0)
        .map(knownChangePointOf),
      startsRegime: isWhole || start > 0,
      regimeStart: events.filter(
        ({ eventKey }) => regimeAfter !== undefined && compareEventKeys(eventKey, regimeAfter) <= 0,
      ).length,
      damaged,
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
