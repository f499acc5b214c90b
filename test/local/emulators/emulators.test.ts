import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { promisify } from 'node:util';
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateTopicCommand,
  PublishCommand,
  type PublishCommandInput,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { messageFor } from '../../../lambda/notify/message.ts';
import { type Clients, destroyClients, localIdentity } from '../../../local/clients.ts';
import { startDynamoDb } from '../../../local/emulators/dynamodb.ts';
import type { Emulator } from '../../../local/emulators/emulator.ts';
import { startKinesis } from '../../../local/emulators/kinesis.ts';
import { startMessaging } from '../../../local/emulators/messaging.ts';
import { aChangePoint } from '../../lambda/a-change-point.ts';
import { clientsAt } from '../../use/clients.ts';
import { createItemsTable } from '../items-table.ts';

const open: { clients: Clients; emulator: Emulator }[] = [];

afterEach(async () => {
  vi.unstubAllEnvs();
  for (const { clients, emulator } of open.splice(0)) {
    destroyClients(clients);
    await emulator.close();
  }
});

/** Starts an emulator with clients that speak to it alone; both end with the test. */
async function use<E extends Emulator>(starting: Promise<E>): Promise<{ emulator: E; clients: Clients }> {
  const emulator = await starting;
  const clients = clientsAt(emulator.endpoint);
  open.push({ clients, emulator });
  return { emulator, clients };
}

describe.each([
  ['Kinesis', startKinesis],
  ['DynamoDB', startDynamoDb],
  ['messaging', startMessaging],
] as const)('%s', (_, start) => {
  test('listens on this machine alone, and on no port after its end', async () => {
    const emulator = await start();
    expect(emulator.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    await fetch(emulator.endpoint);
    await expect(fetch(emulator.endpoint.replace('127.0.0.1', '127.0.0.2'))).rejects.toThrow('fetch failed');
    await emulator.close();
    await expect(fetch(emulator.endpoint)).rejects.toThrow('fetch failed');
  });

  test('answers no web page', async () => {
    const emulator = await start();
    for (const method of ['GET', 'POST', 'OPTIONS']) {
      const answer = await fetch(emulator.endpoint, { method, headers: { origin: 'https://example.org' } });
      expect(answer.status).toBe(403);
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
    await emulator.close();
  });

  test('outlives a client that goes away amid a request', async () => {
    const emulator = await start();
    const client = await beginRequest(emulator);
    client.resetAndDestroy();
    await fetch(emulator.endpoint);
    await emulator.close();
  });

  test('ends amid a request', async () => {
    const emulator = await start();
    const client = await beginRequest(emulator);
    const ended = once(client, 'close');
    client.on('error', () => {});
    await Promise.all([emulator.close(), ended]);
  });
});

/** A connection with a request whose second half never comes; the emulator has begun to read it. */
async function beginRequest({ endpoint }: Emulator): Promise<Socket> {
  const { hostname, port } = new URL(endpoint);
  const client = connect(Number(port), hostname);
  await once(client, 'connect');
  client.write('POST / HTTP/1.1\r\nhost: local\r\nexpect: 100-continue\r\ncontent-length: 10\r\n\r\n');
  await once(client, 'data');
  return client;
}

test('two tables of one name in two emulators are two, each with its stream', async () => {
  const [one, other] = await Promise.all([use(startDynamoDb()), use(startDynamoDb())]);
  await Promise.all([createItemsTable(one.clients, 'items'), createItemsTable(other.clients, 'items')]);
  const streams = [one, other].map(({ emulator }) => emulator.streamOf('items', ['id']));
  const Item = { id: { S: 'a' } };
  await one.clients.dynamoDb.send(new PutItemCommand({ TableName: 'items', Item }));
  expect(streams.map(({ length }) => length)).toEqual([1, 0]);
  const key = { TableName: 'items', Key: Item };
  expect((await one.clients.dynamoDb.send(new GetItemCommand(key))).Item).toEqual(Item);
  expect((await other.clients.dynamoDb.send(new GetItemCommand(key))).Item).toBeUndefined();
});

// Its own endpoint aside, a client of the SDK sends what concerns a queue to the host of the queue's URL.
test('a client whose endpoint is in the environment reaches its queues, in every region', async () => {
  const { emulator } = await use(startMessaging());
  vi.stubEnv('AWS_ENDPOINT_URL_SQS', emulator.endpoint);
  for (const region of [localIdentity.region, 'eu-west-1']) {
    const sqs = new SQSClient({ ...localIdentity, region });
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'queue' }));
    expect(new URL(QueueUrl).origin).toBe(emulator.endpoint);
    expect((await sqs.send(new GetQueueUrlCommand({ QueueName: 'queue' }))).QueueUrl).toBe(QueueUrl);
    expect((await sqs.send(new ListQueuesCommand({}))).QueueUrls).toContain(QueueUrl);
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: region }));
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(Messages.map(({ Body }) => Body)).toEqual([region]);
    sqs.destroy();
  }
});

