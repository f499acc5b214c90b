import { expect, test } from 'vitest';
import { tellOwnQueueUrls } from '../../../local/emulators/queue-urls.ts';

type QueueApp = Parameters<typeof tellOwnQueueUrls>[0];
type QueueRequest = { readonly headers: Readonly<Record<string, unknown>>; readonly body: unknown };
type Hook = (request: QueueRequest, reply?: unknown, payload?: unknown) => Promise<unknown>;

const hooks: Record<string, Hook> = {};
const app: QueueApp = {
  addHook(name: string, hook: (...args: never[]) => Promise<unknown>) {
    hooks[name] = hook as Hook;
  },
};
tellOwnQueueUrls(app);

test.each(['127.0.0.1:4566', 'localhost:4566', '[::1]:4566'])(
  'the URL of a queue is told with the host of the request, %s',
  async (host) => {
    const headers = { host, 'x-amz-target': 'AmazonSQS.CreateQueue' };
    const own = '{"QueueUrl":"http://sqs.us-east-1.localhost:4566/000000000000/queue"}';
    const told = `{"QueueUrl":"http://${host}/000000000000/queue"}`;
    expect(await hooks.onSend?.({ headers, body: {} }, undefined, own)).toBe(told);
  },
);

test.each([
  [
    'that of the signature',
    'AWS4-HMAC-SHA256 Credential=local/20260101/eu-west-1/sqs/aws4_request',
    'eu-west-1',
  ],
  ['the default one without a signature', undefined, 'us-east-1'],
])('a queue is looked for in the region of the request: %s', async (_, authorization, region) => {
  for (const host of ['127.0.0.1:4566', 'localhost:4566']) {
    const body = { QueueUrl: `http://${host}/000000000000/queue` };
    await hooks.preHandler?.({ headers: { authorization }, body });
    expect(body.QueueUrl).toBe(`http://sqs.${region}.localhost:4566/000000000000/queue`);
  }
});

const ownUrl = 'http://sqs.us-east-1.localhost:4566/000000000000';
const tells = (target: unknown, payload: unknown, host = '127.0.0.1:4566') =>
  hooks.onSend?.({ headers: { host, 'x-amz-target': target }, body: {} }, undefined, payload);

test.each(['CreateQueue', 'GetQueueUrl', 'ListQueues'])('%s tells each URL with the host', async (call) => {
  const answer = (url: string) => JSON.stringify({ QueueUrls: [`${url}/a`, `${url}/b`] });
  const told = answer('http://127.0.0.1:4566/000000000000');
  expect(await tells(`AmazonSQS.${call}`, answer(ownUrl))).toBe(told);
  expect(await tells(`AmazonSQS.${call}`, answer(ownUrl.replace('us-east-1', 'eu-west-1')))).toBe(told);
});

test.each<[string, unknown, unknown]>([
  ['the texts of messages', 'AmazonSQS.ReceiveMessage', ownUrl],
  ['a call of another name', 'AmazonSQS.CreateQueues', ownUrl],
  ['a call of another service', 'NotAmazonSQS.CreateQueue', ownUrl],
  ['no call', undefined, ownUrl],
  ['an answer that is no text', 'AmazonSQS.CreateQueue', Buffer.from(ownUrl)],
  ['a URL without a port', 'AmazonSQS.CreateQueue', 'http://sqs.us-east-1.localhost/000000000000'],
  ['a URL that is not of a queue', 'AmazonSQS.CreateQueue', 'http://s3.us-east-1.localhost:4566/bucket'],
])('an answer is left as it is: %s', async (_, target, payload) => {
  expect(await tells(target, payload)).toBe(payload);
});

test('a host is told as it is, whatever is in its name', async () => {
  expect(await tells('AmazonSQS.CreateQueue', `${ownUrl}/a`, "$&.$'")).toBe(
    "http://$&.$':4566/000000000000/a",
  );
});

test.each([
  'http://example.org:4566/000000000000/queue',
  'https://localhost:4566/000000000000/queue',
  'http://localhost/000000000000/queue',
  'http://localhost.example.org:4566/000000000000/queue',
  'http://127.0.0:4566/000000000000/queue',
  'http://128.0.0.1:4566/000000000000/queue',
  'see http://localhost:4566/000000000000/queue',
])('a URL that this server has not told is left as it is: %s', async (QueueUrl) => {
  const body = { QueueUrl };
  await hooks.preHandler?.({ headers: {}, body });
  expect(body).toEqual({ QueueUrl });
});

test.each([undefined, null, 'text', {}, { QueueUrl: 7 }, { QueueUrl: null }])(
  'a request that names no queue is left as it is: %j',
  async (body) => {
    const before = structuredClone(body);
    await hooks.preHandler?.({ headers: {}, body });
    expect(body).toEqual(before);
  },
);

test.each(['Credential=local/20260101/eu-west-1', 'Credential=local/today/eu-west-1/sqs', 'eu-west-1'])(
  'a signature without a region is as none: %s',
  async (authorization) => {
    const body = { QueueUrl: 'http://localhost:4566/000000000000/queue' };
    await hooks.preHandler?.({ headers: { authorization }, body });
    expect(body.QueueUrl).toBe(`${ownUrl}/queue`);
  },
);
