import type { SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { type OtherMessage, receiveNotifications } from '../../local/notifications.ts';
import { aChangePoint } from '../lambda/a-change-point.ts';

const queueUrl = 'http://localhost/queue';
const point = aChangePoint();

interface Command {
  readonly constructor: { readonly name: string };
  readonly input: object;
}

/** A queue that gives these answers one after another, and stops who asks for more. */
function queueOf(...answers: readonly (readonly string[] | undefined | Error)[]) {
  const left = [...answers];
  const stopping = new AbortController();
  const sent: Command[] = [];
  const send = async (command: Command) => {
    sent.push(command);
    if (command.constructor.name !== 'ReceiveMessageCommand') return {};
    if (left.length === 0) {
      stopping.abort();
      throw stopping.signal.reason;
    }
    const answer = left.shift();
    if (answer instanceof Error) throw answer;
    return { Messages: answer?.map((Body, index) => ({ Body, ReceiptHandle: `receipt ${index}` })) };
  };
  return { clients: { sqs: { send } as unknown as SQSClient }, signal: stopping.signal, sent };
}

const fromTopic = (Message: string, Subject?: string) =>
  JSON.stringify({ Type: 'Notification', Subject, Message });

test('a change point is found in a message of the topic, and where it is a message by itself', async () => {
  const { clients, signal } = queueOf([fromTopic(JSON.stringify(point))], [JSON.stringify(point)]);
  const found = await all(receiveNotifications(clients, { queueUrl }, signal));
  expect(found).toEqual([point, point]);
});

test('every other message is told, with its subject if it has one', async () => {
  const texts = ['hello', 'null', '7', '{"Message":7}', '{"Message":"x","Subject":7}'];
  const { clients, signal } = queueOf([fromTopic('two changed', 'Change points'), ...texts]);
  const others: OtherMessage[] = [];
  const received = receiveNotifications(clients, { queueUrl }, signal, (message) => others.push(message));
  expect(await all(received)).toEqual([]);
  expect(others).toEqual([
    { subject: 'Change points', text: 'two changed' },
    ...texts.slice(0, 4).map((text) => ({ text })),
    { text: 'x' },
  ]);
});

test('what was received is deleted, all that came at once together; of an empty answer nothing', async () => {
  const { clients, signal, sent } = queueOf(['a', 'b'], undefined, [], ['c']);
  let received = 0;
  const onReceived = () => void received++;
  await all(receiveNotifications(clients, { queueUrl }, signal, undefined, onReceived));
  const deleted = sent.filter((command) => command.constructor.name === 'DeleteMessageBatchCommand');
  expect(deleted.map(({ input }) => input)).toEqual([
    {
      QueueUrl: queueUrl,
      Entries: [
        { Id: '0', ReceiptHandle: 'receipt 0' },
        { Id: '1', ReceiptHandle: 'receipt 1' },
      ],
    },
    { QueueUrl: queueUrl, Entries: [{ Id: '0', ReceiptHandle: 'receipt 0' }] },
  ]);
  expect(received).toBe(4);
});

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html: ten at most
test('the queue is asked for as many messages as it gives at once, and to wait for them', async () => {
  const { clients, signal, sent } = queueOf();
  await all(receiveNotifications(clients, { queueUrl }, signal));
  expect(sent.map(({ input }) => input)).toEqual([
    { QueueUrl: queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 },
  ]);
});

test('who has been stopped asks for nothing', async () => {
  const { clients, sent } = queueOf(['a']);
  expect(await all(receiveNotifications(clients, { queueUrl }, AbortSignal.abort()))).toEqual([]);
  expect(sent).toEqual([]);
});

test('what the queue answers instead is thrown', async () => {
  const gone = new Error('the queue is gone');
  const { clients, signal } = queueOf(['a'], gone);
  await expect(all(receiveNotifications(clients, { queueUrl }, signal))).rejects.toBe(gone);
});

async function all<Given>(given: AsyncIterable<Given>): Promise<readonly Given[]> {
  const found: Given[] = [];
  for await (const one of given) found.push(one);
  return found;
}
