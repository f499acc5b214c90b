import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { SeriesChangePoint } from '../lambda/change-point.ts';
import { changePointIn } from '../lambda/notify/change-point-in.ts';
import type { Clients } from './clients.ts';
import type { CreatedResources } from './resources.ts';

const waitSeconds = 1;

/**
 * The change points that the topic publishes, read from a queue that is subscribed to it.
 *
 * Delivery is at least once; a repeated change point has the same `id`. Other messages are skipped. Ends when the signal
 * aborts.
 */
export async function* receiveNotifications(
  { sqs }: Pick<Clients, 'sqs'>,
  { queueUrl }: Pick<CreatedResources, 'queueUrl'>,
  signal: AbortSignal,
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
    if (messages === undefined || messages.length === 0) continue;
    for (const { Body = '' } of messages) {
      const found = changePointOfTopic(Body);
      if (found !== undefined) yield found;
    }
    await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
      }),
    );
  }
}

/** @returns the change point in a message of a queue, in which the topic's message is wrapped; `undefined` if it has none */
function changePointOfTopic(body: string): SeriesChangePoint | undefined {
  try {
    return changePointIn(String(JSON.parse(body).Message));
  } catch {
    return undefined;
  }
}
