import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Stream, StreamEncryption, StreamMode } from 'aws-cdk-lib/aws-kinesis';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { limits } from './limits.ts';
import { mapStream } from './mapping.ts';
import { pipelineFunction } from './pipeline-function.ts';
import type { Settings } from './settings.ts';
import { eventsTableSchema } from './table-schemas.ts';

/** What Lambda asks for to read a Kinesis stream without enhanced fan-out. */
const streamReadActions = [
  'kinesis:DescribeStream',
  'kinesis:DescribeStreamSummary',
  'kinesis:GetRecords',
  'kinesis:GetShardIterator',
  'kinesis:ListShards',
  'kinesis:ListStreams',
];

export type IngestionProps = Pick<
  Settings,
  'streamName' | 'eventsTableName' | 'shards' | 'fields' | 'eventRetentionDays' | 'maxFutureSkewSeconds'
>;

/** Record → event → stored event: the stream, the recorder, the events table, and the bucket for what failed. */
export class Ingestion extends Construct {
  readonly stream: Stream;
  readonly eventsTable: Table;
  /** Under `quarantine/` what no parser can read, under `aws/lambda/` what Lambda gave up on. */
  readonly quarantineBucket: Bucket;

  constructor(scope: Construct, id: string, props: IngestionProps) {
    super(scope, id);
    this.stream = recordStream(this, props);
    this.eventsTable = eventsTable(this, props);
    this.quarantineBucket = quarantineBucket(this);

    const recorder = pipelineFunction(this, 'Recorder', {
      description: 'Stores the events of the stream and sets aside what it cannot read',
      entry: 'recorder.lambda.ts',
      limits: limits.recorder.function,
      environment: {
        EVENTS_TABLE: this.eventsTable.tableName,
        QUARANTINE_BUCKET: this.quarantineBucket.bucketName,
        SERIES_ID_FIELD: props.fields.seriesId,
        TIMESTAMP_FIELD: props.fields.timestamp,
        VALUE_FIELD: props.fields.value,
        EVENT_RETENTION_DAYS: String(props.eventRetentionDays),
        MAX_FUTURE_SKEW_SECONDS: String(props.maxFutureSkewSeconds),
      },
    });
    recorder.addToRolePolicy(
      new PolicyStatement({ actions: ['dynamodb:BatchWriteItem'], resources: [this.eventsTable.tableArn] }),
    );
    recorder.addToRolePolicy(
      new PolicyStatement({
        actions: ['s3:PutObject'],
        resources: [this.quarantineBucket.arnForObjects('quarantine/*')],
      }),
    );
    mapStream(recorder, {
      source: this.stream.streamArn,
      readActions: streamReadActions,
      limits: limits.recorder.mapping,
      discarded: this.quarantineBucket,
    });
  }
}

function recordStream(scope: Construct, { streamName, shards }: IngestionProps): Stream {
  return new Stream(scope, 'Stream', {
    ...(streamName !== undefined && { streamName }),
    streamMode: StreamMode.PROVISIONED,
    shardCount: shards,
    retentionPeriod: Duration.hours(limits.streamRetentionHours),
    encryption: StreamEncryption.MANAGED,
    removalPolicy: RemovalPolicy.RETAIN,
  });
}

function eventsTable(scope: Construct, { eventsTableName }: IngestionProps): Table {
  return new Table(scope, 'EventsTable', {
    ...(eventsTableName !== undefined && { tableName: eventsTableName }),
    partitionKey: { name: eventsTableSchema.partitionKey, type: AttributeType.STRING },
    sortKey: { name: eventsTableSchema.sortKey, type: AttributeType.STRING },
    timeToLiveAttribute: eventsTableSchema.timeToLiveAttribute,
    stream: StreamViewType[eventsTableSchema.streamViewType],
    billingMode: BillingMode.PAY_PER_REQUEST,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    removalPolicy: RemovalPolicy.RETAIN,
  });
}

function quarantineBucket(scope: Construct): Bucket {
  return new Bucket(scope, 'QuarantineBucket', {
    encryption: BucketEncryption.S3_MANAGED,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    lifecycleRules: [{ expiration: Duration.days(limits.quarantineDays) }],
    removalPolicy: RemovalPolicy.RETAIN,
  });
}
