import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * What keeps one service apart from others in metrics and among the consumers of a stream: the name of its stack, and
 * where in the stack it stands, if it is not all of it.
 *
 * @param part - a direct part of the service
 */
export function serviceName(part: Construct): string {
  const stack = Stack.of(part);
  const { scopes } = part.node;
  const inStack = scopes.slice(scopes.indexOf(stack) + 1, -1).map(({ node }) => node.id);
  return [stack.stackName, ...inStack.filter((id) => id !== 'Default')].join('-');
}
