import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { digestEnvironment } from '../lambda/environment/digest.ts';
import { deploymentLimits, digestMapping, digestQueueSeconds } from './deployment-limits.ts';
import type { AnyTable } from './given-table.ts';
import type { NetworkProps } from './network.ts';
import { grant, pipelineFunction } from './pipeline-function.ts';
import { checkedSetting } from './settings-table.ts';
import type { StorageProps } from './storage.ts';
import { topicQueue } from './topic-queue.ts';
import { refuseVoid } from './void-props.ts';

/** The settings of the notifications to people. */
export interface PeopleOptions {
  /**
   * A topic of people that exists already.
   *
   * @default a new one
   */
  readonly peopleTopic?: ITopic;
  /** @default made by CloudFormation */
  readonly peopleTopicName?: string | undefined;
  /**
   * Seconds in which change points are gathered for one message to people, up to 300. With 0 a message is sent at once, of up to ten change
   * points.
   *
   * @default 60
   */
  readonly digestSeconds?: number;
  /**
   * The address that gets change points by e-mail, once it has confirmed.
   *
   * @default nobody
   */
  readonly email?: string | undefined;
}

export interface PeopleProps extends PeopleOptions, NetworkProps, Pick<StorageProps, 'encryptionKey'> {
  /** The topic of change points. */
  readonly topic: ITopic;
  /** Holds what people have been notified of. */
  readonly changePointsTable: AnyTable;
}

/** The digest function with its queues, and the topic of people. */
export interface People {
  readonly topic: ITopic;
  readonly digest: IFunction;
  readonly queue: IQueue;
  /** The dead-letter queue of the digest. */
  readonly notTold: IQueue;
}

/**
 * Topic of change points → queue → digest → topic of people. What fails here leaves the topic of change points as it is.
 *
 * @param scope - a direct part of the service
 * @throws RangeError naming the setting that breaks a rule
 */
export function people(scope: Construct, props: PeopleProps): People {
  const { encryptionKey, changePointsTable } = props;
  const limits = deploymentLimits.digest;
  const digestSeconds = checkedSetting('digestSeconds', props.digestSeconds);
  if (props.peopleTopic !== undefined) refuseVoid('peopleTopic', { peopleTopicName: props.peopleTopicName });
  const topic = props.peopleTopic ?? newPeopleTopic(scope, props);
  if (props.email !== undefined) topic.addSubscription(new EmailSubscription(props.email));

  const { queue, deadLetters: notTold } = topicQueue(scope, {
    topic: props.topic,
    encryptionKey,
    visibilityTimeoutSeconds: digestQueueSeconds(digestSeconds),
    ids: ['DigestQueue', 'NotTold', 'ToDigest'],
  });

  const digest = pipelineFunction(scope, 'Digest', {
    description: 'Tells people of the change points that came together, in one message',
    entry: 'digest.lambda.ts',
    limits: limits.function,
    encryptionKeys: [encryptionKey, changePointsTable.encryptionKey, topic.masterKey],
    network: props,
    environment: digestEnvironment.write({
      changePointsTable: changePointsTable.tableName,
      peopleTopicArn: topic.topicArn,
      digestQueueUrl: queue.queueUrl,
    }),
  });
  grant(digest, ['dynamodb:GetItem', 'dynamodb:PutItem'], changePointsTable.tableArn);
  grant(digest, ['sns:Publish'], topic.topicArn);
  // The first three are what Lambda needs: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html. The digest
  // itself holds back the messages of a series that flaps.
  grant(
    digest,
    ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'],
    queue.queueArn,
  );
  const mapping = digestMapping(digestSeconds);
  new EventSourceMapping(digest, 'Messages', {
    target: digest,
    eventSourceArn: queue.queueArn,
    batchSize: mapping.batchSize,
    maxBatchingWindow: Duration.seconds(mapping.batchWindowSeconds),
    maxConcurrency: mapping.maximumConcurrency,
    reportBatchItemFailures: true,
  });
  return { topic, digest, queue, notTold };
}

function newPeopleTopic(scope: Construct, { peopleTopicName, encryptionKey }: PeopleProps): Topic {
  return new Topic(scope, 'PeopleTopic', {
    ...(peopleTopicName !== undefined && { topicName: peopleTopicName }),
    ...(encryptionKey !== undefined && { masterKey: encryptionKey }),
    displayName: 'Change points, for people',
    enforceSSL: true,
  });
}
