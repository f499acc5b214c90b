import { realBackoff, waitBeforeRetry } from '../../lambda/backoff.ts';
import { type SeriesChangePoint, tellingId } from '../../lambda/change-point.ts';
import { firstTime } from '../../lambda/notify/first-time.ts';
import { receiveNotifications } from '../../local/notifications.ts';
import type { Trouble } from './trouble.ts';
import type { WatchedService } from './watched-service.ts';

/** Number of ids that are remembered, so that a repeated notification is dropped. It comes again within minutes. */
const rememberedIds = 1_000;

/** A queue of its own that is subscribed to the topic. */
export interface TopicListener {
  /** Reports every notification since the subscription, except for change points that are known already. */
  listen(known: readonly SeriesChangePoint[], onHeard: (found: SeriesChangePoint) => void): void;
  /** Ends the subscription. */
  stop(): Promise<void>;
}

/**
 * Subscribes to the topic. What fails later is tried again until the end, and a queue that is gone is replaced by another.
 *
 * @param trouble - told how the receiving goes
 */
export async function subscribeToTopic(
  { sqs, subscribe, onOther }: Pick<WatchedService, 'sqs' | 'subscribe' | 'onOther'>,
  trouble: Trouble,
): Promise<TopicListener> {
  let queue = await subscribe();
  const stopping = new AbortController();
  const { signal } = stopping;
  let receiving = Promise.resolve();

  async function receive(onFound: (found: SeriesChangePoint) => void): Promise<void> {
    let failures = 0;
    const onReceived = () => {
      failures = 0;
      trouble.worked();
    };
    while (!signal.aborted) {
      try {
        for await (const found of receiveNotifications({ sqs }, queue, signal, onOther, onReceived))
          onFound(found);
      } catch (error) {
        if (signal.aborted) return;
        trouble.failed(error);
        await waitBeforeRetry(realBackoff, failures++);
        if (isGone(error)) await subscribeAnew();
      }
    }
  }

  /** What the topic carries in between is not heard; the tables have it. */
  async function subscribeAnew(): Promise<void> {
    if (signal.aborted) return;
    try {
      // Its subscription may be left.
      await queue.remove().catch(() => {});
      queue = await subscribe();
    } catch (error) {
      trouble.failed(error);
    }
  }

  return {
    listen(known, onHeard) {
      const isNew = firstTime(rememberedIds);
      for (const one of known) isNew(tellingId(one));
      receiving = receive((found) => {
        if (isNew(tellingId(found))) onHeard(found);
      });
    },
    async stop() {
      stopping.abort();
      await receiving;
      await queue.remove().catch((error) => {
        if (!isGone(error)) throw error;
      });
    },
  };
}

/** Whether the queue is there no more. The SDK and the protocols name it differently. */
function isGone(error: unknown): boolean {
  return error instanceof Error && /QueueDoesNotExist|NonExistentQueue/.test(error.name);
}
