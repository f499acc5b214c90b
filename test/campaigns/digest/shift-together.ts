import { PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { DeleteMessageBatchCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { SeriesChangePoint } from '../../../lambda/change-point.ts';
import type { Pipeline } from '../../../local/pipeline.ts';
import { names, subscribeQueue } from '../../../local/resources.ts';

/** What the two topics carried. */
export interface Heard {
  readonly machines: readonly SeriesChangePoint[];
  readonly people: readonly {
    readonly subject: string;
    readonly text: string;
    readonly seriesTold: number;
  }[];
}

const readings = 40;
const readingsInRecord = 2_000;

/** Lets so many series shift at the same time, the last one most, and waits until people are told of all. */
export async function shiftTogether(pipeline: Pipeline, many: number): Promise<Heard> {
  const { clients, resources } = pipeline;
  const toPeople = await subscribeQueue(clients, resources.peopleTopicArn, 'people');
  const toMachines = await subscribeQueue(clients, resources.topicArn, 'machines');
  const lines = Array.from({ length: readings }, (_, time) =>
    Array.from({ length: many }, (__, series) =>
      JSON.stringify({
        seriesId: `s${series}`,
        timestamp: Date.UTC(2020) + time * 60_000,
        value: (time < readings / 2 ? 0 : 10 + series) + (time % 3),
      }),
    ),
  ).flat();
  for (let from = 0; from < lines.length; from += readingsInRecord) {
    const Data = Buffer.from(lines.slice(from, from + readingsInRecord).join('\n'));
    await clients.kinesis.send(
      new PutRecordsCommand({ StreamName: names.stream, Records: [{ PartitionKey: 'p', Data }] }),
    );
  }
  const people: Heard['people'][number][] = [];
  while (people.reduce((sum, { seriesTold }) => sum + seriesTold, 0) < many) {
    for (const { Subject, Message } of await take(clients.sqs, toPeople.queueUrl)) {
      const seriesTold = Number(/^AED: (\d+) series shifted$/.exec(Subject)?.[1] ?? 1);
      people.push({ subject: Subject, text: Message, seriesTold });
    }
  }
  const machines = new Map<string, SeriesChangePoint>();
  for (;;) {
    const some = await take(clients.sqs, toMachines.queueUrl);
    if (some.length === 0) return { machines: [...machines.values()], people };
    for (const { MessageId, Message } of some) machines.set(MessageId, JSON.parse(Message));
  }
}

/** A message as a topic puts it into a queue. What is published twice has two ids. */
interface Published {
  readonly MessageId: string;
  readonly Subject: string;
  readonly Message: string;
}

/**
 * The next messages of a queue, up to ten, which are then deleted. On a machine that is too busy to do that in time the queue brings a message
 * again.
 */
async function take(sqs: Pipeline['clients']['sqs'], QueueUrl: string): Promise<readonly Published[]> {
  const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 });
  const { Messages = [] } = await sqs.send(command);
  const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: `${index}`, ReceiptHandle }));
  if (Entries.length > 0) await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  return Messages.map(({ Body = '' }) => JSON.parse(Body));
}
