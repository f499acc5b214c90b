import {
  CreateTableCommand,
  type KeySchemaElement,
  ResourceInUseException,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  ResourceInUseException as StreamInUseException,
  waitUntilStreamExists,
} from '@aws-sdk/client-kinesis';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { CreateTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { changePointsTableSchema, eventsTableSchema, rulesTableSchema } from '../lib/table-schemas.ts';
import type { Clients } from './clients.ts';

/** Where each port lies behind the first one, if that is given. */
export const portOffsets = { kinesis: 0, dynamoDb: 1, messaging: 2, page: 3, lambda: 4 } as const;

/** The names of the resources on one machine. */
export const names = {
  stream: 'aed-records',
  eventsTable: 'aed-events',
  changePointsTable: 'aed-change-points',
  rulesTable: 'aed-rules',
  topic: 'aed-change-points',
  queue: 'aed-notifications',
  peopleTopic: 'aed-people',
  digestQueue: 'aed-digest',
  digestDeadLetters: 'aed-digest-not-told',
  quarantineBucket: 'aed-quarantine',
  recorderFunction: 'recorder',
  detectorFunction: 'detector',
  digestFunction: 'digest',
} as const;

/** What is known only after creation. */
export interface CreatedResources {
  readonly streamArn: string;
  readonly topicArn: string;
  /** URL of the queue that is subscribed to the topic. */
  readonly queueUrl: string;
}

interface Keys {
  readonly partitionKey: string;
  readonly sortKey: string;
}

const waitSeconds = 10;

/**
 * Creates the resources of the stack: stream, tables, bucket, topic and a queue that is subscribed to it. Those that exist
 * from an earlier start stay.
 */
export async function createResources(clients: Clients): Promise<CreatedResources> {
  const [streamArn, { topicArn, queueUrl }] = await Promise.all([
    createStream(clients),
    createTopicWithQueue(clients),
    createTable(clients, names.eventsTable, eventsTableSchema),
    createTable(clients, names.changePointsTable, changePointsTableSchema),
    createTable(clients, names.rulesTable, rulesTableSchema),
    clients.s3.send(new CreateBucketCommand({ Bucket: names.quarantineBucket })),
  ]);
  return { streamArn, topicArn, queueUrl };
}

async function createStream({ kinesis }: Clients): Promise<string> {
  await unlessThere(
    kinesis.send(new CreateStreamCommand({ StreamName: names.stream, ShardCount: 1 })),
    StreamInUseException,
  );
  await waitUntilStreamExists(
    { client: kinesis, maxWaitTime: waitSeconds, minDelay: 0.05, maxDelay: 0.5 },
    { StreamName: names.stream },
  );
  const summary = await kinesis.send(new DescribeStreamSummaryCommand({ StreamName: names.stream }));
  return known(summary.StreamDescriptionSummary?.StreamARN, 'StreamARN');
}

async function createTable(
  { dynamoDb }: Clients,
  tableName: string,
  { pendingIndex, ...keys }: Keys & { readonly pendingIndex?: Keys & { readonly name: string } },
): Promise<void> {
  const attributes = new Set([keys, ...(pendingIndex ? [pendingIndex] : [])].flatMap(keyAttributes));
  await unlessThere(
    dynamoDb.send(
      new CreateTableCommand({
        TableName: tableName,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: keySchema(keys),
        AttributeDefinitions: [...attributes].map((name) => ({ AttributeName: name, AttributeType: 'S' })),
        ...(pendingIndex && {
          GlobalSecondaryIndexes: [
            {
              IndexName: pendingIndex.name,
              KeySchema: keySchema(pendingIndex),
              Projection: { ProjectionType: 'KEYS_ONLY' },
            },
          ],
        }),
      }),
    ),
    ResourceInUseException,
  );
  await waitUntilTableExists(
    { client: dynamoDb, maxWaitTime: waitSeconds, minDelay: 0.05, maxDelay: 0.5 },
    { TableName: tableName },
  );
}

function keyAttributes({ partitionKey, sortKey }: Keys): string[] {
  return [partitionKey, sortKey];
}

function keySchema({ partitionKey, sortKey }: Keys): KeySchemaElement[] {
  return [
    { AttributeName: partitionKey, KeyType: 'HASH' },
    { AttributeName: sortKey, KeyType: 'RANGE' },
  ];
}

async function createTopicWithQueue(clients: Clients) {
  const topic = await clients.sns.send(new CreateTopicCommand({ Name: names.topic }));
  const topicArn = known(topic.TopicArn, 'TopicArn');
  const { queueUrl } = await subscribeQueue(clients, topicArn, names.queue);
  return { topicArn, queueUrl };
}

/** Creates a queue that gets a copy of every message of the topic from now on. */
export async function subscribeQueue({ sns, sqs }: Clients, topicArn: string, queueName: string) {
  const queue = await sqs.send(new CreateQueueCommand({ QueueName: queueName }));
  const queueUrl = known(queue.QueueUrl, 'QueueUrl');
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['QueueArn'] }),
  );
  const subscription = await sns.send(
    new SubscribeCommand({
      TopicArn: topicArn,
      Protocol: 'sqs',
      Endpoint: known(Attributes?.QueueArn, 'QueueArn'),
    }),
  );
  return { queueUrl, subscriptionArn: known(subscription.SubscriptionArn, 'SubscriptionArn') };
}

/** Waits for a creation. A resource that exists already is no failure. */
async function unlessThere(
  making: Promise<unknown>,
  inUse: abstract new (...args: never[]) => Error,
): Promise<void> {
  await making.catch((error: unknown) => {
    if (!(error instanceof inUse)) throw error;
  });
}

/** @throws Error naming what an emulator did not say */
export function known(value: string | undefined, name: string): string {
  if (value === undefined) throw new Error(`the emulator gave no ${name}`);
  return value;
}
