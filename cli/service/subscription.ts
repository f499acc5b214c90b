import { randomUUID } from 'node:crypto';
import { SubscribeCommand, UnsubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import type { Clients } from '../../local/clients.ts';
import { closedOnFailure } from '../../local/guard/closed-on-failure.ts';
import { queuePolicy, queuePrefix, removeLeftQueues } from './left-queues.ts';

/** A queue of its own that receives what a topic carries, until it is removed. */
export interface Subscription {
  readonly queueUrl: string;
  remove(): Promise<void>;
}

/** Messages of a queue that was left behind expire after an hour. */
const retentionSeconds = 3600;
/** How often a watcher says that it still needs its queue. */
const renewEveryMs = 600_000;

/**
 * Creates a queue, allows the topic to send to it, and subscribes it. Queues of watchers that died are removed first.
 */
export async function subscribe(clients: Clients, topicArn: string): Promise<Subscription> {
  const { sns, sqs } = clients;
  await removeLeftQueues(clients);
  const { QueueUrl: queueUrl = '' } = await sqs.send(
    new CreateQueueCommand({
      QueueName: `${queuePrefix}${randomUUID()}`,
      Attributes: { MessageRetentionPeriod: String(retentionSeconds) },
    }),
  );
  let subscriptionArn: string | undefined;
  let renewing: NodeJS.Timeout | undefined;
  const remove = async () => {
    clearInterval(renewing);
    // Without its queue nobody would find the subscription again.
    if (subscriptionArn !== undefined)
      await sns.send(new UnsubscribeCommand({ SubscriptionArn: subscriptionArn }));
    await sqs.send(new DeleteQueueCommand({ QueueUrl: queueUrl }));
  };
  // A queue that cannot be removed then is removed by the next watcher.
  return closedOnFailure(remove, async () => {
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['QueueArn'] }),
    );
    const queueArn = Attributes?.QueueArn ?? '';
    const allow = async () => {
      const Policy = queuePolicy(queueArn, topicArn, subscriptionArn, Date.now());
      await sqs.send(new SetQueueAttributesCommand({ QueueUrl: queueUrl, Attributes: { Policy } }));
    };
    await allow();
    const { SubscriptionArn } = await sns.send(
      new SubscribeCommand({
        TopicArn: topicArn,
        Protocol: 'sqs',
        Endpoint: queueArn,
        ReturnSubscriptionArn: true,
      }),
    );
    subscriptionArn = SubscriptionArn;
    await allow();
    // One renewal that fails is made good by the next.
    renewing = setInterval(() => allow().catch(() => {}), renewEveryMs).unref();
    return { queueUrl, remove };
  });
}
