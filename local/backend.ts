import type { Environment } from '../lambda/settings.ts';
import { eventsTableSchema } from '../lib/table-schemas.ts';
import { type Clients, createClients, destroyClients, type Endpoints, localIdentity } from './clients.ts';
import { startDynamoDb } from './emulators/dynamodb.ts';
import { startKinesis } from './emulators/kinesis.ts';
import { startMessaging } from './emulators/messaging.ts';
import { createResources, names, type Resources } from './resources.ts';
import type { TableStream } from './table-stream.ts';

/** What the functions stand on: the emulators, and in them stream, tables, topic and buckets. */
export interface Backend {
  readonly endpoints: Endpoints;
  readonly clients: Clients;
  readonly resources: Resources;
  /** The stream of the events table. */
  readonly tableStream: TableStream;
  /** The variables by which the two functions find all this; settings of theirs are for the caller to add. */
  readonly environment: Environment;
  /** Frees everything. */
  close(): Promise<void>;
}

/** Starts the emulators and makes the resources, in well under a second. */
export async function startBackend(): Promise<Backend> {
  const emulators = await Promise.all([startKinesis(), startDynamoDb(), startMessaging()]);
  const [kinesis, dynamoDb, messaging] = emulators;
  const endpoints = {
    kinesis: kinesis.endpoint,
    dynamoDb: dynamoDb.endpoint,
    messaging: messaging.endpoint,
  };
  const clients = createClients(endpoints);
  const close = async () => {
    destroyClients(clients);
    await Promise.all(emulators.map((emulator) => emulator.close()));
  };
  try {
    const resources = await createResources(clients);
    const { partitionKey, sortKey } = eventsTableSchema;
    return {
      endpoints,
      clients,
      resources,
      tableStream: dynamoDb.streamOf(names.eventsTable, [partitionKey, sortKey]),
      environment: environmentFor(endpoints, resources),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The variables by which the functions find the emulators and what is in them. */
export function environmentFor(endpoints: Endpoints, resources: Resources): Environment {
  return {
    AWS_REGION: localIdentity.region,
    AWS_ACCESS_KEY_ID: localIdentity.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: localIdentity.credentials.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamoDb,
    AWS_ENDPOINT_URL_SNS: endpoints.messaging,
    AWS_ENDPOINT_URL_S3: endpoints.messaging,
    EVENTS_TABLE: names.eventsTable,
    CHANGE_POINTS_TABLE: names.changePointsTable,
    QUARANTINE_BUCKET: names.quarantineBucket,
    TOPIC_ARN: resources.topicArn,
  };
}
