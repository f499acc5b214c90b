import {
  BatchWriteCommand,
  type BatchWriteCommandInput,
  type DynamoDBDocumentClient,
} from '@aws-sdk/lib-dynamodb';
import { type Backoff, waitBeforeRetry } from '../backoff.ts';
import { processingLimits } from '../processing-limits.ts';

type WriteRequests = NonNullable<BatchWriteCommandInput['RequestItems']>[string];

/**
 * Writes and deletes items of a table, `processingLimits.writeBatchItems` in one call. What stays unprocessed is tried again.
 *
 * @param requests - no two of one key
 * @param signal - ends the call, and the retries
 * @returns what was not written, which is nothing as a rule: if something of a call stays unprocessed after all retries, no further call is made
 */
export async function batchWrite(
  client: DynamoDBDocumentClient,
  tableName: string,
  requests: WriteRequests,
  backoff: Backoff,
  signal: AbortSignal = new AbortController().signal,
): Promise<WriteRequests> {
  const { writeBatchItems, writeAttempts } = processingLimits;
  for (let start = 0; start < requests.length; start += writeBatchItems) {
    const end = start + writeBatchItems;
    let rest = requests.slice(start, end);
    for (let attempt = 0; rest.length > 0; attempt++) {
      if (attempt === writeAttempts) return [...rest, ...requests.slice(end)];
      if (attempt > 0) await waitBeforeRetry(backoff, attempt - 1);
      const command = new BatchWriteCommand({ RequestItems: { [tableName]: rest } });
      const answer = await client.send(command, { abortSignal: signal });
      rest = answer.UnprocessedItems?.[tableName] ?? [];
    }
  }
  return [];
}
