import type { SeriesChangePoint } from '../../lambda/change-point.ts';
import { receiveNotifications } from '../../local/notifications.ts';
import type { Pipeline } from '../../local/pipeline.ts';

/** How long a notification may take, once its change point is stored. */
const longestWaitMs = 20_000;

/** Receives the notifications of the topic. A repeated one counts once. */
export interface Listener {
  /** In the order of arrival. */
  readonly heard: readonly SeriesChangePoint[];
  /** Resolves when all of these ids have arrived. @throws Error if they take too long */
  heardOf(ids: readonly string[]): Promise<void>;
  /** Rejects if receiving fails; never resolves. */
  readonly broken: Promise<never>;
  stop(): Promise<void>;
}

export function listen(
  { clients, resources }: Pipeline,
  onHeard: (found: SeriesChangePoint) => void,
): Listener {
  const heard = new Map<string, SeriesChangePoint>();
  const stopping = new AbortController();
  let onProgress = () => {};

  async function receive(): Promise<void> {
    for await (const found of receiveNotifications(clients, resources, stopping.signal)) {
      if (heard.has(found.id)) continue;
      heard.set(found.id, found);
      onHeard(found);
      onProgress();
    }
  }

  const receiving = receive();
  const broken = new Promise<never>((_, reject) => {
    receiving.catch(reject);
  });
  // Without a handler, a failure outside a race would be an unhandled rejection.
  broken.catch(() => {});

  return {
    get heard() {
      return [...heard.values()];
    },
    heardOf(ids) {
      return new Promise((resolve, reject) => {
        const missing = () => ids.filter((id) => !heard.has(id)).length;
        const timer = setTimeout(
          () => reject(new Error(`${missing()} of ${ids.length} notifications did not arrive`)),
          longestWaitMs,
        );
        // The timer must not keep the process alive.
        timer.unref();
        onProgress = () => {
          if (missing() > 0) return;
          clearTimeout(timer);
          resolve();
        };
        onProgress();
      });
    },
    broken,
    async stop() {
      stopping.abort();
      await receiving.catch(() => {});
    },
  };
}
