import { SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import type { SeriesChangePoint } from '../../lambda/change-point.ts';
import type { Clients } from '../../local/clients.ts';

/** A queue that receives what the topic carries. */
export interface SubscribedQueue {
  /** Takes everything that waits in it. */
  drain(): Promise<readonly SeriesChangePoint[]>;
}

/** @param filterPolicy - which messages the queue wants, by their attributes; all of them without one */
export async function subscribeQueue(
  { sns, sqs }: Clients,
  topicArn: string,
  name: string,
  filterPolicy?: Readonly<Record<string, readonly unknown[]>>,
): Promise<SubscribedQueue> {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  await sns.send(
    new SubscribeCommand({
      TopicArn: topicArn,
      Protocol: 'sqs',
      Endpoint: Attributes?.QueueArn,
      ...(filterPolicy !== undefined && { Attributes: { FilterPolicy: JSON.stringify(filterPolicy) } }),
    }),
  );
  return {
    async drain() {
      const received: SeriesChangePoint[] = [];
      for (;;) {
        const answer = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
        if (answer.Messages === undefined || answer.Messages.length === 0) return received;
        for (const { Body = '', ReceiptHandle } of answer.Messages) {
          received.push(JSON.parse(JSON.parse(Body).Message));
          await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
        }
      }
    },
  };
}
