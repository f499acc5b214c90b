import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Message, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { expect, test, vi } from 'vitest';
import type { Handler } from '../../local/event-source-mapping/invoke.ts';
import { startQueueMapping } from '../../local/event-source-mapping/queue-mapping.ts';

const queueArn = 'arn:aws:sqs:eu-west-1:000000000000:queue';
const limits = {
  mapping: { batchSize: 10_000, batchWindowSeconds: 0, maximumConcurrency: 2 },
  function: { timeoutSeconds: 60, memoryMegabytes: 128 },
};

interface Input {
  readonly QueueUrl?: string;
  readonly MaxNumberOfMessages?: number;
  readonly WaitTimeSeconds?: number;
  readonly MessageBody?: string;
  readonly Entries?: readonly { readonly Id?: string; readonly ReceiptHandle?: string }[];
}

/** A queue that gives what it has at once, and notes what it is asked. */
function queueOf(...messages: readonly Message[]) {
  const waiting = [...messages];
  const asked: { readonly call: string; readonly input: Input }[] = [];
  const send = async ({
    constructor: { name: call },
    input,
  }: {
    readonly constructor: { readonly name: string };
    readonly input: Input;
  }) => {
    asked.push({ call, input });
    if (call === 'SendMessageCommand') waiting.push(messageOf(input.MessageBody ?? ''));
    if (call !== 'ReceiveMessageCommand') return {};
    await nextTurn();
    return { Messages: waiting.splice(0, input.MaxNumberOfMessages) };
  };
  const inputsOf = (call: string) => asked.filter((one) => one.call === call).map(({ input }) => input);
  return { client: { send } as unknown as SQSClient, inputsOf, isEmpty: () => waiting.length === 0 };
}

function messageOf(Body: string): Message {
  return { MessageId: `id of ${Body.slice(0, 20)}`, ReceiptHandle: `receipt of ${Body.slice(0, 20)}`, Body };
}

function start(client: SQSClient, handler: Handler<SQSRecord>, mapping: Partial<typeof limits.mapping> = {}) {
  return startQueueMapping({
    client,
    queueUrl: 'the queue',
    queueArn,
    functionName: 'f',
    handler,
    limits: { ...limits, mapping: { ...limits.mapping, ...mapping } },
    failed: () => {},
  });
}

/** What a function is given until the mapping is stopped, which is as soon as the queue is empty. */
async function givenBy(queue: ReturnType<typeof queueOf>, mapping: Partial<typeof limits.mapping> = {}) {
  const given: (readonly SQSRecord[])[] = [];
  const running = start(queue.client, async ({ Records }) => void given.push(Records), mapping);
  await vi.waitUntil(queue.isEmpty);
  await running.stop();
  return given;
}

// https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html, "Example event"
test('a function gets each message as Lambda gives it', async () => {
  const Attributes = {
    ApproximateReceiveCount: '2',
    ApproximateFirstReceiveTimestamp: '1545082649185',
    SentTimestamp: '1545082649183',
    SenderId: 'AIDAIENQZJOLO23YVJ4VO',
  };
  const bare = {
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: 'eu-west-1',
    messageAttributes: {},
  };
  const [records] = await givenBy(
    queueOf({ MessageId: 'id', ReceiptHandle: 'receipt', Body: 'text', MD5OfBody: 'hash', Attributes }, {}),
  );
  const none = Object.fromEntries(Object.keys(Attributes).map((name) => [name, '']));
  expect(records).toEqual([
    {
      ...bare,
      messageId: 'id',
      receiptHandle: 'receipt',
      body: 'text',
      md5OfBody: 'hash',
      attributes: Attributes,
    },
    { ...bare, messageId: '', receiptHandle: '', body: '', md5OfBody: '', attributes: none },
  ]);
});

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessageBatch.html: ten at most
test('what is done is deleted, ten at once, each by an id of its own', async () => {
  const bodies = Array.from({ length: 25 }, (_, index) => `message ${index}`);
  const queue = queueOf(...bodies.map(messageOf));
  const given = await givenBy(queue, { batchWindowSeconds: 300 });
  expect(given.flat().map(({ body }) => body)).toEqual(bodies);
  const deleted = queue.inputsOf('DeleteMessageBatchCommand').map(({ Entries = [] }) => Entries);
  for (const entries of deleted) {
    expect(entries.length).toBeLessThanOrEqual(10);
    expect(new Set(entries.map(({ Id }) => Id)).size).toBe(entries.length);
  }
  const receipts = deleted.flat().map(({ ReceiptHandle }) => ReceiptHandle);
  expect(receipts).toEqual(expect.arrayContaining(bodies.map((body) => `receipt of ${body}`)));
  expect(receipts).toHaveLength(bodies.length + 1);
});

