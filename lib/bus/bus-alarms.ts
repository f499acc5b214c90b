import { type AlarmRule, invocationRules, queueRules } from '../alarms/alarm-rule.ts';
import { deploymentLimits } from '../deployment-limits.ts';
import type { EventBusParts } from './event-bus.ts';

/** The forwarder reads a queue. */
export function busRules(parts: EventBusParts | undefined): readonly AlarmRule[] {
  if (parts === undefined) return [];
  const { forwarder, queue, notForwarded } = parts;
  return [
    ...invocationRules('Forwarder', forwarder, deploymentLimits.forwarder.function),
    ...queueRules(
      {
        id: 'ForwarderBehind',
        queue,
        description:
          'A change point has waited for two hours, and the Forwarder has not tried to put it on the event bus. See whether Lambda runs it.',
      },
      {
        id: 'NotForwarded',
        queue: notForwarded,
        description:
          'The Forwarder gave up on change points, or SNS could not put them into its queue. Fix the cause, then move them there.',
      },
      'events-on-a-bus-of-eventbridge',
    ),
  ];
}
