import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { SeriesChangePoint } from '../lambda/change-point.ts';
import { changePointIn } from '../lambda/notify/change-point-in.ts';
import type { Clients } from './clients.ts';
import type { CreatedResources } from './resources.ts';

const waitSeconds = 1;

/** A message of a topic that is no change point: people's digests are such. */
export interface OtherMessage {
  readonly subject?: string;
  readonly text: string;
}

/**
 * The change points that the topic publishes, read from a queue that is subscribed to it.
 *
 * Delivery is at least once; a repeated change point has the same `id`. Ends when the signal aborts.
 *
 * @param onOther - told of every other message, which is skipped
 * @param onReceived - told of each answer of the queue, also where it was empty
 * @throws what the queue answers instead
 */
export async function* receiveNotifications(
  { sqs }: Pick<Clients, 'sqs'>,
  { queueUrl }: Pick<CreatedResources, 'queueUrl'>,
  signal: AbortSignal,
  onOther: (message: OtherMessage) => void = () => {},
  onReceived: () => void = () => {},
): AsyncGenerator<SeriesChangePoint> {
  while (!signal.aborted) {
    let messages: readonly Message[] | undefined;
    try {
      const answer = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: queueUrl,
          MaxNumberOfMessages: 10,
          WaitTimeSeconds: waitSeconds,
        }),
        { abortSignal: signal },
      );
      messages = answer.Messages;
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
    onReceived();
    if (messages === undefined || messages.length === 0) continue;
    for (const { Body = '' } of messages) {
      const message = messageOfTopic(Body);
      const found = changePointIn(message.text);
      if (found === undefined) onOther(message);
      else yield found;
    }
    await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
      }),
    );
  }
}

/** The topic's message that is wrapped in one of a queue; what is not wrapped is one itself. */
function messageOfTopic(body: string): OtherMessage {
  try {
    const { Subject, Message } = JSON.parse(body) as Partial<Record<'Subject' | 'Message', unknown>>;
    if (typeof Message === 'string')
      return { text: Message, ...(typeof Subject === 'string' && { subject: Subject }) };
  } catch {
    // Said below.
  }
  return { text: body };
}
