import type { IStream, IStreamConsumer } from 'aws-cdk-lib/aws-kinesis';
import type { EventSourceMapping, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { recorderEnvironment } from '../lambda/environment/recorder.ts';
import { defaultFieldNames, type FieldNames, fieldSettings } from '../lambda/field-settings.ts';
import { type RecordSettings, refuseUnmatched } from '../lambda/record-settings.ts';
import { refuseSameValues } from '../lambda/setting-row.ts';
import { deploymentLimits, recordAgeWithin } from './deployment-limits.ts';
import type { AnyTable } from './given-table.ts';
import { mapStream } from './mapping.ts';
import type { NetworkProps } from './network.ts';
import { grant, pipelineFunction } from './pipeline-function.ts';
import { quarantineBucket } from './quarantine-bucket.ts';
import { ownConsumer, type RecordStreamProps, recordStream, sourceOf } from './record-stream.ts';
import { refuseTooFewReserved } from './reserved-concurrency.ts';
import { type EventsTableProps, tableOfEvents } from './service-tables.ts';
import { checkedSetting } from './settings-table.ts';

export interface IngestionProps extends RecordStreamProps, EventsTableProps, NetworkProps {
  /**
   * The names of the three fields in a record. Those with dots are paths into nested objects. `value` may be several names, with commas
   * between them, or a pattern such as `temp*`; each is then a series of its own. The series may be `partitionKey`, and the time `arrival`.
   *
   * @default seriesId, timestamp, value
   */
  readonly fields?: FieldNames;
  /**
   * The unit of times that are numbers since 1970: `'s'`, `'ms'`, `'us'` or `'ns'`; `'auto'` tells by their size.
   *
   * @default auto
   */
  readonly timestampUnit?: RecordSettings['timestampUnit'];
  /**
   * Whether a value may also be text that is a number.
   *
   * @default false
   */
  readonly numbersAsText?: boolean;
  /**
   * Days that an event is kept, counted from its own time.
   *
   * @default 365
   */
  readonly eventRetentionDays?: number;
  /**
   * Seconds that an event's time may lie after its arrival.
   *
   * @default 300
   */
  readonly maxFutureSkewSeconds?: number;
  /**
   * Seconds that Lambda waits for a fuller batch of records, up to 300. A longer wait means fewer invocations and later answers.
   *
   * @default 0
   */
  readonly recorderBatchWindowSeconds?: number;
  /**
   * Concurrent invocations for one shard, up to 10. Records of one partition key stay in order.
   *
   * @default 1
   */
  readonly recorderParallelizationFactor?: number;
  /**
   * Reserved concurrency: executions that Lambda keeps free for the recorder, which are also the most that it gets. Each shard needs
   * `recorderParallelizationFactor` of them.
   *
   * @default unreserved
   */
  readonly recorderReservedConcurrency?: number | 'unreserved';
  /**
   * The time, in ISO 8601 with a zone, from which on the recorder reads the stream. It matters when CloudFormation makes its mapping: in the
   * first deployment, and when `enhancedFanOut` changes. Then it must lie before the oldest record that the recorder has not read yet, or
   * records are lost. Earlier costs only time: what is recorded again changes nothing. In a deployed service it cannot change without
   * `enhancedFanOut`: Lambda refuses a second mapping of one function and one stream.
   *
   * @default the oldest record of the stream
   */
  readonly recorderStartsAt?: string | undefined;
}

/** Record → event → stored event: the stream, the recorder, the events table, and the bucket for what failed. */
export class Ingestion extends Construct {
  readonly stream: IStream;
  /** The connection to the stream, if it is the recorder's own. */
  readonly consumer: IStreamConsumer | undefined;
  readonly recorder: IFunction;
  readonly mapping: EventSourceMapping;
  readonly eventsTable: AnyTable;
  /** Holds unreadable records under `quarantine/` and the batches that Lambda gave up on under `aws/lambda/`. */
  readonly quarantineBucket: Bucket;

  /** @throws RangeError naming the setting that breaks a rule */
  constructor(scope: Construct, id: string, props: IngestionProps = {}) {
    super(scope, id);
    this.stream = recordStream(this, props);
    const fanOut = checkedSetting('enhancedFanOut', props.enhancedFanOut);
    this.consumer = fanOut ? ownConsumer(this, this.stream) : undefined;
    this.eventsTable = tableOfEvents(this, props);
    this.quarantineBucket = quarantineBucket(this, 'QuarantineBucket', props);

    const parallelizationFactor = checkedSetting(
      'recorderParallelizationFactor',
      props.recorderParallelizationFactor,
    );
    const reservedConcurrency = checkedSetting(
      'recorderReservedConcurrency',
      props.recorderReservedConcurrency,
    );
    refuseTooFewReserved({
      // The number of shards of a given stream is its owner's.
      shards: props.stream === undefined ? checkedSetting('shards', props.shards) : 'on-demand',
      recorderParallelizationFactor: parallelizationFactor,
      recorderReservedConcurrency: reservedConcurrency,
    });
    const recorder = pipelineFunction(this, 'Recorder', {
      description: 'Stores the events of the stream and sets aside what it cannot read',
      entry: 'recorder.lambda.ts',
      limits: deploymentLimits.recorder.function,
      encryptionKeys: [props.encryptionKey, this.stream.encryptionKey, this.eventsTable.encryptionKey],
      network: props,
      reservedConcurrency,
      environment: recorderEnvironment.write({
        eventsTable: this.eventsTable.tableName,
        quarantineBucket: this.quarantineBucket.bucketName,
        ...recordSettings(props),
        eventRetentionDays: checkedSetting('eventRetentionDays', props.eventRetentionDays),
        maxFutureSkewSeconds: checkedSetting('maxFutureSkewSeconds', props.maxFutureSkewSeconds),
      }),
    });
    grant(recorder, ['dynamodb:BatchWriteItem'], this.eventsTable.tableArn);
    grant(recorder, ['s3:PutObject'], this.quarantineBucket.arnForObjects('quarantine/*'));
    this.recorder = recorder;
    this.mapping = mapStream(recorder, {
      source: sourceOf(this.stream, this.consumer),
      limits: {
        ...deploymentLimits.recorder.mapping,
        batchWindowSeconds: checkedSetting('recorderBatchWindowSeconds', props.recorderBatchWindowSeconds),
        parallelizationFactor,
        maxRecordAgeSeconds: recordAgeWithin(
          checkedSetting('streamRetentionHours', props.streamRetentionHours),
        ),
      },
      startsAt: checkedSetting('recorderStartsAt', props.recorderStartsAt),
      discarded: this.quarantineBucket,
    });
  }
}

/** How events are found in records: each setting checked by itself, and all together. */
function recordSettings({
  fields = defaultFieldNames,
  timestampUnit,
  numbersAsText,
}: IngestionProps): RecordSettings {
  const settings = {
    seriesIdField: checkedSetting('seriesIdField', fields.seriesId),
    timestampField: checkedSetting('timestampField', fields.timestamp),
    valueField: checkedSetting('valueField', fields.value),
    timestampUnit: checkedSetting('timestampUnit', timestampUnit),
    numbersAsText: checkedSetting('numbersAsText', numbersAsText),
  };
  refuseSameValues(fieldSettings, settings);
  refuseUnmatched(settings);
  return settings;
}
