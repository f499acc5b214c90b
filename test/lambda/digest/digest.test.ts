import { Agent } from 'node:http';
import { PurgeQueueCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dynamoClient } from '../../../lambda/clients.ts';
import { type DigestHandler, digestHandler } from '../../../lambda/digest/digest.ts';
import type { ReportEntry } from '../../../lambda/function-report.ts';
import { topicNotifier } from '../../../lambda/notify/notifier.ts';
import { processingLimits } from '../../../lambda/processing-limits.ts';
import { realSurroundings, type Surroundings } from '../../../lambda/surroundings.ts';
import { toldSeries } from '../../../lambda/tables/told-series.ts';
import { digestQueueSeconds } from '../../../lib/deployment-limits.ts';
import { names, subscribeQueue } from '../../../local/resources.ts';
import { startProxy } from '../../campaigns/faults/proxy.ts';
import { useBackend } from '../../use/backend.ts';
import { aChangePoint } from '../a-change-point.ts';
import { memoryToldSeries } from './memory-told-series.ts';

const backend = useBackend();
const agent = new Agent({ keepAlive: true });
let people: string;
let now = Date.UTC(2026, 0, 1);
let reported: ReportEntry[] = [];

beforeAll(async () => {
  const { clients, resources } = backend;
  people = (await subscribeQueue(clients, resources.peopleTopicArn, 'people')).queueUrl;
});
afterAll(() => agent.destroy());

const surroundings: Surroundings = {
  ...realSurroundings,
  clock: () => new Date(now),
  deadline: () => new AbortController().signal,
  retryStrategy: new ConfiguredRetryStrategy(1, 0),
};
const digestIn = (environment = {}): DigestHandler =>
  digestHandler(
    { ...backend.environment, ...environment },
    (entry) => {
      reported.push(entry);
    },
    surroundings,
  );

let count = 0;
const record = (seriesId: string, replaced = {}) => {
  const id = `id ${++count}`;
  const body = JSON.stringify(aChangePoint({ id, seriesId, ...replaced }));
  return { messageId: id, receiptHandle: id, body };
};

/** Everything that waits in a queue now. */
async function received(QueueUrl = people): Promise<readonly Record<string, unknown>[]> {
  const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 });
  const { Messages = [] } = await backend.clients.sqs.send(command);
  return Messages.map(({ Body = '' }) => JSON.parse(Body));
}

// "Message attributes are sent only when the message structure is String, not JSON."
// Source: https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html
test('the call that publishes a change point has a string, its attributes and no MessageStructure', async () => {
  const { sns } = backend.clients;
  const inputs: object[] = [];
  sns.middlewareStack.add(
    (next) => (given) => {
      inputs.push(given.input);
      return next(given);
    },
    { step: 'initialize', name: 'inputs' },
  );
  const found = aChangePoint({ kind: 'shift' });
  const { topicArn, queueUrl } = backend.resources;
  await topicNotifier(sns, topicArn).publish(found, new AbortController().signal);
  sns.middlewareStack.remove('inputs');
  expect(inputs).toEqual([
    { TopicArn: topicArn, Message: expect.any(String), MessageAttributes: expect.any(Object) },
  ]);
  const [message, ...others] = await received(queueUrl);
  expect(others).toEqual([]);
  expect(JSON.parse(String(message?.Message))).toEqual(found);
  expect(message?.MessageAttributes).toEqual({
    seriesId: { Type: 'String', Value: 'boiler-7' },
    direction: { Type: 'String', Value: 'up' },
    kind: { Type: 'String', Value: 'shift' },
    magnitude: { Type: 'Number', Value: '1' },
    pValue: { Type: 'Number', Value: '0.001' },
  });
});

