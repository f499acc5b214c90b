import { ListSubscriptionsCommand } from '@aws-sdk/client-sns';
import { ListQueuesCommand } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { subscribe } from '../../../cli/service/subscription.ts';
import type { Clients } from '../../../local/clients.ts';
import { useBackend } from '../../use/backend.ts';

const backend = useBackend();

/** Clients of which one call fails, by its number. What removes things works, unless that fails as well. */
function failingAt(failing: number, removing = true): { readonly clients: Clients; calls(): number } {
  const { sns, sqs } = backend.clients;
  let calls = 0;
  const failingOf = <Client extends typeof sns | typeof sqs>(client: Client): Client =>
    new Proxy(client, {
      get(target, name) {
        if (name !== 'send') return Reflect.get(target, name);
        return (command: Parameters<Client['send']>[0], ...others: unknown[]) => {
          const removes = /^(Unsubscribe|DeleteQueue)/.test(command.constructor.name);
          if (!removes && calls++ === failing) throw new Error('out of order');
          if (removes && !removing) throw new Error('nothing can be removed');
          return Reflect.apply(target.send, target, [command, ...others]);
        };
      },
    });
  return { clients: { ...backend.clients, sns: failingOf(sns), sqs: failingOf(sqs) }, calls: () => calls };
}

async function left(): Promise<readonly unknown[]> {
  const { sns, sqs } = backend.clients;
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: 'aed-watch-' }));
  const { Subscriptions = [] } = await sns.send(new ListSubscriptionsCommand({}));
  return [...QueueUrls, ...Subscriptions.filter(({ Endpoint }) => Endpoint?.includes('aed-watch-'))];
}

test('whichever call fails, neither a queue nor a subscription stays', async () => {
  const whole = failingAt(Number.POSITIVE_INFINITY);
  const watching = await subscribe(whole.clients, backend.resources.topicArn);
  expect(await left()).toHaveLength(2);
  await watching.remove();
  for (let failing = 0; failing < whole.calls(); failing++) {
    const { clients } = failingAt(failing);
    await expect(subscribe(clients, backend.resources.topicArn)).rejects.toThrow('out of order');
    expect(await left()).toEqual([]);
  }
});

test('where nothing can be removed either, what failed first is told', async () => {
  const { clients } = failingAt(2, false);
  await expect(subscribe(clients, backend.resources.topicArn)).rejects.toThrow('out of order');
});
