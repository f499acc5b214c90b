import {
  BatchWriteCommand,
  type BatchWriteCommandInput,
  type DynamoDBDocumentClient,
} from '@aws-sdk/lib-dynamodb';
import { type Backoff, waitBeforeRetry } from '../backoff.ts';
import { processingLimits } from '../processing-limits.ts';

type WriteRequests = NonNullable<BatchWriteCommandInput['RequestItems']>[string];

/**
 * Writes and deletes items of a table, `processingLimits.writeBatchItems` in one call.
 *
 * @param requests - no two of one key
 * @returns whether all were taken; some may stay unprocessed after all retries
 */
export async function batchWrite(
  client: DynamoDBDocumentClient,
  tableName: string,
  requests: WriteRequests,
  backoff: Backoff,
): Promise<boolean> {
  const { writeBatchItems, writeAttempts } = processingLimits;
  for (let start = 0; start < requests.length; start += writeBatchItems) {
    let rest = requests.slice(start, start + writeBatchItems);
    for (let attempt = 0; rest.length > 0; attempt++) {
      if (attempt === writeAttempts) return false;
      if (attempt > 0) await waitBeforeRetry(backoff, attempt - 1);
      const answer = await client.send(new BatchWriteCommand({ RequestItems: { [tableName]: rest } }));
      rest = answer.UnprocessedItems?.[tableName] ?? [];
    }
  }
  return true;
}
