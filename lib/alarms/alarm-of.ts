import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  type AlarmProps,
  type CfnAlarm,
  ComparisonOperator,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { AlarmRule } from './alarm-rule.ts';

/** The page whose sections the alarms name. */
const guide = 'docs/operations.md';

/** How long a new alarm waits for the first data of what is deployed with it. */
const warmUp = Duration.hours(1);

/** The alarm of a rule, without an action. */
export function alarmOf(scope: Construct, rule: AlarmRule): Alarm {
  const alarm = new Alarm(scope, rule.id, {
    metric: rule.metric,
    ...conditionOf(rule),
    alarmDescription: `${rule.description} See ${guide}#${rule.section}`,
  });
  if ('silentPeriods' in rule) awaitFirstData(alarm);
  return alarm;
}

function conditionOf(
  rule: AlarmRule,
): Pick<AlarmProps, 'threshold' | 'comparisonOperator' | 'evaluationPeriods' | 'treatMissingData'> {
  if ('silentPeriods' in rule) {
    return {
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: rule.silentPeriods,
      treatMissingData: TreatMissingData.BREACHING,
    };
  }
  return {
    threshold: rule.above,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: 1,
    // Without data nothing happens, which is not a failure.
    treatMissingData: TreatMissingData.NOT_BREACHING,
  };
}

/**
 * Keeps an alarm for missing data quiet in a first deployment. Its warm-up ends as soon as there is enough data, and
 * without data after an hour.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-warm-up.html
 */
function awaitFirstData(alarm: Alarm): void {
  const resource = alarm.node.defaultChild as CfnAlarm;
  resource.warmUpConfiguration = { warmUpPeriodDurationInMinutes: warmUp.toMinutes() };
}
