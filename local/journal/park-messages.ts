import type { Journal } from './journal.ts';
import { type KeptMessage, messageOf, parkedMessage } from './kept-message.ts';
import type { Queue } from './stores.ts';

/** Messages that are hidden for so long are parked. */
const leastSeconds = 60;
/** SQS hides no message for longer. */
const mostSeconds = 43_200;
const lookMs = 1_000;

/** Messages of a queue that are hidden for long, and in the journal alone meanwhile. */
export interface Parking {
  /** Takes a hidden message out of its queue, if that is for long and the journal has it. @throws what keeps it from being written; then it stays hidden in its queue */
  park(key: string, receipt: string, seconds: number): void;
  /** Parks what was parked when its process ended, without reading it into its queue. @returns whether it was */
  parkAgain(key: string, kept: KeptMessage): boolean;
  /** Whether a message is parked by this receipt. */
  has(key: string, receipt: string): boolean;
}

/**
 * Keeps hidden messages out of memory. The digest hides what a series does too often for up to an hour: thousands of messages, each of some kilobytes.
 * Memory holds the key of each, and when it is to be seen.
 *
 * When its time comes, a message is in its queue again as it was, also in a later process. Until then its visibility cannot be changed once more.
 */
export function parkMessages(queue: Queue, journal: Journal): Parking {
  /** When each message is to be seen, in epoch seconds: a small integer takes no memory of its own. */
  const parked = new Map<string, number>();
  const { processTimers } = queue;
  let lookedAt = 0;

  const keptAt = (key: string) => journal.get(key) as KeptMessage | undefined;

  function wake(now: number): void {
    for (const [key, until] of parked) {
      if (until * 1000 > now) continue;
      parked.delete(key);
      const kept = keptAt(key);
      // One that was deleted meanwhile is not there, and one that was published anew is in the queue.
      if (kept?.receipt !== undefined) queue.enqueue(messageOf(kept));
    }
  }

  // The queue asks for what has become visible before each look at it.
  queue.processTimers = () => {
    const now = Date.now();
    if (Math.abs(now - lookedAt) >= lookMs) {
      lookedAt = now;
      wake(now);
    }
    processTimers.call(queue);
  };

  return {
    park(key, receipt, seconds) {
      const hidden = queue.inflightMessages.get(receipt);
      if (seconds < leastSeconds || hidden === undefined || keptAt(key) === undefined) return;
      const until = nowSeconds() + seconds;
      journal.set(key, parkedMessage(hidden.message, receipt, until));
      queue.inflightMessages.delete(receipt);
      parked.set(key, until);
    },
    parkAgain(key, { hiddenUntil: until }) {
      // The clock was set back if it is to be hidden for longer than any message.
      if (until === undefined || until > nowSeconds() + mostSeconds) return false;
      parked.set(key, until);
      return true;
    },
    has: (key, receipt) => parked.has(key) && keptAt(key)?.receipt === receipt,
  };
}

function nowSeconds(): number {
  return Math.ceil(Date.now() / 1000);
}
