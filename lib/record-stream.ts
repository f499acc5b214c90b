import { Duration } from 'aws-cdk-lib';
import {
  type IStream,
  type IStreamConsumer,
  ShardLevelMetrics,
  Stream,
  StreamConsumer,
  StreamEncryption,
  StreamMode,
} from 'aws-cdk-lib/aws-kinesis';
import type { Construct } from 'constructs';
import type { MappingSource } from './mapping.ts';
import { serviceName } from './service-name.ts';
import { checkedSetting } from './settings-table.ts';
import { refuseTooManyAtOnce } from './shard-steps.ts';
import { kept, type StorageProps } from './storage.ts';
import { refuseVoid } from './void-props.ts';

/** The settings of the stream that takes the records. */
export interface RecordStreamProps extends StorageProps {
  /**
   * An existing stream. Its owner then decides the other settings of the stream, such as the largest record.
   *
   * @default a new one
   */
  readonly stream?: IStream;
  /** @default made by CloudFormation */
  readonly streamName?: string | undefined;
  /**
   * Shards, each for 1,000 records or 1 MB a second. With `'on-demand'` Kinesis decides the number, at a higher price.
   *
   * @default 1
   */
  readonly shards?: number | 'on-demand';
  /**
   * Open shards of the stream that is deployed. Kinesis at most doubles or halves them in one update: given this, a number of
   * `shards` that is further away is refused at synth, with the steps that lead there.
   *
   * @default unknown
   */
  readonly shardsNow?: number | 'unknown';
  /**
   * Hours that the stream keeps a record, from 24 to 8,760. For an existing stream, give the value that its owner set: the
   * recorder must give up on a record before the stream deletes it. More than 24 hours cost $0.02 an hour and shard, more
   * than 168 also $0.023 a GB and month.
   *
   * @default 24
   */
  readonly streamRetentionHours?: number;
  /**
   * Metrics of every shard, to find a hot one: seven a shard, each at the price of a custom metric ($0.30 a month).
   *
   * @default false
   */
  readonly shardLevelMetrics?: boolean;
  /**
   * A dedicated connection for the recorder, 2 MB a second and shard, for streams with more than two consumers.
   * Costs $0.015 an hour and shard, and $0.013 a GB read.
   *
   * @default false
   */
  readonly enhancedFanOut?: boolean;
}

/**
 * The existing stream if one is given, else a new one.
 *
 * @throws RangeError naming the setting that breaks a rule, or that is void beside a given stream
 */
export function recordStream(scope: Construct, props: RecordStreamProps): IStream {
  const { streamName, encryptionKey } = props;
  const shards = checkedSetting('shards', props.shards);
  const shardLevelMetrics = checkedSetting('shardLevelMetrics', props.shardLevelMetrics);
  refuseTooManyAtOnce(shards, checkedSetting('shardsNow', props.shardsNow));
  if (props.stream !== undefined) {
    refuseVoid('stream', { streamName, shardLevelMetrics: shardLevelMetrics || undefined });
  }
  return (
    props.stream ??
    new Stream(scope, 'Stream', {
      ...(streamName !== undefined && { streamName }),
      ...(shards === 'on-demand'
        ? { streamMode: StreamMode.ON_DEMAND }
        : { streamMode: StreamMode.PROVISIONED, shardCount: shards }),
      retentionPeriod: Duration.hours(checkedSetting('streamRetentionHours', props.streamRetentionHours)),
      ...(encryptionKey === undefined
        ? { encryption: StreamEncryption.MANAGED }
        : { encryption: StreamEncryption.KMS, encryptionKey }),
      ...(shardLevelMetrics && { shardLevelMetrics: [ShardLevelMetrics.ALL] }),
      removalPolicy: props.removalPolicy ?? kept,
    })
  );
}

/** The permissions that Lambda needs to read a Kinesis stream. */
const readActions = [
  'kinesis:DescribeStream',
  'kinesis:DescribeStreamSummary',
  'kinesis:GetRecords',
  'kinesis:GetShardIterator',
  'kinesis:ListShards',
  'kinesis:ListStreams',
];

/** Kinesis' limit of a consumer's name (`RegisterStreamConsumer`). */
const consumerNameCharacters = 128;

/** A connection to the stream that the service shares with nobody. */
export function ownConsumer(scope: Construct, stream: IStream): IStreamConsumer {
  return new StreamConsumer(scope, 'FanOut', {
    stream,
    streamConsumerName: serviceName(scope).slice(0, consumerNameCharacters),
  });
}

/** How the recorder reads the stream: over the shared connection, or over one of its own. */
export function sourceOf(stream: IStream, consumer: IStreamConsumer | undefined): MappingSource {
  const shared = { arn: stream.streamArn, grants: [{ actions: readActions, resources: [stream.streamArn] }] };
  if (consumer === undefined) return shared;
  const { streamConsumerArn } = consumer;
  const subscribe = { actions: ['kinesis:SubscribeToShard'], resources: [streamConsumerArn] };
  return { arn: streamConsumerArn, grants: [...shared.grants, subscribe] };
}
