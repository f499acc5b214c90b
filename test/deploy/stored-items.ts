import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '../../lambda/document-client.ts';

/** Every item of a table. */
export async function storedItems<Item>(dynamoDb: DynamoDBClient, table: string): Promise<readonly Item[]> {
  const client = documentClient(dynamoDb);
  const items: Item[] = [];
  for await (const page of paginateScan({ client }, { TableName: table })) {
    items.push(...((page.Items ?? []) as Item[]));
  }
  return items;
}
