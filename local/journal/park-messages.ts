import { callQueue } from './call-queue.ts';
import type { MessagingApp } from './messaging-app.ts';

/** Messages that are hidden for so long are parked. */
const leastSeconds = 60;
const lookMs = 1_000;

/** Messages of queues that are hidden for long, and in the journal alone meanwhile. */
export interface Parking {
  /** Takes a hidden message out of its queue, if that is for long. */
  park(key: string, queueUrl: string, receipt: string, seconds: number): Promise<void>;
  /** Whether a receipt is deleted only to park its message. */
  isParking(receipt: string): boolean;
}

/**
 * Keeps hidden messages out of memory. The digest hides what a series does too often for up to an hour: thousands of messages, each of some kilobytes.
 *
 * When its time comes, a message is sent into its queue again, as another delivery. Until then its visibility cannot be changed once more.
 *
 * @param read - what the queue is sent; `undefined` of a message that was deleted meanwhile
 */
export function parkMessages(app: MessagingApp, read: (key: string) => object | undefined): Parking {
  const parked = new Map<string, { readonly queueUrl: string; readonly until: number }>();
  const parking = new Set<string>();

  async function wake(): Promise<void> {
    for (const [key, { queueUrl, until }] of parked) {
      if (until > Date.now()) continue;
      parked.delete(key);
      const message = read(key);
      if (message !== undefined) await callQueue(app, 'SendMessage', { QueueUrl: queueUrl, ...message });
    }
  }

  const timer = setInterval(() => void wake(), lookMs);
  timer.unref();
  app.addHook('preClose', async () => clearInterval(timer));
  return {
    async park(key, queueUrl, receipt, seconds) {
      if (seconds < leastSeconds) return;
      parking.add(receipt);
      await callQueue(app, 'DeleteMessage', { QueueUrl: queueUrl, ReceiptHandle: receipt });
      parking.delete(receipt);
      parked.set(key, { queueUrl, until: Date.now() + seconds * 1000 });
    },
    isParking: (receipt) => parking.has(receipt),
  };
}
