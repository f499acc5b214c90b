import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ChangePointDetection, type ChangePointDetectionProps } from '../../lib/change-point-detection.ts';
import { ChangePointDetectionStack } from '../../lib/change-point-detection-stack.ts';
import { type Context, settingsFromContext } from '../../lib/settings.ts';
import { cdkContext } from './cdk-context.ts';

const newApp = () => new App({ context: { ...cdkContext, 'aws:cdk:bundling-stacks': [] } });

/** The stack's template under our feature flags and these settings, without bundling, which no template needs. */
export function synthesize(context: Context = {}): Template {
  const settings = settingsFromContext(context);
  const stackName = context.stackName === undefined ? 'Test' : settings.stackName;
  return Template.fromStack(new ChangePointDetectionStack(newApp(), 'Test', { stackName, settings }));
}

/** The same for a stack that holds the construct alone, made with what the stack has already. */
export function withProps(props: (stack: Stack) => ChangePointDetectionProps): Template {
  const stack = new Stack(newApp(), 'Test');
  new ChangePointDetection(stack, 'Default', props(stack));
  return Template.fromStack(stack);
}

/** A resource of a template, as CloudFormation reads it. */
export interface Resource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly DependsOn?: readonly string[];
  readonly Properties: Readonly<Record<string, unknown>>;
}

/** Every resource, by its logical id. */
export function allResources(template: Template): Readonly<Record<string, Resource>> {
  return template.toJSON().Resources;
}

/** The resources of one type, by their name in the tree without CDK's hash: `IngestionStream`. */
export function resourcesOf(template: Template, type: string): Readonly<Record<string, Resource>> {
  const ofType = Object.entries(allResources(template)).filter(([, { Type }]) => Type === type);
  return Object.fromEntries(ofType.map(([id, resource]) => [plainName(id), resource]));
}

/** The properties of one resource. */
export function propertiesOf(template: Template, type: string, name: string): Resource['Properties'] {
  const resource = resourcesOf(template, type)[name];
  if (resource === undefined) throw new RangeError(`template must hold an ${type} called ${name}, got none`);
  return resource.Properties;
}

/** A template's value as text, references by name: `IngestionStream.Arn`. */
export function asText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if ('Ref' in value) return plainName(String(value.Ref));
  if ('Fn::GetAtt' in value && Array.isArray(value['Fn::GetAtt'])) {
    const [id, attribute] = value['Fn::GetAtt'];
    return `${plainName(String(id))}.${attribute}`;
  }
  if ('Fn::Join' in value && Array.isArray(value['Fn::Join'])) {
    const [separator, parts] = value['Fn::Join'];
    return parts.map(asText).join(separator);
  }
  throw new TypeError(`value must be text, a reference or a join, got ${JSON.stringify(value)}`);
}

function plainName(logicalId: string): string {
  return logicalId.replace(/[0-9A-F]{8}$/, '');
}
