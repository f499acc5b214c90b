import { CfnResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { deploymentLimits } from './deployment-limits.ts';
import { kept, type StorageProps } from './storage.ts';

/** The bucket for failed records. It requires TLS, blocks public access, and deletes objects after a time. */
export function quarantineBucket(scope: Construct, id: string, props: StorageProps): Bucket {
  const { removalPolicy = kept, encryptionKey } = props;
  const emptied = removalPolicy === RemovalPolicy.DESTROY;
  const bucket = new Bucket(scope, id, {
    ...(encryptionKey === undefined
      ? { encryption: BucketEncryption.S3_MANAGED }
      : { encryption: BucketEncryption.KMS, encryptionKey, bucketKeyEnabled: true }),
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    lifecycleRules: [{ expiration: Duration.days(deploymentLimits.quarantineDays) }],
    removalPolicy,
    autoDeleteObjects: emptied,
  });
  if (emptied) ownTheLogOfWhatEmpties(scope, props);
  return bucket;
}

/** The id that CDK gives the function that empties all such buckets of a stack. */
const emptier = 'Custom::S3AutoDeleteObjectsCustomResourceProvider';

/**
 * Gives the function that empties buckets a log group of the stack's own.
 *
 * Otherwise Lambda creates one at the first invocation. The stack does not know that one and leaves it behind.
 */
function ownTheLogOfWhatEmpties(scope: Construct, { encryptionKey }: StorageProps): void {
  const provider = Stack.of(scope).node.findChild(emptier);
  const id = 'Log';
  if (provider.node.tryFindChild(id) !== undefined) return;
  const { logGroupName } = new LogGroup(provider, id, {
    ...(encryptionKey !== undefined && { encryptionKey }),
    retention: deploymentLimits.logRetentionDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const handler = provider.node.findChild('Handler');
  if (!CfnResource.isCfnResource(handler)) throw new TypeError(`${handler.node.path} must be a resource`);
  handler.addPropertyOverride('LoggingConfig', { LogGroup: logGroupName });
}
