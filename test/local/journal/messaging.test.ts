import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { CreateTopicCommand, PublishCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  PurgeQueueCommand,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import fc from 'fast-check';
import { buildApp } from 'fauxqs';
import { afterEach, expect, test, vi } from 'vitest';
import { startBackend } from '../../../local/backend.ts';
import { type Clients, destroyClients } from '../../../local/clients.ts';
import { startMessaging } from '../../../local/emulators/messaging.ts';
import type { Journal } from '../../../local/journal/journal.ts';
import { keepNotifications } from '../../../local/journal/keep-notifications.ts';
import { keepObjects } from '../../../local/journal/keep-objects.ts';
import { newStores } from '../../../local/journal/stores.ts';
import { subscribeQueue } from '../../../local/resources.ts';
import { clientsAt } from '../../use/clients.ts';
import { useFolder } from '../../use/folder.ts';
import { rawRequest } from '../../use/raw-request.ts';

const folder = useFolder();
let folders = 0;
const newFolder = () => join(folder, `${++folders}`);
const Bucket = 'kept';
const queue = 'told';
const topic = 'topic';
/** So often a message of the raw queue is received at most. */
const receives = 3;
const longestHidden = 600;
const MessageAttributes = { kind: { DataType: 'String', StringValue: 'shift' } };
const keptTopic = {
  topic,
  queues: [
    { name: queue, isRaw: false },
    { name: 'raw', isRaw: true, deadLetters: 'dead' },
  ],
};

interface Running {
  readonly clients: Clients;
  readonly topicArn: string;
  readonly queueUrl: string;
  readonly rawQueueUrl: string;
  readonly deadQueueUrl: string;
  close(): Promise<void>;
}

const running: Running[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.close();
  vi.useRealTimers();
});

async function subscribeRawQueue({ sns, sqs }: Clients, TopicArn: string) {
  const create = async (QueueName: string, Attributes?: Record<string, string>) => {
    const { QueueUrl: url = '' } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
    const ofArn = { QueueUrl: url, AttributeNames: ['QueueArn' as const] };
    const { Attributes: known } = await sqs.send(new GetQueueAttributesCommand(ofArn));
    return { url, arn: known?.QueueArn };
  };
  const dead = await create('dead');
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: receives });
  const { url, arn: Endpoint } = await create('raw', { RedrivePolicy });
  const raw = { RawMessageDelivery: 'true' };
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint, Attributes: raw }));
  return { rawQueueUrl: url, deadQueueUrl: dead.url };
}

/** Starts the emulator as a backend does. */
async function start(data: string): Promise<Running> {
  const emulator = await startMessaging({ folder: data, keptTopic });
  const clients = clientsAt(emulator.endpoint);
  const { TopicArn = '' } = await clients.sns.send(new CreateTopicCommand({ Name: topic }));
  const { queueUrl } = await subscribeQueue(clients, TopicArn, queue);
  await subscribeQueue(clients, TopicArn, 'other');
  const raw = await subscribeRawQueue(clients, TopicArn);
  for (const name of [queue, 'raw', 'dead']) emulator.sendUntaken(name);
  await clients.s3.send(new CreateBucketCommand({ Bucket }));
  const started = {
    clients,
    topicArn: TopicArn,
    queueUrl,
    ...raw,
    async close() {
      destroyClients(clients);
      await emulator.close();
    },
  };
  running.push(started);
  return started;
}

/** Starts it on what its folder holds at this moment, as if it were killed now. */
function killed(data: string): Promise<Running> {
  const copy = newFolder();
  mkdirSync(copy);
  copyFileSync(join(data, 'journal.jsonl'), join(copy, 'journal.jsonl'));
  return start(copy);
}

async function objectsOf({ clients: { s3 } }: Running) {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
  const objects: Record<string, unknown> = {};
  for (const { Key = '' } of Contents) {
    const { Body, ContentType, Metadata } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    objects[Key] = [
      Buffer.from((await Body?.transformToByteArray()) ?? []).toString('hex'),
      ContentType,
      Metadata,
    ];
  }
  return objects;
}

async function receive({ clients }: Running, most: number, queueUrl: string): Promise<readonly Message[]> {
  const { Messages = [] } = await clients.sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: most,
      VisibilityTimeout: 600,
      MessageAttributeNames: ['All'],
    }),
  );
  return Messages;
}

