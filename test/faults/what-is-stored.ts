import { paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { Backend } from '../../local/backend.ts';
import { names } from '../../local/resources.ts';
import type { StoredChangePoint } from '../../local/stored.ts';

/** The keys of a series' events. */
export async function eventKeys({ clients }: Backend, seriesId: string): Promise<readonly string[]> {
  const items = await itemsOf<{ readonly eventKey: string }>(clients.dynamoDb, names.eventsTable, seriesId);
  return items.map(({ eventKey }) => eventKey);
}

/** The HEAD and the change points of a series. */
export async function changePointItems({ clients }: Backend, seriesId: string) {
  const items = await itemsOf<StoredChangePoint & { readonly sortKey: string; readonly pending?: unknown }>(
    clients.dynamoDb,
    names.changePointsTable,
    seriesId,
  );
  return {
    head: items.find(({ sortKey }) => sortKey === 'HEAD'),
    found: items.filter(({ sortKey }) => sortKey !== 'HEAD'),
  };
}

async function itemsOf<Item>(
  dynamoDb: Backend['clients']['dynamoDb'],
  TableName: string,
  seriesId: string,
): Promise<readonly Item[]> {
  const client = DynamoDBDocumentClient.from(dynamoDb, { unmarshallOptions: { wrapNumbers: Number } });
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

/** What is in quarantine: `<shard>/<sequence number>`. */
export async function quarantined({ clients }: Backend, Bucket: string): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const page of paginateListObjectsV2({ client: clients.s3 }, { Bucket, Prefix: 'quarantine/' })) {
    found.push(
      ...(page.Contents ?? []).map(({ Key = '' }) => Key.slice('quarantine/'.length, -'.json'.length)),
    );
  }
  return found;
}
