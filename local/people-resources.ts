import { CreateTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { deploymentLimits, digestQueueSeconds } from '../lib/deployment-limits.ts';
import type { Clients } from './clients.ts';
import { type CreatedResources, known, names } from './resources.ts';

/** What is known only after creation. */
export interface PeopleResources {
  readonly peopleTopicArn: string;
  /** URL of the queue that is subscribed to the topic of change points, for the digest. */
  readonly digestQueueUrl: string;
  readonly digestQueueArn: string;
}

/** All that is known only after creation. */
export type LocalResources = CreatedResources & PeopleResources;

/** Creates the topic of people and the queue of the digest, with the queue for what is never told. */
export async function createPeopleResources(
  { sns, sqs }: Clients,
  topicArn: string,
  digestSeconds: number,
): Promise<PeopleResources> {
  const topic = await sns.send(new CreateTopicCommand({ Name: names.peopleTopic }));
  const deadLetters = await createQueue(sqs, names.digestDeadLetters, {});
  const queue = await createQueue(sqs, names.digestQueue, {
    VisibilityTimeout: String(digestQueueSeconds(digestSeconds)),
    RedrivePolicy: JSON.stringify({
      deadLetterTargetArn: deadLetters.arn,
      maxReceiveCount: deploymentLimits.topicQueue.receives,
    }),
  });
  await sns.send(
    new SubscribeCommand({
      TopicArn: topicArn,
      Protocol: 'sqs',
      Endpoint: queue.arn,
      Attributes: { RawMessageDelivery: 'true' },
    }),
  );
  return {
    peopleTopicArn: known(topic.TopicArn, 'TopicArn'),
    digestQueueUrl: queue.url,
    digestQueueArn: queue.arn,
  };
}

async function createQueue(sqs: Clients['sqs'], QueueName: string, Attributes: Record<string, string>) {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
  const url = known(QueueUrl, 'QueueUrl');
  const answer = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] }),
  );
  return { url, arn: known(answer.Attributes?.QueueArn, 'QueueArn') };
}
