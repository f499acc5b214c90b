import { PublishCommand } from '@aws-sdk/client-sns';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { type OtherMessage, receiveNotifications } from '../../local/notifications.ts';
import { aChangePoint } from '../lambda/a-change-point.ts';
import { useBackend } from '../use/backend.ts';

const backend = useBackend();

test('messages that are no change point are skipped, and removed from the queue', async () => {
  const { sns, sqs } = backend.clients;
  const { topicArn, queueUrl } = backend.resources;
  const stopping = new AbortController();
  const found = aChangePoint();
  // What shows change points would fail at one without its keys, and hear of no other any more.
  const partial = { id: 'an id', seriesId: 'a series' };
  for (const Message of ['hello', 'null', '{"id":7}', JSON.stringify(partial), JSON.stringify(found)]) {
    await sns.send(new PublishCommand({ TopicArn: topicArn, Message }));
  }
  const received: object[] = [];
  const others: OtherMessage[] = [];
  const onOther = (message: OtherMessage) => void others.push(message);
  for await (const one of receiveNotifications(backend.clients, { queueUrl }, stopping.signal, onOther)) {
    received.push(one);
    // What was received is deleted before the next look at the queue.
    stopping.abort();
  }
  expect(received).toEqual([found]);
  expect(others.map(({ text }) => text)).toEqual(['hello', 'null', '{"id":7}', JSON.stringify(partial)]);
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queueUrl }));
  expect(Messages).toEqual([]);
});
