import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import type { ReportEntry } from '../../lambda/function-report.ts';
import { topicNotifier } from '../../lambda/notify/notifier.ts';
import { type Backend, startBackend } from '../../local/backend.ts';
import { createClients, destroyClients } from '../../local/clients.ts';
import { startPipeline } from '../../local/pipeline.ts';
import { subscribeQueue } from '../../local/resources.ts';
import { aChangePoint } from '../lambda/a-change-point.ts';
import { useFolder } from '../use/folder.ts';

const folder = useFolder();

/** Publishes change points of so many series to the topic of machines. */
async function publish({ clients, resources }: Pick<Backend, 'clients' | 'resources'>, many: number) {
  const notifier = topicNotifier(clients.sns, resources.topicArn);
  for (let series = 0; series < many; series++) {
    const found = aChangePoint({ id: `${series}`, seriesId: `s${series}` });
    await notifier.publish(found, new AbortController().signal);
  }
}

test('what the digest has gathered when all ends is told before, in one message, to who waits for it', async () => {
  const pipeline = await startPipeline({ report() {}, digestSeconds: 300 });
  const { queueUrl } = await subscribeQueue(pipeline.clients, pipeline.resources.peopleTopicArn, 'people');
  await publish(pipeline, 12);
  const clients = createClients(pipeline.endpoints);
  const receiving = clients.sqs.send(new ReceiveMessageCommand({ QueueUrl: queueUrl, WaitTimeSeconds: 20 }));
  await pipeline.close();
  const { Messages = [] } = await receiving;
  expect(Messages.map(({ Body = '' }) => JSON.parse(Body).Subject)).toEqual(['AED: 12 series shifted']);
  destroyClients(clients);
});

test('what a folder keeps for the digest is told after the next start, and once', async () => {
  // As a crash leaves it: nobody has told of it.
  const crashed = await startBackend({ folder });
  await publish(crashed, 2);
  await crashed.close();
  const reported: ReportEntry[] = [];
  const report = (entry: ReportEntry) => void reported.push(entry);
  const pipeline = await startPipeline({ folder, report, digestSeconds: 0 });
  const told = () => reported.reduce((sum, entry) => sum + Number(entry.told ?? 0), 0);
  await expect.poll(told).toBe(2);
  await pipeline.close();
  const next = await startPipeline({ folder, report, digestSeconds: 0 });
  await next.close();
  expect(told()).toBe(2);
});
