import { createHash } from 'node:crypto';
import { inOnePiece } from './in-one-piece.ts';
import type { Journal } from './journal.ts';
import { type KeptMessage, messageOf } from './kept-message.ts';
import { type Form, notification, rawMessage } from './notification-forms.ts';
import { type Parking, parkMessages } from './park-messages.ts';
import type { Queue, QueueMessage, QueueStore } from './stores.ts';

/** The part of Fastify, on which fauxqs runs, that is used here. */
interface TopicApp {
  /** Before an answer is sent. If the hook throws, the answer has status 500. */
  addHook(
    name: 'onSend',
    hook: (
      request: { readonly body: unknown },
      reply: { readonly statusCode: number },
      payload: unknown,
    ) => Promise<unknown>,
  ): void;
}

/** A topic, and the queues that get every message of it. */
export interface KeptTopic {
  readonly topic: string;
  readonly queues: readonly KeptQueue[];
}

export interface KeptQueue {
  readonly name: string;
  /** Whether it gets the text of a message alone. Then messages of one text count as one. */
  readonly isRaw: boolean;
  /** The queue for those of its messages that are received too often; it is kept as well. */
  readonly deadLetters?: string;
}

/** In front of queue and message, in the keys of the journal. */
const prefix = 'sqs ';

/** Of the queues that are kept. */
const parkings = new WeakMap<Queue, Parking>();

/**
 * Keeps the messages of a topic in a journal, for each of its queues until one who received it deletes it. A publication is answered
 * when it is kept; if it cannot be kept, with status 500. Those that are hidden for long are in the journal alone. Those that are received too often
 * are kept for the queue of dead letters from then on.
 */
export function keepNotifications(
  app: TopicApp,
  store: QueueStore,
  journal: Journal,
  { topic, queues }: KeptTopic,
): void {
  const ofDeadLetters = queues.flatMap(({ deadLetters: name, isRaw }) =>
    name === undefined ? [] : [{ name, isRaw }],
  );
  const allQueues: readonly KeptQueue[] = [...queues, ...ofDeadLetters];
  const { createQueue, deleteQueue } = store;
  store.createQueue = (name, ...rest) => {
    const queue = createQueue.call(store, name, ...rest);
    const kept = allQueues.find((one) => one.name === name);
    if (kept !== undefined) keepQueue(queue, kept, journal);
    return queue;
  };
  store.deleteQueue = (url) => {
    store.getQueue(url)?.purge();
    return deleteQueue.call(store, url);
  };

  app.addHook('onSend', async ({ body }, { statusCode }, payload) => {
    if (statusCode !== 200 || typeof payload !== 'string' || typeof body !== 'object' || body === null)
      return payload;
    const form = body as Form;
    if (form.Action === 'Publish' && form.TopicArn?.endsWith(`:${topic}`)) {
      const [, id = ''] = /<MessageId>(.*?)<\/MessageId>/.exec(payload) ?? [];
      for (const { name, isRaw } of queues) {
        if (isRaw) journal.set(keyOf(name, idOf(form.Message ?? '')), rawMessage(form));
        else journal.set(keyOf(name, id), notification(form, id));
      }
    }
    return payload;
  });
}

/** Lets the journal follow what is deleted from a queue or moved out of it, and parks what is hidden for long. */
function keepQueue(queue: Queue, { name, isRaw, deadLetters }: KeptQueue, journal: Journal): void {
  const { dequeue, deleteMessage, changeVisibility, purge, inflightMessages } = queue;
  const parking = parkMessages(queue, journal);
  parkings.set(queue, parking);
  const idIn = (body: string) => (isRaw ? idOf(body) : messageIdIn(body));
  const keyIn = (receipt: string) => keyOf(name, receipt.slice(receipt.indexOf(' ') + 1));

  /** A queue that gets messages of this one, and the journal with it. */
  const keptIn = (to: Queue): Queue => {
    const enqueue = (message: QueueMessage) => {
      to.enqueue(message);
      const id = idIn(message.body);
      const kept = journal.get(keyOf(name, id));
      if (kept !== undefined && to.name === deadLetters) journal.set(keyOf(to.name, id), kept);
      journal.delete(keyOf(name, id));
    };
    return Object.assign(Object.create(to), { enqueue });
  };

  // A receipt names its message, which need not be in memory to be found then.
  queue.dequeue = (most, seconds, queueOf) => {
    const movingTo = (arn: string) => {
      const to = queueOf?.(arn);
      return to && keptIn(to);
    };
    return dequeue.call(queue, most, seconds, movingTo).map((received) => {
      const { ReceiptHandle: before, Body } = received;
      const receiptHandle = `${before} ${idIn(Body)}`;
      const hidden = inflightMessages.get(before);
      if (hidden !== undefined) inflightMessages.set(receiptHandle, { ...hidden, receiptHandle });
      inflightMessages.delete(before);
      return { ...received, ReceiptHandle: receiptHandle };
    });
  };
  queue.deleteMessage = (receipt) => {
    const key = keyIn(receipt);
    if (inflightMessages.has(receipt) || parking.has(key, receipt)) journal.delete(key);
    return deleteMessage.call(queue, receipt);
  };
  queue.changeVisibility = (receipt, seconds) => {
    changeVisibility.call(queue, receipt, seconds);
    parking.park(keyIn(receipt), receipt, seconds);
  };
  queue.purge = () => {
    for (const key of keysOf(journal, name)) journal.delete(key);
    purge.call(queue);
  };
}

/**
 * Puts what nobody has taken from a queue into it, in the order of its publication. What is hidden for long stays in the journal until its time: after
 * a restart the digest would read all that it holds back, thousands of messages at once, only to hide it again.
 */
export function sendUntaken(store: QueueStore, journal: Journal, name: string): void {
  const queue = store.getQueueByName(name);
  if (queue === undefined) return;
  const parking = parkings.get(queue);
  for (const key of keysOf(journal, name)) {
    const kept = journal.get(key) as KeptMessage;
    if (!parking?.parkAgain(key, kept)) queue.enqueue(messageOf(kept));
  }
}

function keysOf(journal: Journal, queue: string): readonly string[] {
  return journal.keys().filter((key) => key.startsWith(keyOf(queue, '')));
}

function keyOf(queue: string, messageId: string): string {
  return inOnePiece(prefix, queue, ' ', messageId);
}

/** The id that the topic gave to a message; empty if it came otherwise. */
function messageIdIn(body: string): string {
  try {
    const { MessageId } = JSON.parse(body);
    return typeof MessageId === 'string' ? MessageId : '';
  } catch {
    return '';
  }
}

/** The id of a message that has only its text. */
function idOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
