import { InProcessTables } from '../../../../bench/detector/in-process-tables.ts';
import type { Item } from '../../../../bench/detector/partition.ts';
import type { TableCall } from '../../../../bench/detector/table-call.ts';
import type { SeriesChangePoint } from '../../../../lambda/change-point.ts';
import { dynamoClient } from '../../../../lambda/clients.ts';
import { serviceOptions } from '../../../../lambda/service-options.ts';
import { changePointsTable } from '../../../../lambda/tables/change-points-table.ts';
import { eventReader } from '../../../../lambda/tables/events-table.ts';
import { regimeChunks } from '../../../../lambda/tables/regime-chunks.ts';
import { names } from '../../../../local/resources.ts';
import type { Interleaving } from './interleaving.ts';

export const seriesId = 's';

/** The tables of one series, and what a detector needs to work on them. */
export interface World {
  readonly tables: InProcessTables;
  readonly parts: ReturnType<typeof partsOf>;
  readonly published: string[];
  readonly items: Item[];
  readonly events: Item[];
  /** The item of the HEAD. */
  head(): Item | undefined;
  deleteHead(): void;
}

/** @param clock - shared by all worlds */
export function newWorld(
  options: Interleaving['options'],
  clock: () => Date,
  before?: (call: TableCall) => Promise<void> | undefined,
): World {
  const tables = new InProcessTables(
    { [names.eventsTable]: 'eventKey', [names.changePointsTable]: 'sortKey' },
    before,
  );
  const published: string[] = [];
  const changePoints = tables.partition(names.changePointsTable, seriesId);
  return {
    tables,
    published,
    parts: partsOf(tables, options, clock, published),
    items: changePoints.items,
    events: tables.partition(names.eventsTable, seriesId).items,
    head: () => changePoints.get(headKey),
    deleteHead: () => changePoints.delete(headKey),
  };
}

const headKey: Item = { seriesId: { S: seriesId }, sortKey: { S: 'HEAD' } };

function partsOf(
  tables: InProcessTables,
  options: Interleaving['options'],
  clock: () => Date,
  published: string[],
) {
  const { requestHandler } = tables;
  const environment = { AWS_REGION: 'x', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' };
  const client = dynamoClient(environment, requestHandler === undefined ? {} : { requestHandler });
  let ids = 0;
  const newId = () => `id ${ids++}`;
  const backoff = { wait: async () => {}, random: () => (ids++ * 0.618) % 1 };
  return {
    events: eventReader(client, names.eventsTable),
    changePoints: changePointsTable(client, names.changePointsTable, newId),
    chunks: regimeChunks(client, names.changePointsTable, backoff),
    notifier: {
      async publish({ id }: SeriesChangePoint) {
        published.push(id);
      },
    },
    clock,
    backoff,
    deadline: () => new AbortController().signal,
    newId,
    options: serviceOptions(options),
  };
}

/** What the tables say, without what only tells how they came to it. */
export function answersOf({ items }: World): readonly object[] {
  return items
    .filter(({ sortKey }) => !sortKey?.S?.startsWith('HEAD#'))
    .map(({ version: _version, writeId: _writeId, chunks: _chunks, edition: _edition, ...answer }) => answer);
}