/** Makes what the process that was killed hid for long visible. */
function passTime(): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 1000 * longestHidden + 2_000 });
}

/** Texts that wait in the queue or were received and not deleted: in a new process all of them wait, once their time has come. */
async function textsOf(one: Running): Promise<readonly string[]> {
  return (await allIn(one, one.queueUrl)).map(textOf).sort();
}

/** The messages of the queue that gets texts alone, with an attribute. */
async function rawTextsOf(one: Running): Promise<readonly string[]> {
  const messages = await allIn(one, one.rawQueueUrl);
  for (const { MessageAttributes } of messages) expect(MessageAttributes?.kind?.StringValue).toBe('shift');
  return messages.map(({ Body = '' }) => Body).sort();
}

async function allIn(one: Running, queueUrl: string): Promise<readonly Message[]> {
  const all: Message[] = [];
  for (;;) {
    const messages = await receive(one, 10, queueUrl);
    if (messages.length === 0) return all;
    all.push(...messages);
  }
}

function textOf({ Body = '' }: Message): string {
  return JSON.parse(Body).Message;
}

const keys = fc.constantFrom('quarantine/a/1.json', 'a key/with ä?&=+#', 'b');
const operations = fc.oneof(
  fc.record({ kind: fc.constant('put' as const), key: keys, bytes: fc.uint8Array({ maxLength: 50 }) }),
  fc.record({ kind: fc.constant('copy' as const), from: keys, key: keys }),
  fc.record({ kind: fc.constant('delete object' as const), key: keys }),
  fc.record({ kind: fc.constant('delete objects' as const), keys: fc.uniqueArray(keys, { minLength: 1 }) }),
  fc.record({ kind: fc.constant('publish' as const), text: fc.string({ minLength: 1 }) }),
  fc.record({ kind: fc.constant('receive' as const), most: fc.integer({ min: 1, max: 10 }) }),
  fc.record({ kind: fc.constant('delete message' as const), which: fc.nat(9) }),
  fc.record({
    kind: fc.constant('delete messages' as const),
    which: fc.uniqueArray(fc.nat(9), { minLength: 1 }),
  }),
  fc.record({ kind: fc.constant('hide messages' as const), seconds: fc.constantFrom(0, 30, longestHidden) }),
  fc.record({ kind: fc.constant('take raw messages' as const) }),
  fc.record({ kind: fc.constant('purge' as const) }),
);
type Operation = typeof operations extends fc.Arbitrary<infer One> ? One : never;

/** What is received and not deleted, and the texts that must be there after a kill. */
interface Told {
  readonly received: Message[];
  texts: string[];
  /** Those that the other queue must have. */
  readonly rawTexts: Set<string>;
}

async function operate(one: Running, operation: Operation, told: Told): Promise<void> {
  const { s3, sns, sqs } = one.clients;
  const QueueUrl = one.queueUrl;
  const forget = (message: Message) => told.texts.splice(told.texts.indexOf(textOf(message)), 1);
  switch (operation.kind) {
    case 'put': {
      const { key: Key, bytes: Body } = operation;
      const Metadata = { length: `${Body.length}` };
      await s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: 'text/plain', Metadata }));
      return;
    }
    case 'copy': {
      const CopySource = `${Bucket}/${operation.from.split('/').map(encodeURIComponent).join('/')}`;
      const isMissing = (error: Error) => expect(error.name).toBe('NoSuchKey');
      await s3.send(new CopyObjectCommand({ Bucket, Key: operation.key, CopySource })).catch(isMissing);
      return;
    }
    case 'delete object':
      await s3.send(new DeleteObjectCommand({ Bucket, Key: operation.key }));
      return;
    case 'delete objects': {
      const Objects = operation.keys.map((Key) => ({ Key }));
      await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
      return;
    }
    case 'publish':
      await sns.send(
        new PublishCommand({ TopicArn: one.topicArn, Message: operation.text, MessageAttributes }),
      );
      told.texts.push(operation.text);
      told.rawTexts.add(operation.text);
      return;
    case 'receive':
      told.received.push(...(await receive(one, operation.most, QueueUrl)));
      return;
    case 'delete message': {
      const [message] = told.received.splice(operation.which, 1);
      if (message === undefined) return;
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
      forget(message);
      return;
    }
    case 'delete messages': {
      const messages = told.received.filter((_, index) => operation.which.includes(index));
      if (messages.length === 0) return;
      const Entries = messages.map(({ ReceiptHandle }, index) => ({ Id: `${index}`, ReceiptHandle }));
      await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
      for (const message of messages) {
        forget(message);
        told.received.splice(told.received.indexOf(message), 1);
      }
      return;
    }
    case 'hide messages': {
      const Entries = told.received.slice(0, 10).map(({ ReceiptHandle }, index) => ({
        Id: `${index}`,
        ReceiptHandle,
        VisibilityTimeout: operation.seconds,
      }));
      if (Entries.length > 0) await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
      return;
    }
    case 'take raw messages': {
      const messages = await receive(one, 10, one.rawQueueUrl);
      for (const { Body = '', ReceiptHandle } of messages) {
        await sqs.send(new DeleteMessageCommand({ QueueUrl: one.rawQueueUrl, ReceiptHandle }));
        told.rawTexts.delete(Body);
      }
      return;
    }
    case 'purge':
      await sqs.send(new PurgeQueueCommand({ QueueUrl }));
      told.received.length = 0;
      told.texts = [];
  }
}

