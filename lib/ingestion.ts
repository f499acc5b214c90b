import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { StreamViewType, type Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IStream } from 'aws-cdk-lib/aws-kinesis';
import type { EventSourceMapping, IFunction } from 'aws-cdk-lib/aws-lambda';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { defaultFieldNames, type FieldNames, integerSettings } from '../lambda/settings.ts';
import { limits } from './limits.ts';
import { mapStream } from './mapping.ts';
import { grant, pipelineFunction } from './pipeline-function.ts';
import { type RecordStreamProps, recordStream, sourceOf } from './record-stream.ts';
import { keepingTable, type StorageProps } from './storage.ts';
import { eventsTableSchema } from './table-schemas.ts';

export interface IngestionProps extends RecordStreamProps, StorageProps {
  /** @default made by CloudFormation */
  readonly eventsTableName?: string | undefined;
  /**
   * What the records call their three fields.
   *
   * @default seriesId, timestamp, value
   */
  readonly fields?: FieldNames;
  /**
   * Days after an event's own time at which it may be deleted.
   *
   * @default 365
   */
  readonly eventRetentionDays?: number;
  /**
   * How far ahead of its arrival an event may lie.
   *
   * @default 300
   */
  readonly maxFutureSkewSeconds?: number;
}

/** Record → event → stored event: the stream, the recorder, the events table, and the bucket for what failed. */
export class Ingestion extends Construct {
  readonly stream: IStream;
  readonly recorder: IFunction;
  readonly mapping: EventSourceMapping;
  readonly eventsTable: Table;
  /** Under `quarantine/` what no parser can read, under `aws/lambda/` what Lambda gave up on. */
  readonly quarantineBucket: Bucket;

  constructor(scope: Construct, id: string, props: IngestionProps = {}) {
    super(scope, id);
    this.stream = recordStream(this, props);
    this.eventsTable = keepingTable(this, 'EventsTable', eventsTableSchema, props.eventsTableName, props, {
      timeToLiveAttribute: eventsTableSchema.timeToLiveAttribute,
      stream: StreamViewType[eventsTableSchema.streamViewType],
    });
    this.quarantineBucket = quarantineBucket(this, props);

    const { eventRetentionDays, maxFutureSkewSeconds } = integerSettings;
    const fields = props.fields ?? defaultFieldNames;
    const recorder = pipelineFunction(this, 'Recorder', {
      description: 'Stores the events of the stream and sets aside what it cannot read',
      entry: 'recorder.lambda.ts',
      limits: limits.recorder.function,
      encryptionKeys: [props.encryptionKey, this.stream.encryptionKey],
      environment: {
        EVENTS_TABLE: this.eventsTable.tableName,
        QUARANTINE_BUCKET: this.quarantineBucket.bucketName,
        SERIES_ID_FIELD: fields.seriesId,
        TIMESTAMP_FIELD: fields.timestamp,
        VALUE_FIELD: fields.value,
        EVENT_RETENTION_DAYS: String(props.eventRetentionDays ?? eventRetentionDays.byDefault),
        MAX_FUTURE_SKEW_SECONDS: String(props.maxFutureSkewSeconds ?? maxFutureSkewSeconds.byDefault),
      },
    });
    grant(recorder, ['dynamodb:BatchWriteItem'], this.eventsTable.tableArn);
    grant(recorder, ['s3:PutObject'], this.quarantineBucket.arnForObjects('quarantine/*'));
    this.recorder = recorder;
    this.mapping = mapStream(recorder, {
      source: sourceOf(this, this.stream, props.enhancedFanOut ?? false),
      limits: limits.recorder.mapping,
      discarded: this.quarantineBucket,
    });
  }
}

function quarantineBucket(scope: Construct, { removalPolicy, encryptionKey }: StorageProps): Bucket {
  return new Bucket(scope, 'QuarantineBucket', {
    ...(encryptionKey === undefined
      ? { encryption: BucketEncryption.S3_MANAGED }
      : { encryption: BucketEncryption.KMS, encryptionKey, bucketKeyEnabled: true }),
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    lifecycleRules: [{ expiration: Duration.days(limits.quarantineDays) }],
    removalPolicy: removalPolicy ?? RemovalPolicy.RETAIN,
    autoDeleteObjects: removalPolicy === RemovalPolicy.DESTROY,
  });
}
