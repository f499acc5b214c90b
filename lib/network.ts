import type { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { FunctionOptions } from 'aws-cdk-lib/aws-lambda';

/** The settings of the network in which the functions run. */
export interface NetworkProps {
  /**
   * The functions run in its private subnets. From there they must reach DynamoDB, S3, SNS, SQS, X-Ray and, with `eventBus`, EventBridge, by endpoints or by NAT.
   *
   * @default none
   */
  readonly vpc?: IVpc;
  /**
   * Which subnets of `vpc`.
   *
   * @default private subnets with a way out
   */
  readonly vpcSubnets?: SubnetSelection;
  /**
   * The security groups of the functions in `vpc`.
   *
   * @default a new one for each function, which lets everything out and nothing in
   */
  readonly securityGroups?: readonly ISecurityGroup[];
}

/**
 * What a function's role needs so that Lambda connects the function to a network. EC2 knows no resource to name for most of it.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html, "Required IAM permissions".
 */
export const networkActions: readonly string[] = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
];

/**
 * Where a function runs.
 *
 * @throws RangeError naming a prop that has no effect without `vpc`
 */
export function networkOf({ vpc, vpcSubnets, securityGroups }: NetworkProps): FunctionOptions {
  if (vpc === undefined) {
    refuseAlone('vpcSubnets', vpcSubnets);
    refuseAlone('securityGroups', securityGroups);
    return {};
  }
  return {
    vpc,
    ...(vpcSubnets !== undefined && { vpcSubnets }),
    ...(securityGroups !== undefined && { securityGroups: [...securityGroups] }),
  };
}

function refuseAlone(name: keyof NetworkProps, value: unknown): void {
  if (value !== undefined) throw new RangeError(`${name} must come with vpc, got no vpc`);
}
