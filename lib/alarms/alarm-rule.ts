import { Duration } from 'aws-cdk-lib';
import { type IMetric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { FunctionLimits } from '../deployment-limits.ts';
import { every, period } from '../metrics.ts';

/** One alarm: when it goes off, and its text for the operator. */
export type AlarmRule = AboveRule | SilenceRule;

interface Watched {
  readonly id: string;
  readonly metric: IMetric;
  /** What it means, and what to do first. */
  readonly description: string;
  /** The anchor of the section in docs/operations.md that says more. */
  readonly section: string;
}

/** For a metric that has no data while nothing happens. */
interface AboveRule extends Watched {
  /** The alarm goes off above this value. */
  readonly above: number;
}

/** For a metric that has data for as long as something runs: without data it has stopped. */
interface SilenceRule extends Watched {
  /** The alarm goes off after so many periods that count less than one. */
  readonly silentPeriods: number;
}

/** A twelfth of the default retention of a stream. */
export const oldestMs = Duration.hours(2).toMilliseconds();
/** The alarm goes off when an invocation takes this share of its time-out. */
const shareOfTimeout = 0.8;

/** The alarms that every function has, whatever invokes it. */
export function invocationRules(
  name: string,
  of: IFunction,
  { timeoutSeconds }: FunctionLimits,
): readonly AlarmRule[] {
  return [
    {
      id: `${name}Failed`,
      metric: of.metricErrors(every),
      above: 0,
      description: `The ${name} failed as a whole. Read the last errors in its log.`,
      section: 'a-function-fails',
    },
    throttledRule(name, of),
    {
      id: `${name}Slow`,
      metric: of.metricDuration({ period, statistic: Stats.MAXIMUM }),
      above: timeoutSeconds * 1000 * shareOfTimeout,
      description: `The ${name} has come near its time-out. Give it more memory or smaller batches.`,
      section: 'a-function-is-slow',
    },
  ];
}

export function throttledRule(name: string, of: IFunction): AlarmRule {
  return {
    id: `${name}Throttled`,
    metric: of.metricThrottles(every),
    above: 0,
    description: `Lambda does not start the ${name}. Raise the concurrency of the account.`,
    section: 'a-function-is-throttled',
  };
}

/** The id and the text of an alarm on a queue. */
interface QueueAlarm extends Pick<Watched, 'id' | 'description'> {
  readonly queue: IQueue;
}

/**
 * The alarms of a function that reads a queue: one for the age of its messages, one for its dead-letter queue.
 *
 * The metric of the age leaves out a message that was received three times or more. So this alarm is for messages that are not received at all; failing
 * ones show in the errors of the function, and in the dead-letter queue.
 * Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
export function queueRules(
  behind: QueueAlarm,
  deadLetters: QueueAlarm,
  section: string,
): readonly AlarmRule[] {
  const most = { period, statistic: Stats.MAXIMUM };
  return [
    {
      id: behind.id,
      metric: behind.queue.metricApproximateAgeOfOldestMessage(most),
      above: oldestMs / 1000,
      description: behind.description,
      section,
    },
    {
      id: deadLetters.id,
      metric: deadLetters.queue.metricApproximateNumberOfMessagesVisible(most),
      above: 0,
      description: deadLetters.description,
      section,
    },
  ];
}
