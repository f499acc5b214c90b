import { join } from 'node:path';
import type { ClientEnvironment } from '../lambda/clients.ts';
import { allResources } from '../lambda/environment/contract.ts';
import type { Environment } from '../lambda/settings.ts';
import { deploymentLimits } from '../lib/deployment-limits.ts';
import { changePointsTableSchema, eventsTableSchema } from '../lib/table-schemas.ts';
import { type Clients, createClients, destroyClients, type Endpoints, localIdentity } from './clients.ts';
import { startDynamoDb } from './emulators/dynamodb.ts';
import type { Emulator } from './emulators/emulator.ts';
import { startKinesis } from './emulators/kinesis.ts';
import { startMessaging } from './emulators/messaging.ts';
import { storeFailure } from './emulators/store-failure.ts';
import type { StreamPuts } from './emulators/stream-puts.ts';
import type { TableStream } from './emulators/table-stream.ts';
import { closedOnFailure } from './guard/closed-on-failure.ts';
import type { KeptTopic } from './journal/keep-notifications.ts';
import { makeFolder, noteOwner, whyNotOpened } from './kept/claim-folder.ts';
import { createPeopleResources, type LocalResources } from './people-resources.ts';
import { createResources, names, portOffsets } from './resources.ts';

/** What the functions run on: the emulators with the stream, tables, topic and bucket. */
export interface Backend {
  readonly endpoints: Endpoints;
  readonly clients: Clients;
  readonly resources: LocalResources;
  /** What producers put into the stream. */
  readonly streamPuts: StreamPuts;
  /** The stream of the events table. */
  readonly tableStream: TableStream;
  /** The environment variables by which the functions find all this. The caller adds their settings. */
  readonly environment: Environment;
  /** Rejects when a database fails. Then no more should be put, and everything be closed. */
  readonly broken: Promise<never>;
  /** Frees everything. */
  close(): Promise<void>;
}

export interface BackendOptions {
  /** The folder where stream and tables are kept for the next backend. Without one they are in memory. */
  readonly folder?: string;
  /** The first port, see `portOffsets`. Without it, free ports are taken. */
  readonly firstPort?: number;
  /** Seconds in which change points come together for one message to people. Default: as deployed. */
  readonly digestSeconds?: number;
}

/** What a folder keeps of messages. */
const keptTopic: KeptTopic = {
  topic: names.topic,
  queues: [
    { name: names.queue, isRaw: false },
    { name: names.digestQueue, isRaw: true, deadLetters: names.digestDeadLetters },
  ],
};

/** Starts the emulators and creates the resources, in well under a second. @throws what stops one of them from starting */
export async function startBackend({
  folder,
  firstPort,
  digestSeconds = deploymentLimits.digest.windowSeconds,
}: BackendOptions = {}): Promise<Backend> {
  if (folder !== undefined) await makeFolder(folder);
  let onStoreFailure: (error: Error) => void = () => {};
  const broken = new Promise<never>((_, reject) => {
    onStoreFailure = (error) => reject(folder === undefined ? error : storeFailure(folder, error));
  });
  // Whoever does not listen is told by the requests that fail.
  broken.catch(() => {});
  const at = (part: 'kinesis' | 'dynamoDb' | 'messaging') => ({
    onStoreFailure,
    ...(firstPort !== undefined && { port: firstPort + portOffsets[part] }),
    ...(folder !== undefined && { folder: join(folder, part.toLowerCase()) }),
  });
  const databases = [startKinesis(at('kinesis')), startDynamoDb(at('dynamoDb'))] as const;
  // Its journal has no lock of its own: those of the databases keep out other processes.
  const messagingLast = Promise.all(databases).then(() => startMessaging({ ...at('messaging'), keptTopic }));
  const starting = await Promise.allSettled([...databases, messagingLast] as const);
  const [kinesis, dynamoDb, messaging] = await allOrNone(starting).catch(
    async (error: NodeJS.ErrnoException) => {
      throw folder === undefined || error.code === 'EADDRINUSE' ? error : await whyNotOpened(folder, error);
    },
  );
  let release = async () => {};
  const emulators = [kinesis, dynamoDb, messaging];
  const endpoints = {
    kinesis: kinesis.endpoint,
    dynamoDb: dynamoDb.endpoint,
    messaging: messaging.endpoint,
  };
  const clients = createClients(endpoints);
  const close = async () => {
    destroyClients(clients);
    await Promise.all(emulators.map((emulator) => emulator.close()));
    await release();
  };
  return closedOnFailure(close, async () => {
    if (folder !== undefined) release = await noteOwner(folder);
    const created = await createResources(clients);
    const ofPeople = await createPeopleResources(clients, created.topicArn, digestSeconds);
    const resources = { ...created, ...ofPeople };
    for (const queue of [names.queue, names.digestQueue, names.digestDeadLetters])
      messaging.sendUntaken(queue);
    const { partitionKey, sortKey } = eventsTableSchema;
    return {
      endpoints,
      clients,
      resources,
      streamPuts: kinesis.putsInto(names.stream),
      tableStream: dynamoDb.streamOf(names.eventsTable, [partitionKey, sortKey]),
      environment: environmentFor(endpoints, resources),
      broken,
      close,
    };
  });
}

/** What was started. If one fails to start, the others are closed. @throws the first failure */
async function allOrNone<Started extends readonly Emulator[]>(
  results: {
    [Index in keyof Started]: PromiseSettledResult<Started[Index]>;
  },
): Promise<Started> {
  const failed = results.find((result) => result.status === 'rejected');
  const started = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  if (failed === undefined) return started as readonly Emulator[] as Started;
  await Promise.all(started.map((emulator) => emulator.close()));
  throw failed.reason;
}

/** The environment variables by which the functions find the emulators and the resources. */
export function environmentFor(
  endpoints: Endpoints,
  { topicArn, peopleTopicArn, digestQueueUrl }: LocalResources,
): Environment {
  const ofClients: ClientEnvironment = {
    AWS_REGION: localIdentity.region,
    AWS_ACCESS_KEY_ID: localIdentity.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: localIdentity.credentials.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamoDb,
    AWS_ENDPOINT_URL_SNS: endpoints.messaging,
    AWS_ENDPOINT_URL_SQS: endpoints.messaging,
    AWS_ENDPOINT_URL_S3: endpoints.messaging,
  };
  const ofResources = allResources.write({
    eventsTable: names.eventsTable,
    changePointsTable: names.changePointsTable,
    pendingIndex: changePointsTableSchema.pendingIndex.name,
    rulesTable: names.rulesTable,
    quarantineBucket: names.quarantineBucket,
    topicArn,
    peopleTopicArn,
    digestQueueUrl,
  });
  return { ...ofClients, ...ofResources };
}
