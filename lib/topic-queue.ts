import { Duration } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type ITopic, Subscription, SubscriptionProtocol } from 'aws-cdk-lib/aws-sns';
import { type IQueue, Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { deploymentLimits } from './deployment-limits.ts';

export interface TopicQueueProps {
  readonly topic: ITopic;
  readonly encryptionKey?: IKey | undefined;
  readonly visibilityTimeoutSeconds: number;
  /** The construct ids of the queue, of its dead-letter queue, and of the subscription. */
  readonly ids: readonly [queue: string, deadLetters: string, subscription: string];
}

/** A queue that gets each message of a topic, and its dead-letter queue. */
export function topicQueue(
  scope: Construct,
  {
    topic,
    encryptionKey,
    visibilityTimeoutSeconds,
    ids: [queueId, deadLettersId, subscriptionId],
  }: TopicQueueProps,
): { readonly queue: IQueue; readonly deadLetters: IQueue } {
  const deadLetters = new Queue(scope, deadLettersId, queueProps(encryptionKey));
  const queue = new Queue(scope, queueId, {
    ...queueProps(encryptionKey),
    visibilityTimeout: Duration.seconds(visibilityTimeoutSeconds),
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: deploymentLimits.topicQueue.receives },
  });
  subscribeQueue(scope, queue, topic, subscriptionId, deadLetters);
  return { queue, deadLetters };
}

/**
 * Subscribes the queue to the topic, and lets this topic alone send to it. What SNS cannot send there goes to the dead-letter queue, too: "When
 * Amazon SNS receives a client-side error, […] Amazon SNS discards the message—unless a dead-letter queue is attached to the subscription". SQS
 * moves messages back from the dead-letter queue of a queue alone, so the subscription shares that one.
 * Sources: https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html,
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html
 *
 * CDK's own subscription also names the topic in the policy of the queue's key. Where one key encrypts both, that would be a circular dependency.
 * `customerManagedKey` admits SNS itself.
 */
function subscribeQueue(
  scope: Construct,
  queue: IQueue,
  topic: ITopic,
  id: string,
  deadLetters: IQueue,
): void {
  queue.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('sns.amazonaws.com')],
      actions: ['sqs:SendMessage'],
      resources: [queue.queueArn],
      conditions: { ArnEquals: { 'aws:SourceArn': topic.topicArn } },
    }),
  );
  new Subscription(scope, id, {
    topic,
    protocol: SubscriptionProtocol.SQS,
    endpoint: queue.queueArn,
    rawMessageDelivery: true,
    deadLetterQueue: deadLetters,
  });
}

/** Encrypted, reached by TLS alone, and with the longest retention that SQS has. */
function queueProps(encryptionKey: IKey | undefined): QueueProps {
  return {
    ...(encryptionKey === undefined
      ? { encryption: QueueEncryption.SQS_MANAGED }
      : { encryption: QueueEncryption.KMS, encryptionMasterKey: encryptionKey }),
    enforceSSL: true,
    retentionPeriod: Duration.days(deploymentLimits.topicQueue.retentionDays),
  };
}