test('objects and untaken messages are there after a kill at any moment, and after the next one', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(operations, { maxLength: 12 }), { minLength: 1, maxLength: 3 }),
      async (lives) => {
        let data = newFolder();
        let one = await start(data);
        const told: Told = { received: [], texts: [], rawTexts: new Set() };
        for (const life of lives) {
          told.received.length = 0;
          for (const operation of life) await operate(one, operation, told);
          const objects = await objectsOf(one);
          const before = data;
          data = newFolder();
          mkdirSync(data);
          copyFileSync(join(before, 'journal.jsonl'), join(data, 'journal.jsonl'));
          const next = await start(data);
          expect(await objectsOf(next)).toEqual(objects);
          const looked = await killed(data);
          passTime();
          expect(await textsOf(looked)).toEqual(told.texts.toSorted());
          expect(await rawTextsOf(looked)).toEqual([...told.rawTexts].sort());
          one = next;
        }
        for (const each of running.splice(0)) await each.close();
      },
    ),
    { numRuns: 8 },
  );
});

test('a message that is hidden for long is in the journal alone, and can be deleted there', async () => {
  const data = newFolder();
  const one = await start(data);
  const { sns, sqs } = one.clients;
  const QueueUrl = one.rawQueueUrl;
  for (const Message of ['a', 'b', 'c', 'd'])
    await sns.send(new PublishCommand({ TopicArn: one.topicArn, Message, MessageAttributes }));
  const [first, ...others] = await receive(one, 10, QueueUrl);
  await sqs.send(
    new ChangeMessageVisibilityCommand({
      QueueUrl,
      ReceiptHandle: first?.ReceiptHandle,
      VisibilityTimeout: 60,
    }),
  );
  const Entries = others.map(({ ReceiptHandle }, index) => ({
    Id: `${index}`,
    ReceiptHandle,
    VisibilityTimeout: [59, 600, 3600][index],
  }));
  await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
  const AttributeNames = ['All' as const];
  const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
  expect(Attributes.ApproximateNumberOfMessagesNotVisible).toBe('1');
  expect(Attributes.ApproximateNumberOfMessages).toBe('0');
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle }));
  const next = await killed(data);
  expect(await rawTextsOf(next)).toEqual(['b']);
  passTime();
  expect(await rawTextsOf(next)).toEqual(['b', 'c']);
});

