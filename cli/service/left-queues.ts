import { UnsubscribeCommand } from '@aws-sdk/client-sns';
import { DeleteQueueCommand, GetQueueAttributesCommand, paginateListQueues } from '@aws-sdk/client-sqs';
import type { Clients } from '../../local/clients.ts';

/** Names of the queues of watchers begin so. */
export const queuePrefix = 'aed-watch-';

/** A queue whose watcher has not renewed it for so long is of one that died, even if two clocks differ by half an hour. */
const leftAfterMs = 3_600_000;

const idPattern = /^aed-watch\/(\d+)\/(.*)$/;

/**
 * The policy that lets the topic send to the queue. Its id says when the queue was needed last, and its subscription: so a
 * later watcher can tell that this one died, and needs no permission to read or write tags.
 */
export function queuePolicy(
  queueArn: string,
  topicArn: string,
  subscriptionArn: string | undefined,
  now: number,
): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Id: `aed-watch/${now}/${subscriptionArn ?? ''}`,
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: queueArn,
        Condition: { ArnEquals: { 'aws:SourceArn': topicArn } },
      },
    ],
  });
}

/** Removes the queues and subscriptions of watchers that died. Without the permission to list them, they stay. */
export async function removeLeftQueues({ sns, sqs }: Clients): Promise<void> {
  try {
    for await (const { QueueUrls = [] } of paginateListQueues(
      { client: sqs, pageSize: 100 },
      { QueueNamePrefix: queuePrefix },
    )) {
      for (const QueueUrl of QueueUrls) {
        const { Attributes } = await sqs.send(
          new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['Policy'] }),
        );
        const left = leftSubscription(Attributes?.Policy, Date.now());
        if (left === undefined) continue;
        if (left !== '') await sns.send(new UnsubscribeCommand({ SubscriptionArn: left }));
        await sqs.send(new DeleteQueueCommand({ QueueUrl }));
      }
    }
  } catch (error) {
    const { name } = error as Error;
    // Another watcher may remove the same queue at this moment.
    if (!/AccessDenied|AuthorizationError|NonExistentQueue|QueueDoesNotExist/.test(name)) throw error;
  }
}

/** @returns the subscription of a queue that was left, empty if it has none; `undefined` if the queue is not known to be left */
function leftSubscription(policy: string | undefined, now: number): string | undefined {
  const [, neededAt, subscriptionArn] = idPattern.exec(idIn(policy)) ?? [];
  return neededAt !== undefined && now - Number(neededAt) > leftAfterMs ? subscriptionArn : undefined;
}

/** The id of a policy; empty if it has none. Anyone may have made a queue of such a name, with any policy. */
function idIn(policy = ''): string {
  try {
    const { Id } = JSON.parse(policy) as { readonly Id?: unknown };
    return String(Id);
  } catch {
    return '';
  }
}