test('a queue is asked for no more than it gives at once, nor than the batch takes', async () => {
  const queue = queueOf(...Array.from({ length: 12 }, (_, index) => messageOf(`${index}`)));
  const given = await givenBy(queue, { batchSize: 12, batchWindowSeconds: 300 });
  expect(given.map(({ length }) => length)).toEqual([12]);
  const asked = queue.inputsOf('ReceiveMessageCommand');
  expect(asked.slice(0, 2).map((input) => input.MaxNumberOfMessages)).toEqual([10, 2]);
  for (const { QueueUrl, WaitTimeSeconds } of asked) {
    expect(QueueUrl).toBe('the queue');
    expect([0, 1]).toContain(WaitTimeSeconds);
  }
});

// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: 6 MB, with the escapes of JSON
test('a batch ends before its messages outgrow a payload', async () => {
  const large = Array.from({ length: 20 }, (_, index) => messageOf(`${index} ${'é'.repeat(200_000)}`));
  const given = await givenBy(queueOf(...large), { batchWindowSeconds: 300 });
  expect(given.map(({ length }) => length)).toEqual([10, 10]);
});

test('within the window, messages come together that come one by one, with pauses before and between', async () => {
  const waiting = ['', 'a', '', 'b', '', 'c'].map((body) => (body === '' ? [] : [messageOf(body)]));
  const queue = queueOf();
  const { send } = queue.client;
  queue.client.send = async (command: Parameters<typeof send>[0]) =>
    command.constructor.name === 'ReceiveMessageCommand' && waiting.length > 0
      ? { Messages: waiting.shift() }
      : send(command);
  const given: (readonly SQSRecord[])[] = [];
  const handler: Handler<SQSRecord> = async ({ Records }) => void given.push(Records);
  const running = start(queue.client, handler, { batchWindowSeconds: 300 });
  await vi.waitUntil(() => waiting.length === 0);
  await running.stop();
  expect(given.map((records) => records.map(({ body }) => body))).toEqual([['a', 'b', 'c']]);
});

test('the message that ends the mapping is deleted, and no function gets it; the last invocation has five seconds', async () => {
  const queue = queueOf(messageOf('a'));
  const left: number[] = [];
  const bodies: string[] = [];
  const running = start(
    queue.client,
    async ({ Records }, context) => {
      bodies.push(...Records.map(({ body }) => body));
      left.push(context.getRemainingTimeInMillis());
    },
    { batchWindowSeconds: 300 },
  );
  await vi.waitUntil(queue.isEmpty);
  await running.stop();
  await running.ended;
  expect(bodies).toEqual(['a']);
  expect(left[0]).toBeGreaterThan(0);
  expect(left[0]).toBeLessThanOrEqual(5000);
  const [sent] = queue.inputsOf('SendMessageCommand');
  expect(sent?.QueueUrl).toBe('the queue');
  const receipts = queue.inputsOf('DeleteMessageBatchCommand').flatMap(({ Entries = [] }) => Entries);
  expect(receipts.map(({ ReceiptHandle }) => ReceiptHandle)).toContain(
    messageOf(sent?.MessageBody ?? '').ReceiptHandle,
  );
});

test('before that, an invocation has the time-out of its function', async () => {
  const queue = queueOf(messageOf('a'));
  let left = 0;
  const handler: Handler<SQSRecord> = async (_, context) => {
    left = context.getRemainingTimeInMillis();
  };
  const running = start(queue.client, handler);
  await vi.waitUntil(() => left > 0);
  await running.stop();
  expect(left).toBeGreaterThan(30_000);
  expect(left).toBeLessThanOrEqual(60_000);
});

test('a queue that can no longer be read ends the mapping, and whoever stops it is told', async () => {
  const gone = new Error('the queue is gone');
  const running = start({ send: () => Promise.reject(gone) } as unknown as SQSClient, async () => {});
  await expect(running.ended).rejects.toBe(gone);
  await expect(running.stop()).rejects.toBe(gone);
});
