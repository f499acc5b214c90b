import { createHash } from 'node:crypto';
import { callQueue } from './call-queue.ts';
import type { Journal } from './journal.ts';
import type { MessagingApp } from './messaging-app.ts';
import { parkMessages } from './park-messages.ts';

/** A topic, and the queues that get every message of it. */
export interface KeptTopic {
  readonly topic: string;
  readonly queues: readonly KeptQueue[];
}

export interface KeptQueue {
  readonly name: string;
  /** Whether it gets the text of a message alone. Then messages of one text count as one. */
  readonly isRaw: boolean;
}

/** In front of queue and message, in the keys of the journal. */
const prefix = 'sqs ';

/** A request to SNS is a form, one to SQS is JSON. */
type Form = Readonly<Record<string, string>>;
interface QueueRequest extends Partial<Received> {
  readonly QueueUrl?: string;
  readonly Entries?: readonly (Received & { readonly Id: string })[];
}
/** One received message, and for how many seconds it is to be hidden, if that is asked for. */
interface Received {
  readonly ReceiptHandle: string;
  readonly VisibilityTimeout?: number;
}
interface QueueAnswer {
  readonly Messages?: readonly { readonly ReceiptHandle: string; readonly Body: string }[];
  readonly Successful?: readonly { readonly Id: string }[];
}

/**
 * Keeps the messages of a topic in a journal, for each of its queues until one who received it deletes it. A publication is answered
 * when it is kept; if it cannot be kept, with status 500. Those that are hidden for long are in the journal alone.
 */
export function keepNotifications(app: MessagingApp, journal: Journal, { topic, queues }: KeptTopic): void {
  /** The last receipt of each message that was received, and the message of each receipt. */
  const receipts = new Map<string, string>();
  const received = new Map<string, string>();
  const parking = parkMessages(app, (key) => journal.get(key) as object | undefined);

  function take(receipt = ''): void {
    const key = received.get(receipt);
    if (key === undefined || parking.isParking(receipt)) return;
    journal.delete(key);
    received.delete(receipt);
    receipts.delete(key);
  }

  async function hide(queueUrl: string, { ReceiptHandle = '', VisibilityTimeout = 0 }: Partial<Received>) {
    const key = received.get(ReceiptHandle);
    if (key !== undefined) await parking.park(key, queueUrl, ReceiptHandle, VisibilityTimeout);
  }

  async function onQueue(action: string, queue: KeptQueue, request: QueueRequest, answer: QueueAnswer) {
    for (const { ReceiptHandle, Body } of answer.Messages ?? []) {
      const key = keyOf(queue.name, queue.isRaw ? idOf(Body) : messageIdIn(Body));
      received.delete(receipts.get(key) ?? '');
      receipts.set(key, ReceiptHandle);
      received.set(ReceiptHandle, key);
    }
    if (action === 'DeleteMessage') take(request.ReceiptHandle);
    const successful = new Set(answer.Successful?.map(({ Id }) => Id));
    const done = request.Entries?.filter(({ Id }) => successful.has(Id)) ?? [];
    if (action === 'DeleteMessageBatch') for (const { ReceiptHandle } of done) take(ReceiptHandle);
    if (action === 'ChangeMessageVisibility') await hide(request.QueueUrl ?? '', request);
    if (action === 'ChangeMessageVisibilityBatch')
      for (const one of done) await hide(request.QueueUrl ?? '', one);
    if (action === 'PurgeQueue' || action === 'DeleteQueue')
      for (const key of keysOf(journal, queue.name)) journal.delete(key);
  }

  app.addHook('onSend', async ({ headers, body }, { statusCode }, payload) => {
    if (statusCode !== 200 || typeof payload !== 'string' || typeof body !== 'object' || body === null)
      return payload;
    const form = body as Form;
    if (form.Action === 'Publish' && form.TopicArn?.endsWith(`:${topic}`)) {
      const [, id = ''] = /<MessageId>(.*?)<\/MessageId>/.exec(payload) ?? [];
      for (const { name, isRaw } of queues) {
        if (isRaw) journal.set(keyOf(name, idOf(form.Message ?? '')), rawMessage(form));
        else journal.set(keyOf(name, id), notification(form, id));
      }
    }
    const [, action = ''] = /^AmazonSQS\.(\w+)$/.exec(String(headers['x-amz-target'])) ?? [];
    const { QueueUrl = '' } = body as QueueRequest;
    const queue = queues.find(({ name }) => QueueUrl.endsWith(`/${name}`));
    if (action !== '' && queue !== undefined)
      await onQueue(action, queue, body as QueueRequest, JSON.parse(payload));
    return payload;
  });
}

/** Sends what nobody has taken from a queue into it, in the order of its publication. */
export async function sendUntaken(
  app: MessagingApp,
  journal: Journal,
  queue: string,
  queueUrl: string,
): Promise<void> {
  for (const key of keysOf(journal, queue))
    await callQueue(app, 'SendMessage', { QueueUrl: queueUrl, ...(journal.get(key) as object) });
}

function keysOf(journal: Journal, queue: string): readonly string[] {
  return journal.keys().filter((key) => key.startsWith(keyOf(queue, '')));
}

function keyOf(queue: string, messageId: string): string {
  return `${prefix}${queue} ${messageId}`;
}

/** The id that the topic gave to a message; empty if it came otherwise. */
function messageIdIn(body: string): string {
  try {
    const { MessageId } = JSON.parse(body);
    return typeof MessageId === 'string' ? MessageId : '';
  } catch {
    return '';
  }
}

/** The id of a message that has only its text. */
function idOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/**
 * What a queue gets of a message, as SQS is sent it.
 *
 * Source: https://docs.aws.amazon.com/sns/latest/dg/sns-sqs-as-subscriber.html
 */
function notification(form: Form, MessageId: string): object {
  const { TopicArn, Subject, Message } = form;
  const Timestamp = new Date().toISOString();
  const MessageAttributes = attributesIn(form, (Type, text, binary) => ({ Type, Value: text ?? binary }));
  const envelope = {
    Type: 'Notification',
    MessageId,
    TopicArn,
    Subject,
    Message,
    Timestamp,
    MessageAttributes,
  };
  return { MessageBody: JSON.stringify(envelope) };
}

/** Source: https://docs.aws.amazon.com/sns/latest/dg/sns-large-payload-raw-message-delivery.html */
function rawMessage(form: Form): object {
  const MessageAttributes = attributesIn(form, (DataType, StringValue, BinaryValue) => ({
    DataType,
    ...(StringValue === undefined ? { BinaryValue } : { StringValue }),
  }));
  return { MessageBody: form.Message, MessageAttributes };
}

/** The attributes of a message by their names. */
function attributesIn(
  form: Form,
  written: (type: string | undefined, text: string | undefined, binary: string | undefined) => object,
): Readonly<Record<string, object>> {
  const attributes: Record<string, object> = {};
  for (const [field, name] of Object.entries(form)) {
    const [, entry] = /^(MessageAttributes\.entry\.\d+)\.Name$/.exec(field) ?? [];
    if (entry === undefined) continue;
    const valueIn = (part: string) => form[`${entry}.Value.${part}`];
    attributes[name] = written(valueIn('DataType'), valueIn('StringValue'), valueIn('BinaryValue'));
  }
  return attributes;
}
