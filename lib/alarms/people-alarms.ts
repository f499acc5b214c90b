import { deploymentLimits } from '../deployment-limits.ts';
import { every } from '../metrics.ts';
import type { People } from '../people.ts';
import { type AlarmRule, invocationRules, queueRules } from './alarm-rule.ts';

/** The digest reads a queue, and people are subscribed to its topic. */
export function peopleRules({ digest, queue, notTold, topic }: People): readonly AlarmRule[] {
  return [
    ...invocationRules('Digest', digest, deploymentLimits.digest.function),
    ...queueRules(
      {
        id: 'DigestBehind',
        queue,
        description:
          'A change point has waited for two hours, and the Digest has not tried to tell people. See whether Lambda runs it.',
      },
      {
        id: 'NotTold',
        queue: notTold,
        description:
          'The Digest gave up on change points, or SNS could not put them into its queue. Fix the cause, then move them there.',
      },
      'people-who-are-not-told',
    ),
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
