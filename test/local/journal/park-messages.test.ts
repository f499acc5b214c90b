import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { MessagingApp } from '../../../local/journal/messaging-app.ts';
import { parkMessages } from '../../../local/journal/park-messages.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** An application that notes what it is asked for. */
function notingApp() {
  const calls: string[] = [];
  let close = async () => {};
  const app: MessagingApp = {
    addHook(_: string, hook: unknown) {
      close = hook as () => Promise<void>;
    },
    async inject({ headers = {}, payload = '' }) {
      calls.push(`${headers['x-amz-target']?.slice('AmazonSQS.'.length)} ${payload}`);
      return { statusCode: 200, headers: {}, rawPayload: Buffer.of() };
    },
  };
  return { app, calls, close: () => close() };
}

test('a parked message is sent again when its time comes, unless it was deleted', async () => {
  const { app, calls, close } = notingApp();
  const texts = new Map([1, 2, 3].map((number) => [`key ${number}`, { MessageBody: `text ${number}` }]));
  const { park } = parkMessages(app, (key) => texts.get(key));
  await park('key 1', 'queue', 'receipt 1', 59);
  await park('key 1', 'queue', 'receipt 2', 60);
  await park('key 2', 'queue', 'receipt 3', 3600);
  await park('key 3', 'queue', 'receipt 4', 3600);
  const taken = [2, 3, 4].map((number) => `{"QueueUrl":"queue","ReceiptHandle":"receipt ${number}"}`);
  expect(calls.splice(0)).toEqual(taken.map((request) => `DeleteMessage ${request}`));
  await vi.advanceTimersByTimeAsync(59_000);
  expect(calls).toEqual([]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(calls.splice(0)).toEqual(['SendMessage {"QueueUrl":"queue","MessageBody":"text 1"}']);
  texts.delete('key 3');
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(calls).toEqual(['SendMessage {"QueueUrl":"queue","MessageBody":"text 2"}']);
  await close();
  expect(vi.getTimerCount()).toBe(0);
});

test('a receipt is deleted only to park its message while that is under way', async () => {
  const { app } = notingApp();
  const { park, isParking } = parkMessages(app, () => undefined);
  const parked = park('key', 'queue', 'receipt', 60);
  expect([isParking('receipt'), isParking('another')]).toEqual([true, false]);
  await parked;
  expect(isParking('receipt')).toBe(false);
});