describe('a batch', () => {
  test('is told in one message; what is muted, told before or no change point is not', async () => {
    const digest = digestIn();
    const [first, again] = [record('a'), record('b')];
    expect(await digest({ Records: [first] })).toEqual({ batchItemFailures: [] });
    await received();
    reported = [];
    const foreign = ['hello', '{"id":7}', '{"id":"a","seriesId":"b"}', 'null'].map((body, index) => {
      return { messageId: `foreign ${index}`, receiptHandle: '', body };
    });
    const muted = record('c', { muted: true });
    const Records = [first, again, again, muted, record('d'), ...foreign];
    expect(await digest({ Records })).toEqual({ batchItemFailures: [] });
    const [message, ...others] = await received();
    expect(others).toEqual([]);
    expect(message).toMatchObject({ Subject: 'AED: 2 series shifted' });
    expect(message?.MessageAttributes ?? {}).toEqual({});
    expect(reported).toEqual([
      {
        step: 'digest',
        digests: 1,
        toldSeries: 2,
        told: 2,
        repeated: 2,
        muted: 1,
        held: 0,
        left: 0,
        foreign: 4,
      },
    ]);
    expect(await digest({ Records: [muted] })).toEqual({ batchItemFailures: [] });
    expect(await received()).toEqual([]);
  });

  test('fails as a whole if the topic of people does, and is told when the queue brings it again', async () => {
    const Records = [record('e')];
    const noTopic = { PEOPLE_TOPIC_ARN: 'arn:aws:sns:us-east-1:000000000000:none' };
    await expect(digestIn(noTopic)({ Records })).rejects.toThrow('Topic does not exist');
    now += digestQueueSeconds(0) * 1000;
    expect(await digestIn()({ Records })).toEqual({ batchItemFailures: [] });
    expect(await received()).toHaveLength(1);
  });

  test('leaves to the queue what it cannot claim, and says why', async () => {
    reported = [];
    const Records = [record('f')];
    const noTable = { CHANGE_POINTS_TABLE: 'none' };
    expect(await digestIn(noTable)({ Records })).toEqual({
      batchItemFailures: [{ itemIdentifier: Records[0]?.messageId }],
    });
    expect(reported).toMatchObject([
      { step: 'digest', seriesFailed: 1, error: { name: 'ResourceNotFoundException' } },
      { step: 'digest', told: 0, left: 1 },
    ]);
    expect(await received()).toEqual([]);
  });

  test('of a series that flaps stays in the queue until it may be named again', async () => {
    const digest = digestIn();
    const began = now;
    for (let minutes = 0; minutes < 3; minutes++) {
      await digest({ Records: [record('g')] });
      now += 60_000;
    }
    expect(await received()).toMatchObject([
      { Subject: 'AED: g up by 1' },
      { Subject: 'AED: g up by 1' },
      { Subject: 'AED: g flaps: 3 changes' },
    ]);
    const { clients, resources } = backend;
    const QueueUrl = resources.digestQueueUrl;
    const found = aChangePoint({ id: 'held', seriesId: 'g' });
    await clients.sqs.send(new PurgeQueueCommand({ QueueUrl }));
    await topicNotifier(clients.sns, resources.topicArn).publish(found, new AbortController().signal);
    const { Messages = [] } = await clients.sqs.send(
      new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5, VisibilityTimeout: 0 }),
    );
    const Records = Messages.map(({ MessageId = '', ReceiptHandle = '', Body = '' }) => ({
      messageId: MessageId,
      receiptHandle: ReceiptHandle,
      body: Body,
    }));
    expect(await digest({ Records })).toEqual({
      batchItemFailures: [{ itemIdentifier: Records[0]?.messageId }],
    });
    // It is hidden now, though it was received without a time-out.
    expect((await clients.sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages ?? []).toEqual([]);
    now = began + processingLimits.toldMs;
    expect(await digest({ Records })).toEqual({ batchItemFailures: [] });
    expect(await received()).toMatchObject([{ Subject: 'AED: g flaps: 3 changes' }]);
  });
});

describe.each(['death before', 'death after'] as const)('%s any call', (death) => {
  test('nothing is untold, and twice is told only what was published and not marked', async () => {
    let died = true;
    for (let at = 0; died; at++) {
      const Records = [record(`${death} ${at}`)];
      const instance = { name: 'dying', alive: true, died: false };
      let calls = 0;
      let isPublished = false;
      const { endpoint, close } = await startProxy(instance, backend.endpoints, agent, {
        fault: () => (calls++ === at ? death : undefined),
        async damage() {},
        received() {},
        effective({ target }) {
          isPublished ||= target === 'tell';
        },
        died() {},
      });
      const through = { AWS_ENDPOINT_URL_DYNAMODB: endpoint, AWS_ENDPOINT_URL_SNS: endpoint };
      const answer = await digestIn(through)({ Records }).catch(() => undefined);
      await close();
      died = instance.died;
      const isMarked = answer?.batchItemFailures.length === 0;
      now += digestQueueSeconds(0) * 1000;
      if (!isMarked) expect(await digestIn()({ Records })).toEqual({ batchItemFailures: [] });
      const times = (await received()).length;
      expect([at, times]).toEqual([at, isPublished && !isMarked && died ? 2 : 1]);
      if (!died) expect(calls).toBe(4);
    }
  });
});

