import { Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IAlarmAction, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { alarmRules } from './alarms.ts';
import { consoleHost } from './console-host.ts';
import { serviceDashboard } from './dashboard.ts';
import type { ServiceParts } from './metrics.ts';
import type { StorageProps } from './storage.ts';

/** The settings of the monitoring. */
export interface MonitoringOptions extends Pick<StorageProps, 'encryptionKey'> {
  /**
   * The actions of each alarm.
   *
   * @default a topic for alarms, to which `email` is subscribed
   */
  readonly alarmAction?: IAlarmAction;
  /**
   * Who is mailed each alarm, once they confirmed.
   *
   * @default nobody
   */
  readonly email?: string | undefined;
}

/** The page whose sections the alarms name. */
const guide = 'docs/operations.md';

/** The alarms of the service, and a dashboard that shows it in the order in which the data flows. */
export class Monitoring extends Construct {
  readonly alarms: readonly Alarm[];
  readonly dashboardUrl: string;

  constructor(scope: Construct, id: string, props: MonitoringOptions & ServiceParts) {
    super(scope, id);
    const action = props.alarmAction ?? new SnsAction(alarmsTopic(this, props));
    this.alarms = alarmRules(props).map(({ id, metric, above, description, section }) => {
      const alarm = new Alarm(this, id, {
        metric,
        threshold: above,
        comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
        evaluationPeriods: 1,
        // These metrics have no data while nothing happens, which is not a failure.
        treatMissingData: TreatMissingData.NOT_BREACHING,
        alarmDescription: `${description} See ${guide}#${section}`,
      });
      alarm.addAlarmAction(action);
      return alarm;
    });
    const { dashboardName } = serviceDashboard(this, props, this.alarms);
    const { region } = Stack.of(this);
    this.dashboardUrl = `https://${consoleHost(this)}/cloudwatch/home?region=${region}#dashboards/dashboard/${dashboardName}`;
  }
}

/**
 * A topic to which the alarms of this account may publish.
 *
 * The policy that enforces TLS replaces SNS's default policy, which would have let alarms publish. Without this permission
 * alarms would change their state and notify nobody.
 */
function alarmsTopic(scope: Construct, { email, encryptionKey }: MonitoringOptions): Topic {
  const topic = new Topic(scope, 'Alarms', {
    displayName: 'Alarms of the change-point detection',
    enforceSSL: true,
    ...(encryptionKey !== undefined && { masterKey: encryptionKey }),
  });
  topic.addToResourcePolicy(
    new PolicyStatement({
      sid: 'AllowAlarmsOfThisAccount',
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  );
  if (email !== undefined) topic.addSubscription(new EmailSubscription(email));
  return topic;
}
