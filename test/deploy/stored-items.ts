import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';

/** Every item of a table. */
export async function storedItems<Item>(dynamoDb: DynamoDBClient, table: string): Promise<readonly Item[]> {
  const client = DynamoDBDocumentClient.from(dynamoDb, { unmarshallOptions: { wrapNumbers: Number } });
  const items: Item[] = [];
  for await (const page of paginateScan({ client }, { TableName: table })) {
    items.push(...((page.Items ?? []) as Item[]));
  }
  return items;
}
