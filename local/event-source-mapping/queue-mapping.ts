import { randomUUID } from 'node:crypto';
import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import type { FunctionLimits, QueueMappingLimits } from '../../lib/deployment-limits.ts';
import { payloadBytes } from './gather-batch.ts';
import { type Handler, invoke } from './invoke.ts';

export interface QueueMappingOptions {
  readonly client: SQSClient;
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly functionName: string;
  readonly handler: Handler<SQSRecord>;
  readonly limits: { readonly mapping: QueueMappingLimits; readonly function: FunctionLimits };
  /** Gets what the function throws. Its messages come again after the queue's visibility time-out. */
  readonly failed: (error: unknown) => void;
}

/** A function that is invoked with the messages of a queue. */
export interface QueueMapping {
  /** Rejects if the queue can no longer be read; resolves at the end. */
  readonly ended: Promise<void>;
  /** Closes the window: what was gathered, and what else is there, is given to the function at once. Resolves after that, some seconds later at most, unless the function is at work just then: it has its time-out. */
  stop(): Promise<void>;
}

/** SQS's limit of one ReceiveMessage and of one DeleteMessageBatch. */
const mostMessages = 10;
const pollSeconds = 1;
/** The time that the last invocation has. */
const lastSeconds = 5;

/**
 * Invokes a function with the messages of a standard queue, a batch at a time: as many messages as come within the window, or fit.
 *
 * What the function does not name as failed is deleted. What it names, and all of them if it throws, comes again after the queue's
 * visibility time-out. AWS runs up to `maximumConcurrency` batches at once, this one.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function startQueueMapping(options: QueueMappingOptions): QueueMapping {
  const { client, queueUrl: QueueUrl } = options;
  const last = `the last message ${randomUUID()}`;
  const ended = run(options, last);
  // Those who wait get the failure. Nobody may be waiting yet, so it must not count as unhandled.
  ended.catch(() => {});
  return {
    ended,
    async stop() {
      // To break off a call that receives would lose what it has received. If the queue takes no message, it gives none either.
      await client.send(new SendMessageCommand({ QueueUrl, MessageBody: last })).catch(() => {});
      await ended;
    },
  };
}

async function run(options: QueueMappingOptions, last: string): Promise<void> {
  for (let isLast = false; !isLast; ) {
    const gathered = await gather(options, last);
    isLast = gathered.isLast;
    const { timeoutSeconds } = options.limits.function;
    await workOff(gathered.batch, options, isLast ? lastSeconds : timeoutSeconds);
  }
}

async function workOff(
  batch: readonly Message[],
  { client, queueUrl, queueArn, handler, functionName, failed }: QueueMappingOptions,
  mostSeconds: number,
): Promise<void> {
  if (batch.length === 0) return;
  const records = batch.map((message) => recordOf(message, queueArn));
  try {
    const answer = await invoke(handler, records, functionName, mostSeconds);
    await deleteAll(client, queueUrl, succeeded(records, answer as SQSBatchResponse | undefined));
  } catch (error) {
    failed(error);
  }
}

/** The next batch. It is complete when it is full, or so long after its first message; the last one, with all that is there. Empty if none came for a while. */
async function gather(
  { client, queueUrl, queueArn, limits }: QueueMappingOptions,
  last: string,
): Promise<{ readonly batch: readonly Message[]; readonly isLast: boolean }> {
  const { batchSize, batchWindowSeconds } = limits.mapping;
  const batch: Message[] = [];
  let bytes = 0;
  // Of a clock that nobody sets: one that was set back would keep the window open for so long.
  let closesAt = Number.POSITIVE_INFINITY;
  let isLast = false;
  while (batch.length < batchSize && bytes < payloadBytes / 2 && (isLast || performance.now() < closesAt)) {
    const leftSeconds = Math.max(0, Math.floor((closesAt - performance.now()) / 1000));
    const command = new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: Math.min(mostMessages, batchSize - batch.length),
      WaitTimeSeconds: isLast ? 0 : Math.min(pollSeconds, leftSeconds),
      MessageSystemAttributeNames: ['All'],
    });
    const messages: readonly Message[] = (await client.send(command)).Messages ?? [];
    if (messages.length === 0 && (isLast || batch.length === 0)) break;
    if (batch.length === 0) closesAt = performance.now() + batchWindowSeconds * 1000;
    const ends = messages.filter(({ Body }) => Body === last);
    isLast ||= ends.length > 0;
    await deleteAll(
      client,
      queueUrl,
      ends.map((message) => recordOf(message, queueArn)),
    );
    const others = messages.filter(({ Body }) => Body !== last);
    batch.push(...others);
    for (const { Body = '' } of others) bytes += Buffer.byteLength(Body);
  }
  return { batch, isLast };
}

/** A message as Lambda gives it to a function. */
function recordOf(message: Message, eventSourceARN: string): SQSRecord {
  const { MessageId = '', ReceiptHandle = '', Body = '', Attributes = {} } = message;
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    attributes: {
      ApproximateReceiveCount: Attributes.ApproximateReceiveCount ?? '',
      ApproximateFirstReceiveTimestamp: Attributes.ApproximateFirstReceiveTimestamp ?? '',
      SentTimestamp: Attributes.SentTimestamp ?? '',
      SenderId: Attributes.SenderId ?? '',
    },
    messageAttributes: {},
    md5OfBody: message.MD5OfBody ?? '',
    eventSource: 'aws:sqs',
    eventSourceARN,
    awsRegion: eventSourceARN.split(':')[3] ?? '',
  };
}

/** All records but those that the answer names; none if it names one that is not of the batch. */
function succeeded(
  records: readonly SQSRecord[],
  answer: SQSBatchResponse | undefined,
): readonly SQSRecord[] {
  const names = new Set((answer?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier));
  const left = records.filter(({ messageId }) => !names.has(messageId));
  return left.length + names.size === records.length ? left : [];
}

async function deleteAll(client: SQSClient, QueueUrl: string, records: readonly SQSRecord[]): Promise<void> {
  for (let from = 0; from < records.length; from += mostMessages) {
    const Entries = records
      .slice(from, from + mostMessages)
      .map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle }));
    await client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  }
}
