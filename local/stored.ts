import { paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { changePointPrefix } from '../lambda/change-point.ts';
import { documentClient } from '../lambda/document-client.ts';
import type { StoredChangePoint } from '../lambda/tables/stored-change-point.ts';
import type { Clients } from './clients.ts';
import { names } from './resources.ts';

/** Events in the events table. */
export async function countEvents({ dynamoDb }: Clients): Promise<number> {
  let count = 0;
  const client = documentClient(dynamoDb);
  for await (const page of paginateScan({ client }, { TableName: names.eventsTable, Select: 'COUNT' })) {
    count += page.Count ?? 0;
  }
  return count;
}

/** Every change point in the change-points table, in the order of its keys within a series. */
export async function readChangePoints({ dynamoDb }: Clients): Promise<readonly StoredChangePoint[]> {
  const found: StoredChangePoint[] = [];
  const client = documentClient(dynamoDb);
  for await (const page of paginateScan({ client }, { TableName: names.changePointsTable })) {
    for (const item of page.Items ?? [])
      if (item.sortKey.startsWith(changePointPrefix)) found.push(item as StoredChangePoint);
  }
  return found;
}

/** Records in quarantine. */
export async function countQuarantined(clients: Clients): Promise<number> {
  return countObjects(clients, 'quarantine/');
}

/** Batches that a mapping gave up on. */
export async function countDiscardedBatches(clients: Clients): Promise<number> {
  return countObjects(clients, 'aws/lambda/');
}

async function countObjects({ s3: client }: Clients, prefix: string): Promise<number> {
  let count = 0;
  const pages = paginateListObjectsV2({ client }, { Bucket: names.quarantineBucket, Prefix: prefix });
  for await (const page of pages) count += page.KeyCount ?? 0;
  return count;
}
