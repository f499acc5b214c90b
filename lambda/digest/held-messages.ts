import { ChangeMessageVisibilityBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { processingLimits } from '../processing-limits.ts';
import type { Surroundings } from '../surroundings.ts';
import { groupsOf } from '../tables/groups-of.ts';
import type { TellingParts } from './tell-people.ts';

/**
 * Keeps messages of a queue from coming again before a time, all of them at once.
 *
 * A message that the function reports as failed stays in the queue; how long it stays unseen is the queue's time-out, unless it
 * is changed.
 * Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibilityBatch.html
 */
export function heldMessages(
  client: SQSClient,
  QueueUrl: string,
  { clock }: Pick<Surroundings, 'clock'>,
): TellingParts['hold'] {
  const { visibilityBatch } = processingLimits;
  return async (deliveries, until) => {
    const VisibilityTimeout = Math.max(0, Math.ceil((until - clock().getTime()) / 1000));
    for (const some of groupsOf(deliveries, visibilityBatch)) {
      await client.send(
        new ChangeMessageVisibilityBatchCommand({
          QueueUrl,
          Entries: some.map(({ receiptHandle }, index) => ({
            Id: String(index),
            ReceiptHandle: receiptHandle,
            VisibilityTimeout,
          })),
        }),
      );
    }
  };
}
