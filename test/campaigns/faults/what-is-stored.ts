import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import { keptObjects } from '../../../cli/quarantine/bucket.ts';
import { documentClient } from '../../../lambda/document-client.ts';
import type { StoredEvent } from '../../../lambda/event.ts';
import { realSurroundings } from '../../../lambda/surroundings.ts';
import { changePointsTable } from '../../../lambda/tables/change-points-table.ts';
import type { Head } from '../../../lambda/tables/head.ts';
import { regimeChunks } from '../../../lambda/tables/regime-chunks.ts';
import type { StoredChangePoint } from '../../../lambda/tables/stored-change-point.ts';
import type { WaveMark } from '../../../lambda/tables/wave.ts';
import type { Backend } from '../../../local/backend.ts';
import { names } from '../../../local/resources.ts';
import type { Poisoned } from './producer.ts';

interface EventItem extends StoredEvent {
  readonly wave?: WaveMark;
}

/** The items of a series in the events table. */
export function eventItems({ clients }: Backend, seriesId: string): Promise<readonly EventItem[]> {
  return itemsOf<EventItem>(clients.dynamoDb, names.eventsTable, seriesId);
}

/** The HEAD and the change points of a series. */
export async function changePointItems({ clients }: Backend, seriesId: string) {
  const items = await itemsOf<
    StoredChangePoint & Pick<Head, 'regimeAfter' | 'memory' | 'testedThrough' | 'pending' | 'chunks'>
  >(clients.dynamoDb, names.changePointsTable, seriesId);
  return {
    head: items.find(({ sortKey }) => sortKey === 'HEAD'),
    found: items.filter(({ sortKey }) => sortKey.startsWith('CP#')),
  };
}

/** The tables as the detector reads them, at a given time. */
export function tablesOf({ clients }: Backend, now: Date) {
  const client = documentClient(clients.dynamoDb);
  const { newId, backoff } = realSurroundings;
  return {
    changePoints: changePointsTable(client, names.changePointsTable, newId),
    chunks: regimeChunks(client, names.changePointsTable, backoff),
    clock: () => now,
  };
}

async function itemsOf<Item>(
  dynamoDb: Backend['clients']['dynamoDb'],
  TableName: string,
  seriesId: string,
): Promise<readonly Item[]> {
  const client = documentClient(dynamoDb);
  const items: Item[] = [];
  const query = {
    TableName,
    ConsistentRead: true,
    KeyConditionExpression: 'seriesId = :series',
    ExpressionAttributeValues: { ':series': seriesId },
  };
  for await (const page of paginateQuery({ client }, query)) items.push(...((page.Items ?? []) as Item[]));
  return items;
}

/** The records in quarantine. */
export async function quarantined({ clients }: Backend, bucketName: string): Promise<readonly Poisoned[]> {
  const objects = keptObjects(clients.s3, bucketName);
  const found: Poisoned[] = [];
  for await (const key of objects.keys()) {
    const kept = (await objects.read(key))?.kept;
    const name = key.slice('quarantine/'.length, -'.json'.length);
    found.push({ name, data: kept?.kind === 'record' ? kept.data : '' });
  }
  return found;
}
