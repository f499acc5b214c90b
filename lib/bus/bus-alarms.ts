import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { type AlarmRule, invocationRules, oldestMs } from '../alarm-rule.ts';
import { deploymentLimits } from '../deployment-limits.ts';
import { period } from '../metrics.ts';
import type { EventBusParts } from './event-bus.ts';

/** The forwarder reads a queue: what the bus refuses waits there, and is set aside after many tries. */
export function busRules(parts: EventBusParts | undefined): readonly AlarmRule[] {
  if (parts === undefined) return [];
  const { forwarder, queue, notForwarded } = parts;
  return [
    ...invocationRules('Forwarder', forwarder, deploymentLimits.forwarder.function),
    {
      id: 'ForwarderBehind',
      metric: queue.metricApproximateAgeOfOldestMessage({ period, statistic: Stats.MAXIMUM }),
      above: oldestMs / 1000,
      description:
        'The event bus has not taken a change point for two hours. Read the last errors of the Forwarder.',
      section: 'events-on-a-bus-of-eventbridge',
    },
    {
      id: 'NotForwarded',
      metric: notForwarded.metricApproximateNumberOfMessagesVisible({ period, statistic: Stats.MAXIMUM }),
      above: 0,
      description:
        'The Forwarder gave up on change points. Fix the cause, then move them back into its queue.',
      section: 'events-on-a-bus-of-eventbridge',
    },
  ];
}
