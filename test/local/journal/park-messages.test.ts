import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Journal, openJournal } from '../../../local/journal/journal.ts';
import { keepNotifications, sendUntaken } from '../../../local/journal/keep-notifications.ts';
import { parkMessages } from '../../../local/journal/park-messages.ts';
import { createMessage, newStores } from '../../../local/journal/stores.ts';
import { useFolder } from '../../use/folder.ts';

const folder = useFolder();
let files = 0;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const withoutTopic = { addHook() {} };
const keptTopic = { topic: 'topic', queues: [{ name: 'queue', isRaw: false }] };

function emptyQueue(journal?: Journal) {
  const { sqsStore: store } = newStores();
  if (journal !== undefined) keepNotifications(withoutTopic, store, journal, keptTopic);
  return { store, queue: store.createQueue('queue', 'url', 'arn', { VisibilityTimeout: '1' }) };
}

function startParking() {
  const { queue } = emptyQueue();
  const file = join(folder, `${++files}`);
  const journal = openJournal(file);
  const parking = parkMessages(queue, journal);
  const keyOf = (text: string) => `sqs queue ${text}`;
  return {
    queue,
    journal,
    parking,
    keyOf,
    send(MessageBody: string, MessageAttributes = {}) {
      journal.set(keyOf(MessageBody), { MessageBody, MessageAttributes });
      queue.enqueue(createMessage(MessageBody, MessageAttributes));
    },
    receive: () => queue.dequeue(10).map(({ ReceiptHandle }) => ReceiptHandle),
    /** Another queue with what is kept now. */
    restarted() {
      const kept = openJournal(file);
      const next = emptyQueue(kept);
      sendUntaken(next.store, kept, 'queue');
      return { queue: next.queue, close: () => kept.close() };
    },
  };
}

const attributes = fc.dictionary(
  fc.stringMatching(/^[a-z]{1,9}$/),
  fc.oneof(
    fc.string({ minLength: 1 }).map((StringValue) => ({ DataType: 'String', StringValue })),
    fc.base64String({ minLength: 4 }).map((BinaryValue) => ({ DataType: 'Binary', BinaryValue })),
  ),
  { maxKeys: 3 },
);
const texts = fc.string({ unit: 'binary', minLength: 1 });

test('any parked message comes back whole, with what its queue knew of it, at its time, after a restart and without; none is in memory meanwhile', () => {
  const message = fc.record({ text: texts, attributes, receptions: fc.integer({ min: 1, max: 4 }) });
  // It takes fewer to receive and park them.
  const mostSeconds = 25;
  const hidings = fc.tuple(
    fc.uniqueArray(message, { selector: ({ text }) => text, minLength: 1, maxLength: 5 }),
    fc.integer({ min: 60, max: 43_200 }),
  );
  fc.assert(
    fc.property(hidings, ([messages, seconds]) => {
      const { queue, journal, parking, keyOf, send, restarted } = startParking();
      const expected = messages.map(({ text, attributes, receptions }) => {
        send(text, attributes);
        const [sent] = queue.inspectMessages().ready;
        let receipt = '';
        for (let time = 1; time <= receptions; time++) {
          vi.advanceTimersByTime(1_000);
          [{ ReceiptHandle: receipt } = { ReceiptHandle: '' }] = queue.dequeue(1);
        }
        const hidden = { ...sent };
        parking.park(keyOf(text), receipt, seconds);
        return hidden;
      });
      const next = restarted();
      const look = (one: typeof queue) => {
        one.processTimers();
        return one.inspectMessages();
      };
      for (const one of [queue, next.queue])
        expect(look(one)).toEqual({ ready: [], delayed: [], inflight: [] });
      vi.advanceTimersByTime(1000 * (seconds - mostSeconds));
      for (const one of [queue, next.queue]) expect(look(one).ready).toEqual([]);
      vi.advanceTimersByTime(1000 * (mostSeconds + 1));
      for (const one of [queue, next.queue]) expect(look(one).ready).toEqual(expected);
      journal.close();
      next.close();
    }),
    { numRuns: 20 },
  );
});

test('what is hidden for less than a minute, or is not kept, stays in its queue', () => {
  const { queue, journal, parking, keyOf, send, receive } = startParking();
  send('kept');
  send('not kept');
  journal.delete(keyOf('not kept'));
  const [kept = '', notKept = ''] = receive();
  parking.park(keyOf('kept'), kept, 59);
  parking.park(keyOf('not kept'), notKept, 3600);
  parking.park(keyOf('kept'), 'another receipt', 3600);
  expect([...queue.inflightMessages.keys()]).toEqual([kept, notKept]);
});

test('a parked message that was deleted does not come back; one that was published anew comes once', () => {
  const { queue, journal, parking, keyOf, send, receive } = startParking();
  for (const text of ['deleted', 'anew']) send(text);
  for (const [index, receipt] of receive().entries())
    parking.park(keyOf(['deleted', 'anew'][index] ?? ''), receipt, 60);
  journal.delete(keyOf('deleted'));
  send('anew');
  vi.advanceTimersByTime(61_000);
  expect(queue.dequeue(10).map(({ Body }) => Body)).toEqual(['anew']);
  expect(vi.getTimerCount()).toBe(0);
});

test('a message is parked by its own receipt, until it is seen again', () => {
  const { queue, parking, keyOf, send, receive } = startParking();
  send('text');
  const key = keyOf('text');
  const [receipt = ''] = receive();
  expect(parking.has(key, receipt)).toBe(false);
  parking.park(key, receipt, 60);
  expect([parking.has(key, receipt), parking.has(key, 'another'), parking.has('another', receipt)]).toEqual([
    true,
    false,
    false,
  ]);
  vi.advanceTimersByTime(61_000);
  queue.processTimers();
  expect(parking.has(key, receipt)).toBe(false);
});

test('after a restart, a message is ready that is to be hidden for longer than any, or for a time that nobody wrote down', () => {
  const { journal, keyOf, restarted } = startParking();
  const now = Math.ceil(Date.now() / 1000);
  const hidings = {
    'clock set back': now + 43_201,
    longest: now + 43_200,
    'of before': undefined,
    over: now - 1,
  };
  for (const [MessageBody, hiddenUntil] of Object.entries(hidings))
    journal.set(keyOf(MessageBody), { MessageBody, receipt: 'receipt', hiddenUntil });
  const next = restarted();
  const texts = () => next.queue.inspectMessages().ready.map(({ body }) => body);
  expect(texts()).toEqual(['clock set back', 'of before']);
  next.queue.processTimers();
  expect(texts()).toEqual(['clock set back', 'of before', 'over']);
  next.close();
});

test('a message that cannot be kept as parked stays hidden in its queue', () => {
  const { queue, journal, send, receive, keyOf } = startParking();
  send('text');
  const [receipt = ''] = receive();
  const full = () => {
    throw new Error('no space left on device');
  };
  const parking = parkMessages(queue, { ...journal, set: full });
  expect(() => parking.park(keyOf('text'), receipt, 60)).toThrow('no space left on device');
  expect([...queue.inflightMessages.keys()]).toEqual([receipt]);
});
