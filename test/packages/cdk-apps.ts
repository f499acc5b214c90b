/** The versions of CDK that the construct is tried with: the oldest that it takes, and the repository's own. */
export const oldest = ['aws-cdk-lib@2.226.0', 'constructs@10.5.0'] as const;
export const newest = ['aws-cdk-lib@2.276.0', 'constructs@10.8.1'] as const;

/** The two kinds of app. */
export const cdkApps = [
  { source: 'app.ts', compiled: 'app.js', options: { module: 'commonjs', moduleResolution: 'node10' } },
  { source: 'app.mts', compiled: 'app.mjs', options: { module: 'node16', moduleResolution: 'node16' } },
] as const;

/** A stack of one's own, with the service in it. */
export const cdkSource = `import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { ChangePointDetection, type ChangePointDetectionProps } from '@aed/cdk';

const props: ChangePointDetectionProps = { detector: { alpha: 0.01 } };
const stack = new Stack(new App(), 'Plant');
const { stream, detection } = new ChangePointDetection(stack, 'Detection', props);
new CfnOutput(stack, 'StreamName', { value: stream.streamName });
new CfnOutput(stack, 'ChangePointsTableName', { value: detection.changePointsTable.tableName });
`;
