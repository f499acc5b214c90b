import { GetQueueAttributesCommand, ListQueuesCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** What a queue holds. */
export interface QueueCounts {
  readonly waiting: number;
  /** Being worked on, or hidden after that failed. */
  readonly taken: number;
}

/** @throws RangeError if not exactly one queue has a name that starts so */
export async function countsOfQueue(sqs: SQSClient, prefix: string): Promise<QueueCounts> {
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: prefix }));
  const [QueueUrl, ...others] = QueueUrls;
  if (QueueUrl === undefined || others.length > 0)
    throw new RangeError(`one queue must have a name that starts with ${prefix}, got ${QueueUrls.join(' ')}`);
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl,
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  return {
    waiting: Number(Attributes.ApproximateNumberOfMessages),
    taken: Number(Attributes.ApproximateNumberOfMessagesNotVisible),
  };
}
