import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, type IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { eventSource, forwarderEnvironment } from '../../lambda/environment/forwarder.ts';
import { deploymentLimits } from '../deployment-limits.ts';
import type { DestinationsOptions } from '../destinations.ts';
import type { NetworkProps } from '../network.ts';
import { grant, pipelineFunction } from '../pipeline-function.ts';
import { checkedSetting } from '../settings-table.ts';
import type { StorageProps } from '../storage.ts';
import { topicQueue } from '../topic-queue.ts';

export interface EventBusProps
  extends Pick<DestinationsOptions, 'eventBus'>,
    NetworkProps,
    Pick<StorageProps, 'encryptionKey'> {
  /** The topic of change points. */
  readonly topic: ITopic;
}

/** The forwarder function with its queues. */
export interface EventBusParts {
  readonly forwarder: IFunction;
  readonly queue: IQueue;
  /** The dead-letter queue of the forwarder. */
  readonly notForwarded: IQueue;
}

/**
 * Topic of change points → queue → forwarder → bus. What fails here leaves the topic of change points as it is.
 *
 * @param scope - a direct part of the service
 * @returns `undefined` without a bus
 * @throws RangeError naming the setting that breaks a rule
 */
export function eventBus(scope: Construct, props: EventBusProps): EventBusParts | undefined {
  const bus = checkedSetting('eventBus', props.eventBus);
  if (bus === undefined) return undefined;
  const { encryptionKey, topic } = props;
  const { function: limits, mapping } = deploymentLimits.forwarder;
  const { queue, deadLetters: notForwarded } = topicQueue(scope, {
    topic,
    encryptionKey,
    // "Six times your function timeout": https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
    visibilityTimeoutSeconds: 6 * limits.timeoutSeconds,
    ids: ['ForwarderQueue', 'NotForwarded', 'ToForwarder'],
  });
  const forwarder = pipelineFunction(scope, 'Forwarder', {
    description: 'Puts each change point as an event on a bus',
    entry: 'forwarder.lambda.ts',
    limits,
    encryptionKeys: [encryptionKey],
    network: props,
    environment: forwarderEnvironment.write({ eventBus: bus }),
  });
  const busArn = arnOf(scope, bus);
  // IAM checks the condition for each event of a call:
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html
  forwarder.addToRolePolicy(
    new PolicyStatement({
      actions: ['events:PutEvents'],
      resources: [busArn],
      conditions: { StringEquals: { 'events:source': eventSource } },
    }),
  );
  // What is put on a bus that is gone is lost without an error.
  grant(forwarder, ['events:DescribeEventBus'], busArn);
  grant(forwarder, ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], queue.queueArn);
  new EventSourceMapping(forwarder, 'Messages', {
    target: forwarder,
    eventSourceArn: queue.queueArn,
    batchSize: mapping.batchSize,
    maxConcurrency: mapping.maximumConcurrency,
    reportBatchItemFailures: true,
  });
  return { forwarder, queue, notForwarded };
}

function arnOf(scope: Construct, bus: string): string {
  if (bus.startsWith('arn:')) return bus;
  return Stack.of(scope).formatArn({
    service: 'events',
    resource: 'event-bus',
    resourceName: bus,
    arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
  });
}
