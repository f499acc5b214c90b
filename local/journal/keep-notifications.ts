import type { Journal } from './journal.ts';
import type { MessagingApp } from './messaging-app.ts';

/** A topic, and the queues that get every message of it. */
export interface KeptTopic {
  readonly topic: string;
  readonly queues: readonly string[];
}

/** In front of queue and message, in the keys of the journal. */
const prefix = 'sqs ';

/** A request to SNS is a form, one to SQS is JSON. */
type Form = Readonly<Record<string, string>>;
interface QueueRequest {
  readonly QueueUrl?: string;
  readonly ReceiptHandle?: string;
  readonly Entries?: readonly { readonly Id: string; readonly ReceiptHandle: string }[];
}
interface QueueAnswer {
  readonly Messages?: readonly { readonly ReceiptHandle: string; readonly Body: string }[];
  readonly Successful?: readonly { readonly Id: string }[];
}

/**
 * Keeps the messages of a topic in a journal, for each of its queues until one who received it deletes it. A publication is answered
 * when it is kept; if it cannot be kept, with status 500.
 */
export function keepNotifications(app: MessagingApp, journal: Journal, { topic, queues }: KeptTopic): void {
  /** The last receipt of each message that was received, and the message of each receipt. */
  const receipts = new Map<string, string>();
  const received = new Map<string, string>();

  function take(receipt: string | undefined): void {
    const key = received.get(receipt ?? '');
    if (key === undefined) return;
    journal.delete(key);
    received.delete(receipt ?? '');
    receipts.delete(key);
  }

  function onQueue(action: string, queue: string, request: QueueRequest, answer: QueueAnswer): void {
    for (const { ReceiptHandle, Body } of answer.Messages ?? []) {
      const key = keyOf(queue, messageIdIn(Body));
      received.delete(receipts.get(key) ?? '');
      receipts.set(key, ReceiptHandle);
      received.set(ReceiptHandle, key);
    }
    if (action === 'DeleteMessage') take(request.ReceiptHandle);
    const done = new Set(answer.Successful?.map(({ Id }) => Id));
    if (action === 'DeleteMessageBatch') {
      for (const { Id, ReceiptHandle } of request.Entries ?? []) if (done.has(Id)) take(ReceiptHandle);
    }
    if (action === 'PurgeQueue' || action === 'DeleteQueue')
      for (const key of keysOf(journal, queue)) journal.delete(key);
  }

  app.addHook('onSend', async ({ headers, body }, { statusCode }, payload) => {
    if (statusCode !== 200 || typeof payload !== 'string' || typeof body !== 'object' || body === null)
      return payload;
    const form = body as Form;
    if (form.Action === 'Publish' && form.TopicArn?.endsWith(`:${topic}`)) {
      const [, id = ''] = /<MessageId>(.*?)<\/MessageId>/.exec(payload) ?? [];
      for (const queue of queues) journal.set(keyOf(queue, id), notificationOf(form, id));
    }
    const [, action = ''] = /^AmazonSQS\.(\w+)$/.exec(String(headers['x-amz-target'])) ?? [];
    const { QueueUrl = '' } = body as QueueRequest;
    const queue = queues.find((name) => QueueUrl.endsWith(`/${name}`));
    if (action !== '' && queue !== undefined)
      onQueue(action, queue, body as QueueRequest, JSON.parse(payload));
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
  for (const key of keysOf(journal, queue)) {
    await app.inject({
      method: 'POST',
      url: '/',
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.SendMessage' },
      payload: JSON.stringify({ QueueUrl: queueUrl, MessageBody: JSON.stringify(journal.get(key)) }),
    });
  }
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

/**
 * What a queue gets of a message.
 *
 * Source: https://docs.aws.amazon.com/sns/latest/dg/sns-sqs-as-subscriber.html
 */
function notificationOf(form: Form, MessageId: string): object {
  const { TopicArn, Subject, Message } = form;
  const Timestamp = new Date().toISOString();
  return {
    Type: 'Notification',
    MessageId,
    TopicArn,
    Subject,
    Message,
    Timestamp,
    MessageAttributes: attributesIn(form),
  };
}

function attributesIn(
  form: Form,
): Readonly<Record<string, { readonly Type: string; readonly Value: string }>> {
  const attributes: Record<string, { Type: string; Value: string }> = {};
  for (const [name, value] of Object.entries(form)) {
    const [, entry] = /^(MessageAttributes\.entry\.\d+)\.Name$/.exec(name) ?? [];
    if (entry === undefined) continue;
    const Value = form[`${entry}.Value.StringValue`] ?? form[`${entry}.Value.BinaryValue`] ?? '';
    attributes[value] = { Type: form[`${entry}.Value.DataType`] ?? '', Value };
  }
  return attributes;
}
