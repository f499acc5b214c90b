import { Aws, CfnCondition, Fn } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** The host of the AWS console. Each partition has its own, and only CloudFormation knows that of a stack without a region. */
export function consoleHost(scope: Construct): string {
  const inChina = isPartition(scope, 'InChina', 'aws-cn');
  const inGovCloud = isPartition(scope, 'InGovCloud', 'aws-us-gov');
  const elsewhere = Fn.conditionIf(
    inGovCloud.logicalId,
    'console.amazonaws-us-gov.com',
    'console.aws.amazon.com',
  );
  return Fn.conditionIf(inChina.logicalId, 'console.amazonaws.cn', elsewhere).toString();
}

function isPartition(scope: Construct, id: string, partition: string): CfnCondition {
  return new CfnCondition(scope, id, { expression: Fn.conditionEquals(Aws.PARTITION, partition) });
}
