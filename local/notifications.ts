import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { SeriesChangePoint } from '../lambda/change-point.ts';
import type { Clients } from './clients.ts';
import type { Resources } from './resources.ts';

const waitSeconds = 1;

/**
 * The change points that come out of the topic, through a queue that is subscribed to it.
 *
 * At least once, as topic and queue promise it: a repeated change point has the same `id`. What others publish to the topic is
 * passed over. Ends when the signal aborts.
 */
export async function* receiveNotifications(
  { sqs }: Clients,
  { queueUrl }: Pick<Resources, 'queueUrl'>,
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
      const found = changePointIn(Body);
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

/** @returns the change point that a message of the topic carries; undefined if it is another message */
function changePointIn(body: string): SeriesChangePoint | undefined {
  try {
    const message = JSON.parse(JSON.parse(body).Message);
    return typeof message?.id === 'string' && typeof message.seriesId === 'string' ? message : undefined;
  } catch {
    return undefined;
  }
}
