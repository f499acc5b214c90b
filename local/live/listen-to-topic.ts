import { randomUUID } from 'node:crypto';
import { UnsubscribeCommand } from '@aws-sdk/client-sns';
import { DeleteQueueCommand } from '@aws-sdk/client-sqs';
import type { SeriesChangePoint } from '../../lambda/change-point.ts';
import { receiveNotifications } from '../notifications.ts';
import type { Pipeline } from '../pipeline.ts';
import { subscribeQueue } from '../resources.ts';

/** Change points whose ids are remembered, so that one that comes twice is heard once. */
const rememberedIds = 10_000;

/** Hears what comes out of the topic through a queue of its own, which takes nothing away from other listeners. */
export async function listenToTopic(
  { clients, resources }: Pick<Pipeline, 'clients' | 'resources'>,
  onHeard: (found: SeriesChangePoint) => void,
): Promise<{ stop(): Promise<void> }> {
  const queue = await subscribeQueue(clients, resources.topicArn, `aed-live-page-${randomUUID()}`);
  const stopping = new AbortController();
  const heard = new Set<string>();

  async function receive(): Promise<void> {
    for await (const found of receiveNotifications(clients, queue, stopping.signal)) {
      if (heard.has(found.id)) continue;
      heard.add(found.id);
      const [oldest] = heard;
      if (heard.size > rememberedIds && oldest !== undefined) heard.delete(oldest);
      onHeard(found);
    }
  }
  const receiving = receive();
  // A break is told when the listening is stopped; until then nobody waits for it.
  receiving.catch(() => {});

  return {
    async stop() {
      stopping.abort();
      await receiving;
      await clients.sns.send(new UnsubscribeCommand({ SubscriptionArn: queue.subscriptionArn }));
      await clients.sqs.send(new DeleteQueueCommand({ QueueUrl: queue.queueUrl }));
    },
  };
}
