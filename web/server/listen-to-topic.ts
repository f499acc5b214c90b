import { randomUUID } from 'node:crypto';
import { UnsubscribeCommand } from '@aws-sdk/client-sns';
import { DeleteQueueCommand } from '@aws-sdk/client-sqs';
import type { SeriesChangePoint } from '../../lambda/change-point.ts';
import { receiveNotifications } from '../../local/notifications.ts';
import type { Pipeline } from '../../local/pipeline.ts';
import { subscribeQueue } from '../../local/resources.ts';

/** Number of ids that are remembered, so that a repeated notification is dropped. */
const rememberedIds = 10_000;

/** A queue of its own that is subscribed to the topic. Other subscribers still receive every message. */
export interface TopicListener {
  /** Reports every notification since the subscription, except for change points that are known already. */
  listen(known: readonly SeriesChangePoint[], onHeard: (found: SeriesChangePoint) => void): void;
  /** Ends the subscription. @throws the error that ended the listening before, if there was one */
  stop(): Promise<void>;
}

export async function subscribeToTopic({
  clients,
  resources,
}: Pick<Pipeline, 'clients' | 'resources'>): Promise<TopicListener> {
  const queue = await subscribeQueue(clients, resources.topicArn, `aed-live-page-${randomUUID()}`);
  const stopping = new AbortController();
  let receiving = Promise.resolve();

  async function receive(heard: Set<string>, onHeard: (found: SeriesChangePoint) => void): Promise<void> {
    for await (const found of receiveNotifications(clients, queue, stopping.signal)) {
      if (heard.has(found.id)) continue;
      heard.add(found.id);
      const [oldest] = heard;
      if (heard.size > rememberedIds && oldest !== undefined) heard.delete(oldest);
      onHeard(found);
    }
  }

  return {
    listen(known, onHeard) {
      receiving = receive(new Set(known.map(({ id }) => id)), onHeard);
      // `stop` reports an error. Until then nothing awaits the promise.
      receiving.catch(() => {});
    },
    async stop() {
      stopping.abort();
      await receiving;
      await clients.sns.send(new UnsubscribeCommand({ SubscriptionArn: queue.subscriptionArn }));
      await clients.sqs.send(new DeleteQueueCommand({ QueueUrl: queue.queueUrl }));
    },
  };
}
