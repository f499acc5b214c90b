import { Stack } from 'aws-cdk-lib';
import type { Alarm, IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { alarmOf } from './alarms/alarm-of.ts';
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

/** The alarms of the service, and a dashboard that shows it in the order in which the data flows. */
export class Monitoring extends Construct {
  readonly alarms: readonly Alarm[];
  readonly dashboardUrl: string;

  constructor(scope: Construct, id: string, props: MonitoringOptions & ServiceParts) {
    super(scope, id);
    const action = props.alarmAction ?? new SnsAction(alarmsTopic(this, props));
    this.alarms = alarmRules(props).map((rule) => {
      const alarm = alarmOf(this, rule);
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
