import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Journal, openJournal } from '../../../local/journal/journal.ts';
import { keepNotifications, sendUntaken } from '../../../local/journal/keep-notifications.ts';
import { newStores, type QueueStore } from '../../../local/journal/stores.ts';
import { useFolder } from '../../use/folder.ts';

const folder = useFolder('for each test');
const keptTopic = {
  topic: 'changes',
  queues: [
    { name: 'told', isRaw: false },
    { name: 'raw', isRaw: true, deadLetters: 'dead' },
  ],
};
const arnOf = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;

type Hook = Parameters<Parameters<typeof keepNotifications>[0]['addHook']>[1];
let answered: Hook;
let store: QueueStore;
let journal: Journal;

/** What a start does with the journal of the folder. */
function start(): void {
  ({ sqsStore: store } = newStores());
  journal = openJournal(join(folder, 'journal'));
  const addHook = (_: 'onSend', hook: Hook) => {
    answered = hook;
  };
  keepNotifications({ addHook }, store, journal, keptTopic);
  for (const name of ['told', 'raw', 'dead', 'other']) store.createQueue(name, `/${name}`, arnOf(name));
}
beforeEach(start);

const form = { Action: 'Publish', TopicArn: 'arn:aws:sns:us-east-1:000000000000:changes', Message: 'rose' };
const xml = '<PublishResponse><MessageId>an id</MessageId></PublishResponse>';
const answer = (body: unknown, statusCode: number, payload: unknown) =>
  answered({ body }, { statusCode }, payload);
const publish = (id = 'an id') => answer(form, 200, xml.replace('an id', id));

/** The texts that queues have after a restart. */
function afterRestart(): readonly (readonly string[])[] {
  journal.close();
  start();
  return ['told', 'raw', 'dead', 'other'].map((name) => {
    sendUntaken(store, journal, name);
    return (store.getQueueByName(name)?.dequeue(10) ?? []).map(({ Body }) => Body);
  });
}

const inEnvelope = expect.stringContaining('"Message":"rose"');

test('a publication is answered as ever, and each queue has it after a restart', async () => {
  expect(await publish()).toBe(xml);
  expect(afterRestart()).toEqual([[inEnvelope], ['rose'], [], []]);
});

describe('what is no publication to the topic is answered as ever, and not kept:', () => {
  test.each<[string, unknown, number, unknown]>([
    ['one that failed', form, 500, xml],
    [
      'one to another topic',
      { ...form, TopicArn: 'arn:aws:sns:us-east-1:000000000000:other-changes' },
      200,
      xml,
    ],
    ['one to a telephone', { Action: 'Publish', Message: 'rose' }, 200, xml],
    ['another call', { ...form, Action: 'GetTopicAttributes' }, 200, xml],
    ['one without a body', undefined, 200, xml],
    ['one whose body is null', null, 200, xml],
    ['one whose body is text', 'Action=Publish', 200, xml],
    ['one whose answer is no text', form, 200, Buffer.from(xml)],
  ])('%s', async (_, body, status, payload) => {
    expect(await answer(body, status, payload)).toBe(payload);
    expect(journal.keys()).toEqual([]);
  });
});

test('a publication without a text, or of which the answer names no id, is kept all the same', async () => {
  const { Message: _, ...without } = form;
  await answer(without, 200, '<PublishResponse/>');
  expect(journal.keys()).toHaveLength(2);
});

test('messages of one text count as one for a queue of texts alone', async () => {
  await publish();
  await publish('another');
  expect(afterRestart()).toEqual([[inEnvelope, inEnvelope], ['rose'], [], []]);
});

test.each<[string, (name: string) => void]>([
  ['emptied', (name) => store.getQueueByName(name)?.purge()],
  ['deleted', (name) => store.deleteQueue(`/${name}`)],
])('a queue that is %s has nothing after a restart, and the others have all', async (_, end) => {
  await publish();
  end('told');
  expect(afterRestart()).toEqual([[], ['rose'], [], []]);
  end('raw');
  expect(afterRestart()).toEqual([[], [], [], []]);
});

test('a queue is deleted once, and one that nobody knows is not', () => {
  expect([store.deleteQueue('/told'), store.deleteQueue('/told'), store.deleteQueue('/nobody')]).toEqual([
    true,
    false,
    false,
  ]);
  expect(store.getQueueByName('told')).toBeUndefined();
});

test('what is sent to a queue by itself is not kept, nor is a queue that there is not', async () => {
  await publish();
  store.deleteQueue('/told');
  expect(() => sendUntaken(store, journal, 'told')).not.toThrow();
  const sent = 'no message of the topic';
  for (const name of ['raw', 'other']) store.getQueueByName(name)?.enqueue(messageOf(sent));
  expect(afterRestart()).toEqual([[], ['rose'], [], []]);
});

function messageOf(body: string) {
  const { createMessage } = store.constructor as unknown as {
    createMessage(
      text: string,
    ): Parameters<NonNullable<ReturnType<QueueStore['getQueueByName']>>['enqueue']>[0];
  };
  return createMessage(body);
}

describe('a message that is received', () => {
  const receive = (name: string) => store.getQueueByName(name)?.dequeue(10, 600) ?? [];
  /** What a publication does in the queue itself. */
  const deliver = async () => {
    await publish();
    for (const name of ['told', 'raw']) sendUntaken(store, journal, name);
  };

  test('is there after a restart until it is deleted, by its own receipt', async () => {
    await deliver();
    const [told] = receive('told');
    receive('raw');
    const { ReceiptHandle = '' } = told ?? {};
    expect(store.getQueueByName('told')?.deleteMessage(`${ReceiptHandle.split(' ')[0]} another`)).toBe(false);
    expect(store.getQueueByName('told')?.deleteMessage(ReceiptHandle)).toBe(true);
    expect(afterRestart()).toEqual([[], ['rose'], [], []]);
  });

  test('and came otherwise than by the topic, is deleted alone', async () => {
    await deliver();
    const queue = store.getQueueByName('told');
    for (const text of ['no JSON', 'null', '{"MessageId":7}']) queue?.enqueue(messageOf(text));
    const others = receive('told').filter(({ Body }) => !Body.includes('rose'));
    expect(others.map(({ ReceiptHandle }) => queue?.deleteMessage(ReceiptHandle))).toEqual([
      true,
      true,
      true,
    ]);
    expect(afterRestart()).toEqual([[inEnvelope], ['rose'], [], []]);
  });

  test('and hidden for long, is deleted all the same', async () => {
    await deliver();
    for (const name of ['told', 'raw']) {
      const queue = store.getQueueByName(name);
      const [{ ReceiptHandle } = { ReceiptHandle: '' }] = receive(name);
      queue?.changeVisibility(ReceiptHandle, 3600);
      queue?.deleteMessage(ReceiptHandle);
    }
    expect(journal.keys()).toEqual([]);
  });
});