test('a message that is received too often is kept with the dead letters, until it is deleted there', async () => {
  const data = newFolder();
  const one = await start(data);
  const { sns, sqs } = one.clients;
  await sns.send(new PublishCommand({ TopicArn: one.topicArn, Message: 'a', MessageAttributes }));
  for (let time = 1; time <= receives; time++) {
    const [message] = await receive(one, 10, one.rawQueueUrl);
    const seen = { QueueUrl: one.rawQueueUrl, ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout: 0 };
    await sqs.send(new ChangeMessageVisibilityCommand(seen));
  }
  expect(await allIn(one, one.rawQueueUrl)).toEqual([]);
  const [dead] = await allIn(one, one.deadQueueUrl);
  expect(dead).toMatchObject({ Body: 'a', MessageAttributes });
  const again = await killed(data);
  expect(await allIn(again, again.rawQueueUrl)).toEqual([]);
  expect(await allIn(again, again.deadQueueUrl)).toMatchObject([{ Body: 'a', MessageAttributes }]);
  await sqs.send(
    new DeleteMessageCommand({ QueueUrl: one.deadQueueUrl, ReceiptHandle: dead?.ReceiptHandle }),
  );
  const last = await killed(data);
  for (const url of [last.rawQueueUrl, last.deadQueueUrl]) expect(await allIn(last, url)).toEqual([]);
});

test('what cannot be kept is answered with status 500, and kept when it is sent again', async () => {
  const kept = new Map<string, unknown>();
  let isFull = true;
  const put = (key: string, value: unknown) => {
    if (isFull) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    kept.set(key, value);
  };
  const stores = newStores();
  const app = buildApp({ logger: false, stores });
  const journal: Journal = {
    keys: () => [...kept.keys()],
    get: (key) => kept.get(key),
    set: put,
    delete: (key) => put(key, undefined),
    close() {},
  };
  keepObjects(stores.s3Store, journal);
  keepNotifications(app, stores.sqsStore, journal, keptTopic);
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  await app.inject({ method: 'POST', url: '/', headers, payload: `Action=CreateTopic&Name=${topic}` });
  const payload = `Action=Publish&TopicArn=arn:aws:sns:us-east-1:000000000000:${topic}&Message=hello`;
  const requests = [
    { method: 'PUT', url: '/bucket/key', headers: { 'content-type': 'text/plain' }, payload: 'body' },
    { method: 'POST', url: '/', headers, payload },
  ] as const;
  await app.inject({ method: 'PUT', url: '/bucket' });
  for (const request of requests) expect((await app.inject(request)).statusCode).toBe(500);
  expect(kept.size).toBe(0);
  isFull = false;
  for (const request of requests) expect((await app.inject(request)).statusCode).toBe(200);
  expect([...kept.keys()]).toEqual([
    's3 ["bucket","key"]',
    expect.stringMatching(/^sqs told /),
    expect.stringMatching(/^sqs raw /),
  ]);
  await app.close();
});

test('a backend whose journal is damaged does not start, and says why; it starts when that is mended', async () => {
  const data = newFolder();
  const journal = join(data, 'messaging', 'journal.jsonl');
  mkdirSync(join(data, 'messaging'), { recursive: true });
  writeFileSync(journal, 'damaged\n');
  await expect(startBackend({ folder: data })).rejects.toThrow(
    `cannot open the data in ${data}: line 1 of ${journal} is damaged: `,
  );
  writeFileSync(journal, '');
  await (await startBackend({ folder: data })).close();
});

test('whatever the key of an object is: it is there after a restart', async () => {
  const keys = [
    'a//b',
    '/a',
    'a/',
    '?x=1#f',
    ' +%',
    '%2e%2e/x',
    'e\u0301',
    '\u202e',
    '\0\n',
    '...',
    'a/../b',
    './a',
    '..',
    '%25/./x',
  ];
  const folder = newFolder();
  const statuses = new Map<string, number>();
  let emulator = await startMessaging({ folder });
  const put = (path: string, body: string) => {
    const { port } = new URL(emulator.endpoint);
    const head = `PUT ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\nContent-Length: ${body.length}`;
    return rawRequest(Number(port), `${head}\r\n\r\n${body}`);
  };
  await put(`/${Bucket}`, '');
  for (const key of keys) {
    const { status } = await put(`/${Bucket}/${key.split('/').map(encodeURIComponent).join('/')}`, 'x');
    statuses.set(key, status);
  }
  await emulator.close();
  emulator = await startMessaging({ folder });
  const clients = clientsAt(emulator.endpoint);
  const { Contents = [] } = await clients.s3.send(new ListObjectsV2Command({ Bucket, EncodingType: 'url' }));
  destroyClients(clients);
  await emulator.close();
  expect([...statuses.values()]).toEqual(keys.map(() => 200));
  expect(Contents).toHaveLength(keys.length);
});
