import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  Architecture,
  Code,
  type Function as LambdaFunction,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import {
  type BundlingOptions,
  LogLevel,
  NodejsFunction,
  type NodejsFunctionProps,
  OutputFormat,
} from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { deploymentLimits, type FunctionLimits } from './deployment-limits.ts';
import { type NetworkProps, networkActions, networkOf } from './network.ts';
import { serviceName } from './service-name.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Where the package `@aed/cdk` holds the functions' bundles, a folder each; the repository has none. */
const shipped = fileURLToPath(new URL('functions', import.meta.url));

/**
 * One file with everything in it, including the SDK. So the tested SDK runs, whatever SDK the runtime ships.
 *
 * The bundle is an ES module, named `index.mjs` so that Node takes it as one, and made from the packages' own ES modules so
 * that unused code is left out. A dependency that calls `require` would need a shim; none does, and a test loads the
 * bundles. The source map holds no source texts: a stack trace needs only names and lines.
 */
const bundling: BundlingOptions = {
  format: OutputFormat.ESM,
  mainFields: ['module', 'main'],
  bundleAwsSDK: true,
  minify: true,
  sourceMap: true,
  sourcesContent: false,
  logLevel: LogLevel.WARNING,
  tsconfig: join(root, 'tsconfig.json'),
};

export interface PipelineFunctionProps {
  readonly description: string;
  /** The file in `lambda/` that exports `handler`. */
  readonly entry: string;
  readonly limits: FunctionLimits;
  readonly environment: Readonly<Record<string, string>>;
  /** Customer-managed keys of what it reads and writes. The first one also encrypts its log and environment. */
  readonly encryptionKeys: readonly (IKey | undefined)[];
  readonly network: NetworkProps;
  /** Executions that Lambda keeps free for the function, which are also the most that it gets. */
  readonly reservedConcurrency?: number | 'unreserved';
}

/** The permissions to use a key, as Kinesis, DynamoDB, S3 and SNS document them, without their wildcards. */
const keyActions = [
  'kms:Decrypt',
  'kms:DescribeKey',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];

/** Allows a function these actions on these resources. */
export function grant(to: LambdaFunction, actions: readonly string[], ...resources: readonly string[]): void {
  to.addToRolePolicy(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
}

/** The bundle that comes with the package; in the repository one that CDK makes of the source by esbuild. */
function codeOf(entry: string): Partial<NodejsFunctionProps> {
  const bundle = join(shipped, basename(entry, '.lambda.ts'));
  if (existsSync(bundle)) return { code: Code.fromAsset(bundle), handler: 'index.handler' };
  return {
    entry: join(root, 'lambda', entry),
    projectRoot: root,
    depsLockFilePath: join(root, 'package-lock.json'),
    bundling,
  };
}

/**
 * A Node function that may write its own log and traces, and nothing else until more is granted.
 *
 * Node 24 is Lambda's newest runtime that is not a preview. Nothing is compiled for a processor, so the cheaper Arm is used.
 */
export function pipelineFunction(scope: Construct, id: string, props: PipelineFunctionProps): NodejsFunction {
  const [encryptionKey] = props.encryptionKeys;
  const logGroup = new LogGroup(scope, `${id}Log`, {
    ...(encryptionKey !== undefined && { encryptionKey }),
    retention: deploymentLimits.logRetentionDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  logGroup.grantWrite(role);
  const network = networkOf(props.network);
  const { reservedConcurrency = 'unreserved' } = props;
  const pipelineFunction = new NodejsFunction(scope, id, {
    description: props.description,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    ...codeOf(props.entry),
    tracing: Tracing.ACTIVE,
    timeout: Duration.seconds(props.limits.timeoutSeconds),
    memorySize: props.limits.memoryMegabytes,
    environment: {
      ...props.environment,
      POWERTOOLS_SERVICE_NAME: serviceName(scope),
      POWERTOOLS_METRICS_NAMESPACE: deploymentLimits.metricsNamespace,
      NODE_OPTIONS: '--enable-source-maps',
    },
    ...(encryptionKey !== undefined && { environmentEncryption: encryptionKey }),
    ...network,
    ...(reservedConcurrency !== 'unreserved' && { reservedConcurrentExecutions: reservedConcurrency }),
    role,
    logGroup,
  });
  if (network.vpc !== undefined) grant(pipelineFunction, networkActions, '*');
  const keys = new Set(props.encryptionKeys.flatMap((key) => (key === undefined ? [] : [key.keyArn])));
  if (keys.size > 0) grant(pipelineFunction, keyActions, ...keys);
  return pipelineFunction;
}
