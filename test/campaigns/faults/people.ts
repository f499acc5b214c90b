import { DeleteMessageBatchCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse } from 'aws-lambda';
import { tellingId } from '../../../lambda/change-point.ts';
import type { QueueRecord } from '../../../lambda/digest/delivery.ts';
import { digestQueueSeconds } from '../../../lib/deployment-limits.ts';
import type { Backend } from '../../../local/backend.ts';
import { type QueuedMessage, simulatedQueue } from '../digest/queue.ts';
import { type Call, toldName } from './call.ts';
import type { Instances } from './instances.ts';
import type { PassingTime } from './passing-time.ts';

/** One message to people. */
export interface PeopleMessage {
  /** In simulated time, as epoch milliseconds. */
  readonly at: number;
  /** What it told of, as `toldName` has it. */
  readonly told: readonly string[];
  /** Whether nothing failed from its publication until its change points were out of the queue. */
  readonly isWhole: boolean;
}

/** What came for people, and what they were told. */
export interface People {
  /** By name, copies included. */
  readonly came: readonly string[];
  readonly tellings: readonly PeopleMessage[];
}

interface PeopleParts {
  readonly backend: Backend;
  readonly digests: Instances<{ readonly Records: readonly QueueRecord[] }, SQSBatchResponse>;
  readonly time: PassingTime;
  readonly log: readonly Call[];
  /** Whether a series is of this run. */
  readonly isOwn: (seriesId: string) => boolean;
}

/** More than the queue brings in any run. */
const mostRounds = 1_000;
const mostMessages = 10;

/** The way to people behind the topic: its queue, in simulated time, and the digest. */
export function peopleBehind({ backend, digests, time, log, isOwn }: PeopleParts) {
  const { clients, resources } = backend;
  const QueueUrl = resources.digestQueueUrl;
  const came: string[] = [];
  const tellings: PeopleMessage[] = [];
  const queue = simulatedQueue([], digestQueueSeconds(0) * 1000, time.clock);

  /** Takes over what the topic has put into the queue. */
  async function collect(): Promise<void> {
    for (;;) {
      const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: mostMessages });
      const { Messages = [] } = await clients.sqs.send(command);
      if (Messages.length === 0) return;
      const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
      await clients.sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
      for (const { MessageId = '', Body = '' } of Messages) {
        const changePoint = JSON.parse(Body);
        // A call of a run before may have taken effect after its end.
        if (!isOwn(changePoint.seriesId)) continue;
        came.push(toldName(changePoint.seriesId, tellingId(changePoint)));
        queue.add({ messageId: MessageId, body: Body, visibleAt: time.clock().getTime() });
      }
    }
  }

  async function invoke(batch: readonly QueuedMessage[]): Promise<void> {
    const at = time.clock().getTime();
    const Records = batch.map(({ messageId, body }) => ({ messageId, receiptHandle: messageId, body }));
    const event = { Records };
    const answer = await digests.invoke(event).catch(() => undefined);
    const made = digests.invocations.find((one) => one.event === event);
    const calls = log.filter(
      (call) => call.instance === made?.instance && call.invocation === made.invocation,
    );
    for (const [place, { target, effective: lines }] of calls.entries()) {
      if (target !== 'tell' || lines.length === 0) continue;
      const claimed = calls
        .slice(0, place)
        .flatMap((call) => (call.target === 'remember' ? call.effective : []));
      const isWhole = answer !== undefined && calls.slice(place).every(({ fault }) => fault === undefined);
      tellings.push({ at, told: [...new Set(claimed)].filter((one) => isNamed(one, lines)), isWhole });
    }
    if (answer === undefined) return;
    const left = new Set(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    queue.remove(batch.map(({ messageId }) => messageId).filter((id) => !left.has(id)));
  }

  /** Gives the digest what is there, as two batches at once. */
  async function tell(): Promise<void> {
    await collect();
    const batch = queue.receive(2 * mostMessages);
    const halves = [batch.filter((_, place) => place % 2 === 0), batch.filter((_, place) => place % 2 === 1)];
    await Promise.all(halves.filter(({ length }) => length > 0).map(invoke));
  }

  return {
    tell,
    /** Lets time pass until all has been told, or is a copy of what was. */
    async tellAll(): Promise<People> {
      await collect();
      for (let round = 0; round < mostRounds; round++) {
        const next = queue.nextAt();
        if (next === undefined) return { came, tellings };
        time.pass(Math.max(0, next - time.clock().getTime()));
        await tell();
      }
      throw new Error(`what came for people must be told within ${mostRounds} rounds, and was not`);
    },
  };
}

/** Whether a message has a line on the series of a change point. */
function isNamed(name: string, lines: readonly string[]): boolean {
  const [seriesId] = name.split('\n');
  return lines.some((line) => line.startsWith(`${seriesId}:`) || line.startsWith(`${seriesId} `));
}
