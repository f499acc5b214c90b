import { PublishCommand } from '@aws-sdk/client-sns';
import { DeleteQueueCommand, ListQueuesCommand } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SeriesChangePoint } from '../../../lambda/change-point.ts';
import { subscribeQueue } from '../../../local/resources.ts';
import { subscribeToTopic, type TopicListener } from '../../../web/server/listen-to-topic.ts';
import type { TopicQueue } from '../../../web/server/watched-service.ts';
import { aChangePoint } from '../../lambda/a-change-point.ts';
import { useBackend } from '../../use/backend.ts';
import { type Unreliable, unreliableQueues } from './unreliable-client.ts';

const backend = useBackend();
const queueUrls: string[] = [];
const told = { failed: 0, worked: 0 };
let heard: SeriesChangePoint[];
let queues: Unreliable<(typeof backend)['clients']['sqs']>;
let topic: TopicListener;

async function subscribe(): Promise<TopicQueue> {
  const name = `page-${queueUrls.length}`;
  const { queueUrl } = await subscribeQueue(backend.clients, backend.resources.topicArn, name);
  queueUrls.push(queueUrl);
  const remove = () => backend.clients.sqs.send(new DeleteQueueCommand({ QueueUrl: queueUrl }));
  return { queueUrl, remove: async () => void (await remove()) };
}

async function publish(id: string): Promise<void> {
  const Message = JSON.stringify(aChangePoint({ id }));
  await backend.clients.sns.send(new PublishCommand({ TopicArn: backend.resources.topicArn, Message }));
}

const heardIds = () => heard.map(({ id }) => id);

beforeEach(async () => {
  heard = [];
  Object.assign(told, { failed: 0, worked: 0 });
  queues = unreliableQueues(backend.endpoints.messaging);
  const trouble = {
    failed: () => void told.failed++,
    worked: () => void told.worked++,
  };
  topic = await subscribeToTopic({ sqs: queues.client, subscribe }, trouble);
});

afterEach(async () => {
  await topic.stop();
  const { QueueUrls = [] } = await backend.clients.sqs.send(new ListQueuesCommand({}));
  expect(QueueUrls.filter((url) => queueUrls.includes(url))).toEqual([]);
});

test('what cannot be received for a while is received afterwards, once', async () => {
  queues.failWhere(() => true);
  topic.listen([], (found) => heard.push(found));
  await publish('meanwhile');
  await expect.poll(() => queues.failed.length).toBeGreaterThan(3);
  expect(told.worked).toBe(0);
  expect(told.failed).toBeGreaterThan(3);
  queues.failWhere(() => false);
  await expect.poll(heardIds).toEqual(['meanwhile']);
  expect(told.worked).toBeGreaterThan(0);
});

test('a message that cannot be deleted does not end the listening', async () => {
  topic.listen([], (found) => heard.push(found));
  queues.failWhere(({ Entries }) => Entries !== undefined);
  await publish('kept');
  await expect.poll(() => queues.failed.length).toBeGreaterThan(0);
  await publish('next');
  await expect.poll(heardIds).toEqual(['kept', 'next']);
});

test('a queue that is gone is replaced by another', async () => {
  topic.listen([], (found) => heard.push(found));
  await publish('before');
  await expect.poll(heardIds).toEqual(['before']);
  const before = queueUrls.length;
  await backend.clients.sqs.send(new DeleteQueueCommand({ QueueUrl: queueUrls.at(-1) }));
  await expect.poll(() => queueUrls.length).toBe(before + 1);
  await publish('after');
  await expect.poll(heardIds).toEqual(['before', 'after']);
});

test('a queue that is gone at the end is no error', async () => {
  await backend.clients.sqs.send(new DeleteQueueCommand({ QueueUrl: queueUrls.at(-1) }));
});
