import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
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
  /** Stops after the current invocation. Messages that were gathered for another one stay in the queue. */
  stop(): Promise<void>;
}

/** SQS's limit of one ReceiveMessage and of one DeleteMessageBatch. */
const mostMessages = 10;
const pollSeconds = 1;

/**
 * Invokes a function with the messages of a standard queue, a batch at a time: as many messages as come within the window, or fit.
 *
 * What the function does not name as failed is deleted. What it names, and all of them if it throws, comes again after the queue's
 * visibility time-out. AWS runs up to `maximumConcurrency` batches at once, this one.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function startQueueMapping(options: QueueMappingOptions): QueueMapping {
  const stopping = new AbortController();
  const ended = run(options, stopping.signal);
  // Those who wait get the failure. Nobody may be waiting yet, so it must not count as unhandled.
  ended.catch(() => {});
  return {
    ended,
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}

async function run(options: QueueMappingOptions, signal: AbortSignal): Promise<void> {
  const { client, queueUrl, handler, functionName, limits, failed } = options;
  while (!signal.aborted) {
    const batch = await gather(options, signal);
    if (signal.aborted || batch.length === 0) continue;
    const records = batch.map((message) => recordOf(message, options.queueArn));
    try {
      const answer = await invoke(handler, records, functionName, limits.function.timeoutSeconds);
      await deleteAll(client, queueUrl, succeeded(records, answer as SQSBatchResponse | undefined));
    } catch (error) {
      failed(error);
    }
  }
}

/** The next batch. It is complete when it is full, or so long after its first message. Empty if none came for a while. */
async function gather(
  { client, queueUrl, limits }: QueueMappingOptions,
  signal: AbortSignal,
): Promise<readonly Message[]> {
  const { batchSize, batchWindowSeconds } = limits.mapping;
  const batch: Message[] = [];
  let bytes = 0;
  let closesAt = Number.POSITIVE_INFINITY;
  while (!signal.aborted && batch.length < batchSize && bytes < payloadBytes / 2 && Date.now() < closesAt) {
    const leftSeconds = Math.max(0, Math.floor((closesAt - Date.now()) / 1000));
    const command = new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: Math.min(mostMessages, batchSize - batch.length),
      WaitTimeSeconds: Math.min(pollSeconds, leftSeconds),
      MessageSystemAttributeNames: ['All'],
    });
    const answer = await client.send(command, { abortSignal: signal }).catch((error) => {
      if (signal.aborted) return undefined;
      throw error;
    });
    const Messages = answer?.Messages ?? [];
    if (Messages.length === 0 && batch.length === 0) break;
    if (batch.length === 0) closesAt = Date.now() + batchWindowSeconds * 1000;
    batch.push(...Messages);
    for (const { Body = '' } of Messages) bytes += Buffer.byteLength(Body);
  }
  return batch;
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
