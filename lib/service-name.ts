import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * The name of a service in metrics and among the consumers of a stream: the name of its stack, followed by the path of the
 * service in the stack if the stack holds more than the service.
 *
 * @param part - a direct part of the service
 */
export function serviceName(part: Construct): string {
  const stack = Stack.of(part);
  const { scopes } = part.node;
  const inStack = scopes.slice(scopes.indexOf(stack) + 1, -1).map(({ node }) => node.id);
  return [stack.stackName, ...inStack.filter((id) => id !== 'Default')].join('-');
}
