import { type Message, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { digestHandler } from '../../lambda/digest/digest.ts';
import { topicNotifier } from '../../lambda/notify/notifier.ts';
import { severalAtOnce } from '../../lambda/several-at-once.ts';
import { subscribeQueue } from '../../local/resources.ts';
import { aChangePoint } from '../lambda/a-change-point.ts';
import { useBackend } from '../use/backend.ts';

const backend = useBackend();

/** Everything that waits in a queue now. */
async function take(QueueUrl: string): Promise<readonly Message[]> {
  const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 });
  const all: Message[] = [];
  for (;;) {
    const { Messages = [] } = await backend.clients.sqs.send(command);
    if (Messages.length === 0) return all;
    all.push(...Messages);
  }
}

test('series that shift together are as many messages to machines, and one to people for each batch of the queue', async () => {
  const many = 60;
  const { clients, resources, environment } = backend;
  const people = await subscribeQueue(clients, resources.peopleTopicArn, 'people');
  const changes = Array.from({ length: many }, (_, index) =>
    aChangePoint({ id: `${index}`, seriesId: `s${index}`, magnitude: index + 1 }),
  );
  const notifier = topicNotifier(clients.sns, resources.topicArn);
  await severalAtOnce(changes, 8, (one) => notifier.publish(one, new AbortController().signal));

  const machines = (await take(resources.queueUrl)).map(({ Body = '' }) =>
    JSON.parse(JSON.parse(Body).Message),
  );
  expect(machines.map(({ id }) => Number(id)).sort((a, b) => a - b)).toEqual([...changes.keys()]);

  // As many batches as AWS works off at once, at most.
  const Records = (await take(resources.digestQueueUrl)).map(
    ({ MessageId = '', ReceiptHandle = '', Body = '' }) => ({
      messageId: MessageId,
      receiptHandle: ReceiptHandle,
      body: Body,
    }),
  );
  const digest = digestHandler(environment, () => {});
  const answers = await Promise.all([
    digest({ Records: Records.slice(0, 20) }),
    digest({ Records: Records.slice(20) }),
  ]);
  expect(answers).toEqual([{ batchItemFailures: [] }, { batchItemFailures: [] }]);
  const told = (await take(people.queueUrl)).map(({ Body = '' }) => JSON.parse(Body).Subject);
  expect(told.sort()).toEqual(['AED: 20 series shifted', 'AED: 40 series shifted']);
});
