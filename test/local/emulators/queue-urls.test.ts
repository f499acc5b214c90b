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
