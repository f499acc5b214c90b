import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { eventReading } from '../../lambda/record/event-reading.ts';
import type { RecordSettings } from '../../lambda/record-settings.ts';
import { isChunkKey } from '../../lambda/tables/regime-chunks.ts';
import { changePointAt } from '../../lambda/tables/stored-change-point.ts';
import { changePointsTableSchema, eventsTableSchema } from '../../lib/table-schemas.ts';
import type { Clients } from '../../local/clients.ts';
import type { Forgettable } from './forgettable.ts';
import { type ItemRange, itemsOfSeries } from './items-of-series.ts';
import { quarantinedSeries } from './quarantined-series.ts';

/** The places of a service that hold something of a series. */
export interface PlacesOfSeries {
  readonly eventsTable: string;
  readonly changePointsTable: string;
  readonly bucket: string;
  /** How events are found in records. */
  readonly records: RecordSettings;
}

/**
 * Every store that holds something of a series, in the order in which it is forgotten: whoever adds one adds it here.
 *
 * The chunks go first, since they are only copies. The change points go before the events, so that nobody is told that they are
 * retracted. The rest of the change-points table, with the HEAD and the options in it, goes after the events: should the command end
 * between, the next event is tested as if nothing had happened, and no old change is found anew.
 */
export function storesOfSeries(
  { dynamoDb, s3 }: Pick<Clients, 'dynamoDb' | 's3'>,
  seriesId: string,
  { eventsTable, changePointsTable, bucket, records }: PlacesOfSeries,
  signal: AbortSignal,
): readonly Forgettable[] {
  const client = DynamoDBDocumentClient.from(dynamoDb);
  const ofEvents = { tableName: eventsTable, sortKey: eventsTableSchema.sortKey };
  const ofChangePoints = { tableName: changePointsTable, sortKey: changePointsTableSchema.sortKey };
  const isChangePoint = (key: string) => changePointAt(seriesId, key) !== undefined;
  const items = (name: string, table: Omit<ItemRange, 'has'>, has: ItemRange['has']) =>
    itemsOfSeries(name, client, seriesId, { ...table, has }, signal);
  return [
    items('chunks', ofChangePoints, isChunkKey),
    items('change points', ofChangePoints, isChangePoint),
    items('events', ofEvents, () => true),
    items('items of state', ofChangePoints, (key) => !isChunkKey(key) && !isChangePoint(key)),
    quarantinedSeries(s3, bucket, seriesId, eventReading(records), signal),
  ];
}
