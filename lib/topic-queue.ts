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
  /** How long a message is hidden that a function works on. */
  readonly hiddenSeconds: number;
  /** The ids of the queue, of the one for what was tried in vain, and of the subscription. */
  readonly ids: readonly [queue: string, inVain: string, subscription: string];
}

/** A queue that gets each message of a topic, and one for those that were tried in vain. */
export function topicQueue(
  scope: Construct,
  { topic, encryptionKey, hiddenSeconds, ids: [queueId, inVainId, subscriptionId] }: TopicQueueProps,
): { readonly queue: IQueue; readonly inVain: IQueue } {
  const inVain = new Queue(scope, inVainId, queueProps(encryptionKey));
  const queue = new Queue(scope, queueId, {
    ...queueProps(encryptionKey),
    visibilityTimeout: Duration.seconds(hiddenSeconds),
    deadLetterQueue: { queue: inVain, maxReceiveCount: deploymentLimits.digest.queue.receives },
  });
  subscribeQueue(scope, queue, topic, subscriptionId);
  return { queue, inVain };
}

/**
 * Subscribes the queue to the topic, and lets this topic alone send to it.
 *
 * CDK's own subscription also names the topic in the policy of the queue's key. Where one key encrypts both, each would wait for the
 * other. `customerManagedKey` admits SNS itself.
 */
function subscribeQueue(scope: Construct, queue: IQueue, topic: ITopic, id: string): void {
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
  });
}

/** Encrypted, reached by TLS alone, and as patient as SQS can be. */
function queueProps(encryptionKey: IKey | undefined): QueueProps {
  return {
    ...(encryptionKey === undefined
      ? { encryption: QueueEncryption.SQS_MANAGED }
      : { encryption: QueueEncryption.KMS, encryptionMasterKey: encryptionKey }),
    enforceSSL: true,
    retentionPeriod: Duration.days(deploymentLimits.digest.queue.retentionDays),
  };
}
