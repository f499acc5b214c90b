import { type SeriesChangePoint, tellingId } from '../../lambda/change-point.ts';
import { firstTime } from '../../lambda/notify/first-time.ts';
import { receiveNotifications } from '../../local/notifications.ts';
import type { WatchedService } from './watched-service.ts';

/** Number of ids that are remembered, so that a repeated notification is dropped. It comes again within minutes. */
const rememberedIds = 1_000;

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

  async function receive(
    isNew: (id: string) => boolean,
    onHeard: (found: SeriesChangePoint) => void,
  ): Promise<void> {
    for await (const found of receiveNotifications({ sqs }, queue, stopping.signal, onOther)) {
      if (isNew(tellingId(found))) onHeard(found);
    }
  }

  return {
    listen(known, onHeard) {
      const isNew = firstTime(rememberedIds);
      for (const one of known) isNew(tellingId(one));
      receiving = receive(isNew, onHeard);
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
