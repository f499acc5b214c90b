import { Duration } from 'aws-cdk-lib';
import {
  EventSourceMapping,
  type EventSourceMappingOptions,
  FilterCriteria,
  type Function as LambdaFunction,
  MetricType,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IDependable } from 'constructs';
import type { MappingLimits } from './deployment-limits.ts';
import { grant } from './pipeline-function.ts';

/** A stream or a consumer of one, and the permissions that the function's role needs to read it. */
export interface MappingSource {
  readonly arn: string;
  readonly grants: readonly { readonly actions: readonly string[]; readonly resources: readonly string[] }[];
}

export interface MappingProps {
  readonly source: MappingSource;
  readonly limits: MappingLimits;
  /** The time of the first record to read, as `toISOString` writes it; by default the oldest record's. Only for Kinesis streams. */
  readonly startsAt?: string | undefined;
  /** Keeps the records that Lambda gives up on. Only a bucket gets the whole records. */
  readonly discarded: IDependable & Pick<IBucket, 'bucketArn' | 'arnForObjects'>;
}

/**
 * Invokes the function with the records of a stream, from the oldest on, within the limits.
 *
 * CDK's ready-made sources grant more than Lambda needs: reading and deleting in the bucket, and listing every stream of
 * the account. These grants are only the documented ones. Lambda names its objects `aws/lambda/<mapping>/<shard>/…`. But it
 * documents no prefix for the permission that it checks when the mapping is created, so the grant has none.
 * Source: AWS Lambda developer guide, "Retain discarded batch records".
 */
export function mapStream(
  target: LambdaFunction,
  { source, limits, startsAt, discarded }: MappingProps,
): EventSourceMapping {
  for (const { actions, resources } of source.grants) grant(target, actions, ...resources);
  grant(target, ['s3:PutObject'], discarded.arnForObjects('*'));
  grant(target, ['s3:ListBucket'], discarded.bucketArn);
  const mapping = new EventSourceMapping(target, 'Records', {
    target,
    eventSourceArn: source.arn,
    ...startingPosition(startsAt),
    onFailure: { bind: () => ({ destination: discarded.bucketArn }) },
    supportS3OnFailureDestination: true,
    metricsConfig: { metrics: [MetricType.EVENT_COUNT] },
    ...mappingOptions(limits),
  });
  // If the bucket is deleted with the stack, nothing may be written to it after it is emptied.
  mapping.node.addDependency(discarded);
  return mapping;
}

/** `LATEST` is not offered: a new mapping takes minutes to start, and would miss what is put meanwhile. */
function startingPosition(startsAt: string | undefined): EventSourceMappingOptions {
  if (startsAt === undefined) return { startingPosition: StartingPosition.TRIM_HORIZON };
  const startingPositionTimestamp = Math.floor(Date.parse(startsAt) / 1000);
  return { startingPosition: StartingPosition.AT_TIMESTAMP, startingPositionTimestamp };
}

/** Our limits under CDK's names. */
function mappingOptions(limits: MappingLimits): EventSourceMappingOptions {
  return {
    batchSize: limits.batchSize,
    maxBatchingWindow: Duration.seconds(limits.batchWindowSeconds),
    retryAttempts: limits.retryAttempts,
    maxRecordAge: Duration.seconds(limits.maxRecordAgeSeconds),
    bisectBatchOnError: limits.bisectBatchOnError,
    parallelizationFactor: limits.parallelizationFactor,
    reportBatchItemFailures: limits.reportBatchItemFailures,
    ...(limits.filters.length > 0 && {
      filters: limits.filters.map((pattern) => FilterCriteria.filter(pattern)),
    }),
  };
}
