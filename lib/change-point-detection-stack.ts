import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ChangePointDetection } from './change-point-detection.ts';
import { customerManagedKey } from './customer-managed-key.ts';
import type { Settings } from './settings.ts';
import { kept } from './storage.ts';

export interface ChangePointDetectionStackProps extends StackProps {
  readonly settings: Settings;
}

/** The whole service in one stack, configured by its settings. */
export class ChangePointDetectionStack extends Stack {
  constructor(scope: Construct, id: string, { settings, ...props }: ChangePointDetectionStackProps) {
    super(scope, id, props);
    const removalPolicy = settings.removal === 'destroy' ? RemovalPolicy.DESTROY : kept;
    // The id 'Default' adds nothing to the logical ids, so that resources that are already deployed keep theirs.
    const { ingestion, detection, monitoring } = new ChangePointDetection(this, 'Default', {
      ...settings,
      removalPolicy,
      encryptionKey: settings.customerManagedKey ? customerManagedKey(this, 'Key', removalPolicy) : undefined,
    });

    const outputs = {
      StreamName: [ingestion.stream.streamName, 'Put records here'],
      EventsTableName: [ingestion.eventsTable.tableName, 'Every event, once'],
      ChangePointsTableName: [
        detection.changePointsTable.tableName,
        'Every change point and the state of each series',
      ],
      RulesTableName: [detection.rulesTable.tableName, 'Options of many series, and who is not told'],
      TopicArn: [detection.topic.topicArn, 'Subscribe machines here: each change point, as JSON'],
      PeopleTopicArn: [detection.people.topic.topicArn, 'Subscribe people here: what came together, as text'],
      QuarantineBucketName: [ingestion.quarantineBucket.bucketName, 'What could not be read or processed'],
      DashboardUrl: [monitoring.dashboardUrl, 'How it is doing'],
    } as const;
    for (const [name, [value, description]] of Object.entries(outputs)) {
      new CfnOutput(this, name, { value, description });
    }
  }
}
