import { ListSubscriptionsCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, DeleteQueueCommand, ListQueuesCommand } from '@aws-sdk/client-sqs';
import { afterEach, expect, test, vi } from 'vitest';
import { subscribe } from '../../../cli/service/subscription.ts';
import { useBackend } from '../../use/backend.ts';

const backend = useBackend();
const minute = 60_000;
afterEach(() => {
  vi.useRealTimers();
});

async function queues(): Promise<readonly string[]> {
  const { QueueUrls = [] } = await backend.clients.sqs.send(
    new ListQueuesCommand({ QueueNamePrefix: 'aed-watch-' }),
  );
  return QueueUrls;
}

async function watchers(): Promise<number> {
  const { Subscriptions = [] } = await backend.clients.sns.send(new ListSubscriptionsCommand({}));
  return Subscriptions.filter(({ Endpoint }) => Endpoint?.includes('aed-watch-')).length;
}

const watchTopic = () => subscribe(backend.clients, backend.resources.topicArn);

test('a watcher that died leaves no queue and no subscription once another starts; one that lives keeps both', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] });
  const died = await watchTopic();
  vi.clearAllTimers();
  const alive = await watchTopic();
  await vi.advanceTimersByTimeAsync(50 * minute);
  const early = await watchTopic();
  expect(await queues()).toHaveLength(3);

  // The last renewal of the living one must have reached its queue.
  await vi.advanceTimersByTimeAsync(20 * minute);
  await expect
    .poll(async () => {
      const late = await watchTopic();
      const left = await queues();
      await late.remove();
      return [left.includes(died.queueUrl), left.includes(alive.queueUrl), left.includes(early.queueUrl)];
    })
    .toEqual([false, true, true]);
  expect(await watchers()).toBe(2);
  await Promise.all([alive.remove(), early.remove()]);
  expect([await queues(), await watchers()]).toEqual([[], 0]);
});

test('a queue of another kind that is named alike stays', async () => {
  const { sqs } = backend.clients;
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'aed-watch-tower' }));
  const watching = await watchTopic();
  await watching.remove();
  expect(await queues()).toEqual([QueueUrl]);
  await sqs.send(new DeleteQueueCommand({ QueueUrl }));
});

test('whatever policy such a queue has, a watcher starts, and the queue stays', async () => {
  const { sqs } = backend.clients;
  const policies = [
    'no JSON',
    'null',
    '[]',
    '5',
    '{"Id":5}',
    '{"Id":{}}',
    '{"Id":null}',
    '{"Id":"aed-watch/x/"}',
  ];
  const made = await Promise.all(
    policies.map(async (Policy, index) => {
      const QueueName = `aed-watch-tower-${index}`;
      const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes: { Policy } }));
      return QueueUrl ?? '';
    }),
  );
  const watching = await watchTopic();
  await watching.remove();
  expect([...(await queues())].sort()).toEqual(made);
  for (const QueueUrl of made) await sqs.send(new DeleteQueueCommand({ QueueUrl }));
});
