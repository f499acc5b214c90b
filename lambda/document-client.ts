import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** How values become attributes: every storable double is kept. */
export const toAttributes = { removeUndefinedValues: true, allowImpreciseNumbers: true } as const;
/** How attributes become values again: every storable double comes back unchanged. By default the SDK makes a BigInt of a large one. */
export const toValues = { wrapNumbers: Number } as const;

/** A client that reads and writes plain numbers. It shares the connections of the given one. */
export function documentClient(client: DynamoDBClient): DynamoDBDocumentClient {
  // The document client changes the options that it is given.
  return DynamoDBDocumentClient.from(client, {
    marshallOptions: { ...toAttributes },
    unmarshallOptions: { ...toValues },
  });
}
