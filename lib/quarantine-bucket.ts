import { CfnResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { deploymentLimits } from './deployment-limits.ts';
import type { StorageProps } from './storage.ts';

/** The bucket for what failed, reached by TLS alone and by nobody outside; it forgets. */
export function quarantineBucket(scope: Construct, id: string, props: StorageProps): Bucket {
  const { removalPolicy = RemovalPolicy.RETAIN, encryptionKey } = props;
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

/** CDK's name for the function that empties all such buckets of a stack. */
const emptier = 'Custom::S3AutoDeleteObjectsCustomResourceProvider';

/**
 * Gives the function that empties buckets a log group of the stack's own.
 *
 * Lambda would make one at its first invocation, which the stack knows nothing of and so leaves behind.
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