/** A topic of a new emulator. @returns what publishes to it and what its queue, subscribed so, then holds */
async function topicWithQueue(subscribed: Readonly<Record<string, string>> = {}) {
  const { clients } = await use(startMessaging());
  const { TopicArn } = await clients.sns.send(new CreateTopicCommand({ Name: 'topic' }));
  const { QueueUrl } = await clients.sqs.send(new CreateQueueCommand({ QueueName: 'queue' }));
  const { Attributes } = await clients.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  await clients.sns.send(
    new SubscribeCommand({
      TopicArn,
      Protocol: 'sqs',
      Endpoint: Attributes?.QueueArn,
      Attributes: subscribed,
    }),
  );
  return async (message: Omit<PublishCommandInput, 'TopicArn'>) => {
    await clients.sns.send(new PublishCommand({ TopicArn, ...message }));
    const { Messages = [] } = await clients.sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    return Messages.map(({ Body = '' }) => JSON.parse(Body));
  };
}

describe('a topic gives its queue', () => {
  test.each<[string, { Message: string; MessageStructure?: string }, string]>([
    ['a message as it is', { Message: 'text' }, 'text'],
    ['JSON as it is, without a structure', { Message: '{"default":"a"}' }, '{"default":"a"}'],
    [
      "a message by protocol: the queue's own",
      { Message: '{"default":"a","sqs":"b","email":"c"}', MessageStructure: 'json' },
      'b',
    ],
    [
      'a message by protocol: the default',
      { Message: '{"default":"a","email":"c"}', MessageStructure: 'json' },
      'a',
    ],
  ])('%s', async (_, message, expected) => {
    const delivered = await (await topicWithQueue())(message);
    expect(delivered.map(({ Message }) => Message)).toEqual([expected]);
  });

  // "Message attributes are sent only when the message structure is String, not JSON."
  // Source: https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html
  test('attributes of a message without a structure, and of no other', async () => {
    const publish = await topicWithQueue();
    const MessageAttributes = { kind: { DataType: 'String', StringValue: 'shift' } };
    const [plain] = await publish({ Message: '{"default":"a"}', MessageAttributes });
    expect(plain.MessageAttributes).toEqual({ kind: { Type: 'String', Value: 'shift' } });
    const [structured] = await publish({
      Message: '{"default":"a"}',
      MessageStructure: 'json',
      MessageAttributes,
    });
    expect(structured.MessageAttributes ?? {}).toEqual({});
  });
});

/** Filter policies, and whether they let a change point through that fell by 5 to a new level. */
const policies: readonly (readonly [object, boolean])[] = [
  [{ seriesId: ['boiler-7'] }, true],
  [{ seriesId: [{ prefix: 'boiler-' }], direction: ['down'], kind: ['shift'] }, true],
  [{ magnitude: [{ numeric: ['<=', -5] }] }, true],
  [{ magnitude: [{ numeric: ['>', -5] }] }, false],
  [{ pValue: [{ numeric: ['<', 0.01] }] }, true],
  [{ muted: [{ exists: false }] }, true],
  [{ muted: [{ exists: true }] }, false],
  [{ kind: ['drift'] }, false],
];

describe.each(['MessageAttributes', 'MessageBody'])(
  'a filter policy of the scope %s',
  (FilterPolicyScope) => {
    test.each(policies)('%j lets a change point through: %j', async (policy, isThrough) => {
      const publish = await topicWithQueue({ FilterPolicy: JSON.stringify(policy), FilterPolicyScope });
      const found = aChangePoint({ direction: 'down', kind: 'shift', magnitude: -5 });
      const delivered = await publish(messageFor(found));
      expect(delivered.map(({ Message }) => JSON.parse(Message))).toEqual(isThrough ? [found] : []);
    });
  },
);

test('a process that closes what it started ends by itself, and says nothing', async () => {
  const program = `
    import { startBackend } from './local/backend.ts';
    const backend = await startBackend();
    await backend.close();
  `;
  const ended = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', program],
    { cwd: new URL('../../..', import.meta.url), timeout: 60_000 },
  );
  expect(ended).toEqual({ stdout: '', stderr: '' });
});