describe.each([
  ['the table', () => toldSeries(dynamoClient(backend.environment), names.changePointsTable)],
  ['its twin in memory', memoryToldSeries],
])('what %s remembers of a series', (name, make) => {
  test('is replaced by whoever knows it as it is, and by nobody else', async () => {
    const seriesId = `remembered by ${name}`;
    const told = make();
    const telling = { id: 'a', by: 'me', at: now };
    const unknown = await told.read(seriesId);
    expect(unknown).toEqual({ version: 0, tellings: [] });
    const first = await told.replace(seriesId, unknown, [telling], now);
    expect(first).toEqual({ version: 1, tellings: [telling] });
    expect(await told.replace(seriesId, unknown, [], now)).toBeUndefined();
    expect(await told.read(seriesId)).toEqual(first);
    const second = await told.replace(seriesId, first ?? unknown, [{ ...telling, isTold: true }], now);
    expect(second).toEqual({ version: 2, tellings: [{ ...telling, isTold: true }] });
    expect(await told.replace(seriesId, first ?? unknown, [], now)).toBeUndefined();
    expect(await told.read(seriesId)).toEqual(second);
  });
});

test.each<[string, Record<string, unknown>]>([
  ['no version', { tellings: [] }],
  ['a version that is null', { version: null }],
  ['a text for a version', { version: '7', tellings: 'none' }],
  ['a version of 0', { version: 0, tellings: [] }],
  ['a version below 0', { version: -1, tellings: { a: 1 } }],
  ['tellings that are none', { version: 3, tellings: [null, 7, { id: 'a' }, { id: {}, by: 'x', at: now }] }],
])('of a series whose memory is damaged people are told: %s', async (damage, item) => {
  const seriesId = `damaged, ${damage}`;
  const client = dynamoClient(backend.environment);
  await client.send(
    new PutCommand({ TableName: names.changePointsTable, Item: { seriesId, sortKey: 'TOLD', ...item } }),
  );
  const [first, second] = [record(seriesId), record(seriesId)];
  expect(await digestIn()({ Records: [first] })).toEqual({ batchItemFailures: [] });
  expect(await digestIn()({ Records: [first, second] })).toEqual({ batchItemFailures: [] });
  expect(await received()).toHaveLength(2);
  const { tellings } = await toldSeries(client, names.changePointsTable).read(seriesId);
  expect(tellings).toMatchObject([
    { id: first.messageId, isTold: true },
    { id: second.messageId, isTold: true },
  ]);
});

test('what was told under a long id is known again, also where it was kept at its full length', async () => {
  const seriesId = 'long ids';
  const [client, id] = [dynamoClient(backend.environment), 'é'.repeat(200)];
  const tellings = [{ id, by: 'an earlier digest', at: now, isTold: true, note: 'x' }];
  await client.send(
    new PutCommand({
      TableName: names.changePointsTable,
      Item: { seriesId, sortKey: 'TOLD', version: 1, tellings },
    }),
  );
  const Records = [record(seriesId, { id }), record(seriesId)];
  expect(await digestIn()({ Records })).toEqual({ batchItemFailures: [] });
  expect(await received()).toMatchObject([{ Subject: 'AED: long ids up by 1' }]);
  const known = await toldSeries(client, names.changePointsTable).read(seriesId);
  for (const one of known.tellings) {
    expect(Buffer.byteLength(one.id)).toBeLessThanOrEqual(processingLimits.rememberedIdBytes);
    expect(one).not.toHaveProperty('note');
  }
});

test.each([['CHANGE_POINTS_TABLE'], ['PEOPLE_TOPIC_ARN'], ['DIGEST_QUEUE_URL']])(
  'a digest without %s stops at its start',
  (name) => {
    expect(() => digestHandler({ ...backend.environment, [name]: '' }, () => {})).toThrow(
      new RangeError(`${name} must be set in the environment`),
    );
  },
);
