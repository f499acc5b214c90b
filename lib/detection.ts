import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Ingestion } from './ingestion.ts';
import { limits } from './limits.ts';
import { mapStream } from './mapping.ts';
import { pipelineFunction } from './pipeline-function.ts';
import type { Settings } from './settings.ts';
import { changePointsTableSchema } from './table-schemas.ts';

/** What Lambda asks for to read a table's stream. */
const tableStreamReadActions = [
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'dynamodb:ListStreams',
];

export interface DetectionProps
  extends Pick<Settings, 'changePointsTableName' | 'topicName' | 'email' | 'detector'> {
  /** Where the events come from, and where what fails goes. */
  readonly ingestion: Pick<Ingestion, 'eventsTable' | 'quarantineBucket'>;
}

/** Stored event → regime → detector → change point → stored → notified: the detector, its table and the topic. */
export class Detection extends Construct {
  readonly changePointsTable: Table;
  readonly topic: Topic;

  constructor(scope: Construct, id: string, props: DetectionProps) {
    super(scope, id);
    const { eventsTable, quarantineBucket } = props.ingestion;
    this.changePointsTable = changePointsTable(this, props);
    this.topic = changePointsTopic(this, props);

    const detector = pipelineFunction(this, 'Detector', {
      description: 'Tests each new event for a change of its series, keeps and announces what it finds',
      entry: 'detector.lambda.ts',
      limits: limits.detector.function,
      environment: {
        EVENTS_TABLE: eventsTable.tableName,
        CHANGE_POINTS_TABLE: this.changePointsTable.tableName,
        TOPIC_ARN: this.topic.topicArn,
        ALPHA: String(props.detector.alpha),
        PRACTICAL_THRESHOLD: String(props.detector.practicalThreshold),
        STARTUP: String(props.detector.startup),
        WINDOW: String(props.detector.window),
        RESTART: props.detector.restart,
        MAX_REGIME_LENGTH: String(props.detector.maxRegimeLength),
      },
    });
    detector.addToRolePolicy(
      new PolicyStatement({ actions: ['dynamodb:Query'], resources: [eventsTable.tableArn] }),
    );
    detector.addToRolePolicy(
      new PolicyStatement({
        actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
        resources: [this.changePointsTable.tableArn],
      }),
    );
    detector.addToRolePolicy(
      new PolicyStatement({ actions: ['sns:Publish'], resources: [this.topic.topicArn] }),
    );
    mapStream(detector, {
      source: tableStreamArn(eventsTable),
      readActions: tableStreamReadActions,
      limits: limits.detector.mapping,
      discarded: quarantineBucket,
    });
  }
}

function changePointsTable(scope: Construct, { changePointsTableName }: DetectionProps): Table {
  return new Table(scope, 'ChangePointsTable', {
    ...(changePointsTableName !== undefined && { tableName: changePointsTableName }),
    partitionKey: { name: changePointsTableSchema.partitionKey, type: AttributeType.STRING },
    sortKey: { name: changePointsTableSchema.sortKey, type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    removalPolicy: RemovalPolicy.RETAIN,
  });
}

function changePointsTopic(scope: Construct, { topicName, email }: DetectionProps): Topic {
  const topic = new Topic(scope, 'Topic', {
    ...(topicName !== undefined && { topicName }),
    displayName: 'Change points',
    enforceSSL: true,
  });
  if (email !== undefined) topic.addSubscription(new EmailSubscription(email));
  return topic;
}

function tableStreamArn(table: Table): string {
  if (table.tableStreamArn === undefined)
    throw new TypeError(`${table.node.path} must have a stream, got none`);
  return table.tableStreamArn;
}
