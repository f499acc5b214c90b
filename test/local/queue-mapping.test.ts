import { CreateQueueCommand, GetQueueAttributesCommand, SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Handler } from '../../local/event-source-mapping/invoke.ts';
import { startQueueMapping } from '../../local/event-source-mapping/queue-mapping.ts';
import { useBackend } from '../use/backend.ts';

const backend = useBackend();
let queues = 0;

/**
 * A queue with these messages, mapped to a function.
 *
 * @param visibilitySeconds - after which a message that is not deleted comes again. On a busy machine a batch takes seconds
 * @returns what stops it, and what it saw
 */
async function mapped(
  messages: readonly string[],
  answer: (bodies: readonly string[], records: readonly SQSRecord[]) => unknown,
  mapping: { readonly batchSize: number; readonly batchWindowSeconds: number },
  visibilitySeconds = 60,
) {
  const { sqs } = backend.clients;
  const { QueueUrl: queueUrl = '' } = await sqs.send(
    new CreateQueueCommand({
      QueueName: `queue-${++queues}`,
      Attributes: { VisibilityTimeout: String(visibilitySeconds) },
    }),
  );
  const Entries = messages.map((MessageBody, index) => ({ Id: `${index}`, MessageBody }));
  await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
  const invoked: (readonly string[])[] = [];
  const errors: unknown[] = [];
  const handler: Handler<SQSRecord> = async ({ Records }) => {
    const bodies = Records.map(({ body }) => body);
    invoked.push(bodies);
    return answer(bodies, Records);
  };
  const running = startQueueMapping({
    client: sqs,
    queueUrl,
    queueArn: 'arn:aws:sqs:us-east-1:000000000000:queue',
    functionName: 'f',
    handler,
    limits: {
      mapping: { ...mapping, maximumConcurrency: 2 },
      function: { timeoutSeconds: 5, memoryMegabytes: 128 },
    },
    failed: (error) => errors.push(error),
  });
  const left = async () => {
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['All'] }),
    );
    return (
      Number(Attributes?.ApproximateNumberOfMessages) +
      Number(Attributes?.ApproximateNumberOfMessagesNotVisible)
    );
  };
  return { running, invoked, errors, left, queueUrl };
}

// Beside one another, for they wait.
describe.concurrent('a queue', () => {
  test('is worked off in batches as large as may be, and what is done is deleted', async ({ expect }) => {
    const { running, invoked, left } = await mapped(['a', 'b', 'c'], () => undefined, {
      batchSize: 2,
      batchWindowSeconds: 0,
    });
    await expect.poll(left).toBe(0);
    await running.stop();
    expect(invoked).toEqual([['a', 'b'], ['c']]);
  });

  test('gives what came within the window together', async ({ expect }) => {
    const { running, invoked, left } = await mapped([...'abcdefghij'], () => undefined, {
      batchSize: 10_000,
      batchWindowSeconds: 1,
    });
    await expect.poll(left).toBe(0);
    await running.stop();
    expect(invoked).toEqual([[...'abcdefghij']]);
  });

  // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
  test.for<readonly [string, (bodies: readonly string[], records: readonly SQSRecord[]) => unknown, number]>([
    [
      'what the function names as failed, and that alone',
      (_, records) => ({
        batchItemFailures: records
          .filter(({ body }) => body === 'b')
          .map(({ messageId }) => ({ itemIdentifier: messageId })),
      }),
      1,
    ],
    [
      'all, if the function names what is not of the batch',
      () => ({ batchItemFailures: [{ itemIdentifier: '?' }] }),
      3,
    ],
    ['all, if the function throws', () => Promise.reject(new Error('the topic is gone')), 3],
  ])('brings again %s', async ([_, first, count], { expect }) => {
    let calls = 0;
    const { running, invoked, left, errors } = await mapped(
      ['a', 'b', 'c'],
      (bodies, records) => (calls++ === 0 ? first(bodies, records) : undefined),
      { batchSize: 10, batchWindowSeconds: 0 },
      2,
    );
    await expect.poll(left).toBe(0);
    await running.stop();
    expect(invoked[0]).toEqual(['a', 'b', 'c']);
    expect(invoked.slice(1).flat()).toEqual(count === 1 ? ['b'] : ['a', 'b', 'c']);
    expect(errors.map((error) => (error as Error).message)).toEqual(
      _.includes('throws') ? ['the topic is gone'] : [],
    );
  });

  test('that is stopped closes its window: what was gathered is given at once, with what has come since', async ({
    expect,
  }) => {
    const { running, invoked, left, queueUrl } = await mapped(['a'], () => undefined, {
      batchSize: 10_000,
      batchWindowSeconds: 300,
    });
    const { sqs } = backend.clients;
    const received = async () => {
      const { Attributes } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['All'] }),
      );
      return Attributes?.ApproximateNumberOfMessagesNotVisible;
    };
    await expect.poll(received).toBe('1');
    const send = (bodies: string) => {
      const Entries = [...bodies].map((MessageBody, index) => ({ Id: `${index}`, MessageBody }));
      return sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
    };
    await send('bcdef');
    const stopping = running.stop();
    await send('ghijk');
    await stopping;
    expect(invoked).toEqual([expect.arrayContaining([...'abcdef'])]);
    expect(await left()).toBe(11 - new Set(invoked.flat()).size);
  });
});

// One after the other, for there is one clock.
describe('a clock that stands, or is set back amid the window,', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test('keeps nobody waiting', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const mapping = { batchSize: 10_000, batchWindowSeconds: 1 };
    let invoked: (bodies: readonly string[]) => void = () => {};
    const bodies = new Promise((resolve) => {
      invoked = resolve;
    });
    const { running } = await mapped(['a'], (bodies) => invoked(bodies), mapping, 7200);
    vi.setSystemTime(Date.now() - 3600_000);
    // A poll would move the clock on.
    expect(await bodies).toEqual(['a']);
    await running.stop();
  });
});
