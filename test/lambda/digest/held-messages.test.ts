import type { ChangeMessageVisibilityBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { heldMessages } from '../../../lambda/digest/held-messages.ts';
import { processingLimits } from '../../../lambda/processing-limits.ts';
import { aChangePoint } from '../a-change-point.ts';

const now = Date.parse('2026-01-01T00:00:00Z');
const { visibilityBatch } = processingLimits;

/** What is sent to the queue, for so many messages that are held until then. */
async function sent(count: number, until: number) {
  const inputs: ChangeMessageVisibilityBatchCommand['input'][] = [];
  const client = {
    send: async ({ input }: ChangeMessageVisibilityBatchCommand) => void inputs.push(input),
  } as unknown as SQSClient;
  const deliveries = Array.from({ length: count }, (_, index) => ({
    messageId: `m${index}`,
    receiptHandle: `r${index}`,
    changePoint: aChangePoint(),
  }));
  await heldMessages(client, 'the queue', { clock: () => new Date(now) })(deliveries, until);
  return inputs;
}

test('messages are held in calls of as many as one takes, each under an id of its own', async () => {
  const calls = await sent(2 * visibilityBatch + 1, now + 5000);
  expect(calls.map(({ Entries = [] }) => Entries.length)).toEqual([visibilityBatch, visibilityBatch, 1]);
  const entries = calls.flatMap(({ Entries = [] }) => Entries);
  expect(entries.map(({ ReceiptHandle }) => ReceiptHandle)).toEqual(entries.map((_, index) => `r${index}`));
  for (const { QueueUrl, Entries = [] } of calls) {
    expect(QueueUrl).toBe('the queue');
    expect(new Set(Entries.map(({ Id }) => Id)).size).toBe(Entries.length);
    for (const { VisibilityTimeout } of Entries) expect(VisibilityTimeout).toBe(5);
  }
  expect(await sent(0, now + 5000)).toEqual([]);
});

test.each([
  [1, 1],
  [1000, 1],
  [1001, 2],
  [0, 0],
  [-5000, 0],
])('until %i ms from now is for %i seconds', async (ms, seconds) => {
  const [call] = await sent(1, now + ms);
  expect(call?.Entries?.[0]?.VisibilityTimeout).toBe(seconds);
});
