import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Addresses } from '../lambda/environment/destinations.ts';
import { grant } from './pipeline-function.ts';
import type { StorageProps } from './storage.ts';
import { refuseVoid } from './void-props.ts';

/** The settings of where change points go. */
export interface DestinationsOptions {
  /**
   * A topic that exists already.
   *
   * @default a new one
   */
  readonly topic?: ITopic;
  /** @default made by CloudFormation */
  readonly topicName?: string | undefined;
  /**
   * A bus of EventBridge that gets each change point as an event: its name, its ARN, or `default`.
   *
   * @default none
   */
  readonly eventBus?: string | undefined;
}

/** Where change points go, and what a function needs to publish them there. */
export interface Destinations {
  readonly topic: ITopic;
  /** The values of the function's environment variables. */
  readonly addresses: Addresses;
  /** The keys that encrypt what is published. */
  readonly encryptionKeys: readonly (IKey | undefined)[];
  /** Allows the function to publish. */
  grantPublish(to: LambdaFunction): void;
}

/**
 * The topic of change points, new or given.
 *
 * @throws RangeError if a name is given for a topic that has one
 */
export function destinations(
  scope: Construct,
  props: DestinationsOptions & Pick<StorageProps, 'encryptionKey'>,
): Destinations {
  if (props.topic !== undefined) refuseVoid('topic', { topicName: props.topicName });
  const topic = props.topic ?? newTopic(scope, props);
  return {
    topic,
    addresses: { topicArn: topic.topicArn },
    encryptionKeys: [topic.masterKey],
    grantPublish: (to) => grant(to, ['sns:Publish'], topic.topicArn),
  };
}

function newTopic(
  scope: Construct,
  { topicName, encryptionKey }: DestinationsOptions & Pick<StorageProps, 'encryptionKey'>,
): Topic {
  return new Topic(scope, 'Topic', {
    ...(topicName !== undefined && { topicName }),
    ...(encryptionKey !== undefined && { masterKey: encryptionKey }),
    displayName: 'Change points',
    enforceSSL: true,
  });
}
