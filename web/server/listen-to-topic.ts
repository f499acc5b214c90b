import type { SeriesChangePoint } from '../../lambda/change-point.ts';
import { receiveNotifications } from '../../local/notifications.ts';
import type { WatchedService } from './watched-service.ts';

/** Number of ids that are remembered, so that a repeated notification is dropped. */
const rememberedIds = 10_000;

/** A queue of its own that is subscribed to the topic. */
export interface TopicListener {
  /** Reports every notification since the subscription, except for change points that are known already. */
  listen(known: readonly SeriesChangePoint[], onHeard: (found: SeriesChangePoint) => void): void;
  /** Ends the subscription. @throws the error that ended the listening before, if there was one */
  stop(): Promise<void>;
}

export async function subscribeToTopic({
  sqs,
  subscribe,
  onOther,
}: Pick<WatchedService, 'sqs' | 'subscribe' | 'onOther'>): Promise<TopicListener> {
  const queue = await subscribe();
  const stopping = new AbortController();
  let receiving = Promise.resolve();

  async function receive(heard: Set<string>, onHeard: (found: SeriesChangePoint) => void): Promise<void> {
    for await (const found of receiveNotifications({ sqs }, queue, stopping.signal, onOther)) {
      // A retraction has the id of what it retracts.
      const told = `${found.id} ${found.retractedAt ?? ''}`;
      if (heard.has(told)) continue;
      heard.add(told);
      const [oldest] = heard;
      if (heard.size > rememberedIds && oldest !== undefined) heard.delete(oldest);
      onHeard(found);
    }
  }

  return {
    listen(known, onHeard) {
      receiving = receive(new Set(known.map(({ id, retractedAt }) => `${id} ${retractedAt ?? ''}`)), onHeard);
      // `stop` reports an error. Until then nothing awaits the promise.
      receiving.catch(() => {});
    },
    async stop() {
      stopping.abort();
      try {
        await receiving;
      } finally {
        await queue.remove();
      }
    },
  };
}
