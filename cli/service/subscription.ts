import { randomUUID } from 'node:crypto';
import { SubscribeCommand, UnsubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import type { Clients } from '../../local/clients.ts';

/** A queue of its own that receives what a topic carries, until it is removed. */
export interface Subscription {
  readonly queueUrl: string;
  remove(): Promise<void>;
}

/** Messages of a queue that was left behind expire after an hour. */
const retentionSeconds = 3600;

/** Creates a queue, allows the topic to send to it, and subscribes it. */
export async function subscribe({ sns, sqs }: Clients, topicArn: string): Promise<Subscription> {
  const { QueueUrl: queueUrl = '' } = await sqs.send(
    new CreateQueueCommand({
      QueueName: `aed-watch-${randomUUID()}`,
      Attributes: { MessageRetentionPeriod: String(retentionSeconds) },
    }),
  );
  try {
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['QueueArn'] }),
    );
    const queueArn = Attributes?.QueueArn ?? '';
    await sqs.send(
      new SetQueueAttributesCommand({
        QueueUrl: queueUrl,
        Attributes: { Policy: policy(queueArn, topicArn) },
      }),
    );
    const { SubscriptionArn } = await sns.send(
      new SubscribeCommand({
        TopicArn: topicArn,
        Protocol: 'sqs',
        Endpoint: queueArn,
        ReturnSubscriptionArn: true,
      }),
    );
    return {
      queueUrl,
      async remove() {
        await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
        await sqs.send(new DeleteQueueCommand({ QueueUrl: queueUrl }));
      },
    };
  } catch (error) {
    await sqs.send(new DeleteQueueCommand({ QueueUrl: queueUrl }));
    throw error;
  }
}

function policy(queueArn: string, topicArn: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: queueArn,
        Condition: { ArnEquals: { 'aws:SourceArn': topicArn } },
      },
    ],
  });
}
