import type { Template } from 'aws-cdk-lib/assertions';
import { asText, propertiesOf, resourcesOf } from './synthesize.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

/** Every action on every resource that the function's role allows, sorted; it has no policies but its own. */
export function grantsOf(template: Template, name: string): string[] {
  const roleName = asText(propertiesOf(template, 'AWS::Lambda::Function', name).Role).replace(/\.Arn$/, '');
  const role = propertiesOf(template, 'AWS::IAM::Role', roleName);
  const foreign = role.ManagedPolicyArns ?? role.Policies;
  if (foreign !== undefined)
    throw new RangeError(`${roleName} must have no other policies, got ${JSON.stringify(foreign)}`);
  return Object.values(resourcesOf(template, 'AWS::IAM::Policy'))
    .map(({ Properties }) => Properties as { Roles: unknown[]; PolicyDocument: { Statement: Statement[] } })
    .filter(({ Roles }) => Roles.some((reference) => asText(reference) === roleName))
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Action, Resource }) =>
      [Action]
        .flat()
        .flatMap((action) => [Resource].flat().map((resource) => `${action} ${asText(resource)}`)),
    )
    .sort();
}
