import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import type { Clients } from '../../local/clients.ts';

/** Makes a table whose items have a text `id` for their key. */
export async function createItemsTable({ dynamoDb }: Clients, TableName: string): Promise<void> {
  await dynamoDb.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    }),
  );
}
