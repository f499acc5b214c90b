import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Detection } from './detection.ts';
import { Ingestion } from './ingestion.ts';
import type { Settings } from './settings.ts';

export interface ChangePointDetectionStackProps extends StackProps {
  readonly settings: Settings;
}

/** The whole service in one stack: records in at the stream, change points out at the topic. */
export class ChangePointDetectionStack extends Stack {
  constructor(scope: Construct, id: string, { settings, ...props }: ChangePointDetectionStackProps) {
    super(scope, id, props);
    const ingestion = new Ingestion(this, 'Ingestion', settings);
    const detection = new Detection(this, 'Detection', { ...settings, ingestion });

    const outputs = {
      StreamName: [ingestion.stream.streamName, 'Put records here'],
      EventsTableName: [ingestion.eventsTable.tableName, 'Every event, once'],
      ChangePointsTableName: [
        detection.changePointsTable.tableName,
        'Every change point and the state of each series',
      ],
      TopicArn: [detection.topic.topicArn, 'Subscribe here to be told of change points'],
      QuarantineBucketName: [ingestion.quarantineBucket.bucketName, 'What could not be read or processed'],
    } as const;
    for (const [name, [value, description]] of Object.entries(outputs)) {
      new CfnOutput(this, name, { value, description });
    }
  }
}
