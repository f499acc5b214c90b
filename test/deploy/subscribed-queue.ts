import { SubscribeCommand } from '@aws-sdk/client-sns';
import type { SeriesChangePoint } from '../../lambda/change-point.ts';
import type { Clients } from '../../local/clients.ts';
import { newQueue } from './new-queue.ts';

/** A message of a topic. */
export interface Notification {
  readonly Subject?: string;
  readonly Message: string;
  readonly MessageAttributes?: Readonly<Record<string, { readonly Type: string; readonly Value: string }>>;
}

/** A queue that receives what the topic carries. */
export interface SubscribedQueue {
  /** Takes every change point that waits in it. */
  drain(): Promise<readonly SeriesChangePoint[]>;
  /** Takes everything that waits in it, as the topic delivers it. */
  take(): Promise<readonly Notification[]>;
}

/**
 * @param filterPolicy - which messages the queue wants; all of them without one
 * @param scope - whether it is about their attributes or their body
 */
export async function subscribeQueue(
  { sns, sqs }: Clients,
  topicArn: string,
  name: string,
  filterPolicy?: Readonly<Record<string, readonly unknown[]>>,
  scope: 'MessageAttributes' | 'MessageBody' = 'MessageAttributes',
): Promise<SubscribedQueue> {
  const { arn, take } = await newQueue<Notification>(sqs, name);
  await sns.send(
    new SubscribeCommand({
      TopicArn: topicArn,
      Protocol: 'sqs',
      Endpoint: arn,
      ...(filterPolicy !== undefined && {
        Attributes: { FilterPolicy: JSON.stringify(filterPolicy), FilterPolicyScope: scope },
      }),
    }),
  );
  return { take, drain: async () => (await take()).map(({ Message }) => JSON.parse(Message)) };
}
