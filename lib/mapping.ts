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

/** A stream, or a consumer of one, and what Lambda must be allowed to read it with the function's role. */
export interface MappingSource {
  readonly arn: string;
  readonly grants: readonly { readonly actions: readonly string[]; readonly resources: readonly string[] }[];
}

export interface MappingProps {
  readonly source: MappingSource;
  readonly limits: MappingLimits;
  /** Keeps the records that Lambda gives up on, whole: only a bucket does. */
  readonly discarded: IDependable & Pick<IBucket, 'bucketArn' | 'arnForObjects'>;
}

/**
 * Invokes the function with the records of a stream, from the oldest on, within the limits.
 *
 * CDK's ready-made sources grant more than Lambda asks for (reading and deleting in the bucket, listing every stream of
 * the account); these are the documented grants alone. Lambda names its objects `aws/lambda/<mapping>/<shard>/…` but
 * documents no prefix for the permission that it checks when the mapping is made, so the grant has none either.
 * Source: AWS Lambda developer guide, "Retain discarded batch records".
 */
export function mapStream(
  target: LambdaFunction,
  { source, limits, discarded }: MappingProps,
): EventSourceMapping {
  for (const { actions, resources } of source.grants) grant(target, actions, ...resources);
  grant(target, ['s3:PutObject'], discarded.arnForObjects('*'));
  grant(target, ['s3:ListBucket'], discarded.bucketArn);
  const mapping = new EventSourceMapping(target, 'Records', {
    target,
    eventSourceArn: source.arn,
    startingPosition: StartingPosition.TRIM_HORIZON,
    onFailure: { bind: () => ({ destination: discarded.bucketArn }) },
    supportS3OnFailureDestination: true,
    metricsConfig: { metrics: [MetricType.EVENT_COUNT] },
    ...mappingOptions(limits),
  });
  // Where the bucket goes with the stack, nothing may be put into it any more when it is emptied.
  mapping.node.addDependency(discarded);
  return mapping;
}

/** Our limits in CDK's words. */
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
