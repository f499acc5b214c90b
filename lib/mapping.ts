import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  EventSourceMapping,
  type EventSourceMappingOptions,
  FilterCriteria,
  type Function as LambdaFunction,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { MappingLimits } from './limits.ts';

export interface Mapping {
  /** The stream's ARN. */
  readonly source: string;
  /** The actions on that stream by which Lambda reads it with the function's role. */
  readonly readActions: readonly string[];
  readonly limits: MappingLimits;
  /** Keeps the records that Lambda gives up on, whole: only a bucket does. */
  readonly discarded: Pick<IBucket, 'bucketArn' | 'arnForObjects'>;
}

/**
 * Invokes the function with the records of a stream, from the oldest on, within the limits.
 *
 * CDK's ready-made sources grant more than Lambda asks for (reading and deleting in the bucket, listing every stream of
 * the account); these are the documented grants alone. Lambda names its objects `aws/lambda/<mapping>/<shard>/…` but
 * documents no prefix for the permission that it checks when the mapping is made, so the grant has none either.
 * Source: AWS Lambda developer guide, "Retain discarded batch records".
 */
export function mapStream(target: LambdaFunction, { source, readActions, limits, discarded }: Mapping): void {
  target.addToRolePolicy(new PolicyStatement({ actions: [...readActions], resources: [source] }));
  target.addToRolePolicy(
    new PolicyStatement({ actions: ['s3:PutObject'], resources: [discarded.arnForObjects('*')] }),
  );
  target.addToRolePolicy(
    new PolicyStatement({ actions: ['s3:ListBucket'], resources: [discarded.bucketArn] }),
  );
  new EventSourceMapping(target, 'Records', {
    target,
    eventSourceArn: source,
    startingPosition: StartingPosition.TRIM_HORIZON,
    onFailure: { bind: () => ({ destination: discarded.bucketArn }) },
    supportS3OnFailureDestination: true,
    ...mappingOptions(limits),
  });
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
