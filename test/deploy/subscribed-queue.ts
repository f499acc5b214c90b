import { SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import type { SeriesChangePoint } from '../../lambda/change-point.ts';
import type { Clients } from '../../local/clients.ts';

/** A message of a topic. */
export interface Notification {
  readonly Subject?: string;
  readonly Message: string;
  readonly MessageAttributes?: Readonly<Record<string, { readonly Type: string; readonly Value: string }>>;
}

/** A queue that receives what the topic carries. */
export interface SubscribedQueue {
  /** Takes every change point that waits in it. */
  drain(): Promise<readonly SeriesChangePoint[]>;
  /** Takes everything that waits in it, as the topic delivers it. */
  take(): Promise<readonly Notification[]>;
}

/**
 * @param filterPolicy - which messages the queue wants; all of them without one
 * @param scope - whether it is about their attributes or their body
 */
export async function subscribeQueue(
  { sns, sqs }: Clients,
  topicArn: string,
  name: string,
  filterPolicy?: Readonly<Record<string, readonly unknown[]>>,
  scope: 'MessageAttributes' | 'MessageBody' = 'MessageAttributes',
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
      ...(filterPolicy !== undefined && {
        Attributes: { FilterPolicy: JSON.stringify(filterPolicy), FilterPolicyScope: scope },
      }),
    }),
  );
  async function take(): Promise<readonly Notification[]> {
    const received: Notification[] = [];
    for (;;) {
      const answer = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
      if (answer.Messages === undefined || answer.Messages.length === 0) return received;
      for (const { Body = '', ReceiptHandle } of answer.Messages) {
        received.push(JSON.parse(Body));
        await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      }
    }
  }
  return { take, drain: async () => (await take()).map(({ Message }) => JSON.parse(Message)) };
}
