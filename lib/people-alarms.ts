import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { type AlarmRule, invocationRules, oldestMs } from './alarm-rule.ts';
import { deploymentLimits } from './deployment-limits.ts';
import { every, period } from './metrics.ts';
import type { People } from './people.ts';

/** The digest reads a queue: what it cannot tell waits there, and is set aside after many tries. */
export function peopleRules({ digest, queue, notTold, topic }: People): readonly AlarmRule[] {
  return [
    ...invocationRules('Digest', digest, deploymentLimits.digest.function),
    {
      id: 'DigestBehind',
      metric: queue.metricApproximateAgeOfOldestMessage({ period, statistic: Stats.MAXIMUM }),
      above: oldestMs / 1000,
      description:
        'People have not been told of a change point for two hours. Read the last errors of the Digest.',
      section: 'people-who-are-not-told',
    },
    {
      id: 'NotTold',
      metric: notTold.metricApproximateNumberOfMessagesVisible({ period, statistic: Stats.MAXIMUM }),
      above: 0,
      description: 'The Digest gave up on change points. Fix the cause, then move them back into its queue.',
      section: 'people-who-are-not-told',
    },
    {
      id: 'PeopleNotificationsFailed',
      metric: topic.metricNumberOfNotificationsFailed(every),
      above: 0,
      description:
        'Somebody who is subscribed to the topic of people could not be reached. Look at the address.',
      section: 'notifications-that-fail',
    },
  ];
}
