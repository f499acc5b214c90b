import {
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import { names } from '../../../local/resources.ts';

/**
 * Deletes a chunk from the table, or turns a bit of its points. Which one is chosen follows from their number.
 *
 * @param body - of the call that is about to read the chunks
 */
export async function damageChunk(
  kind: 'chunk lost' | 'chunk changed',
  body: Buffer,
  dynamoDb: DynamoDBClient,
): Promise<void> {
  const query: QueryCommandInput = JSON.parse(body.toString());
  const { Items = [] } = await dynamoDb.send(new QueryCommand(query));
  const chunks = Items.filter(({ sortKey }) => sortKey?.S?.startsWith('HEAD#'));
  const chunk = chunks[Math.floor(chunks.length / 2)];
  if (chunk === undefined) return;
  const { seriesId, sortKey, points } = chunk;
  const TableName = names.changePointsTable;
  if (kind === 'chunk lost') {
    const Key = { ...(seriesId && { seriesId }), ...(sortKey && { sortKey }) };
    await dynamoDb.send(new DeleteItemCommand({ TableName, Key }));
    return;
  }
  const bytes = Uint8Array.from(points?.B ?? []);
  // The sign of the first value: a change that no test would overlook.
  bytes[7] = (bytes[7] ?? 0) ^ 0x80;
  await dynamoDb.send(new PutItemCommand({ TableName, Item: { ...chunk, points: { B: bytes } } }));
}
