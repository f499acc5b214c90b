import { type DetectorHandler, detectorHandler } from '../lambda/detector.ts';
import { type RecorderHandler, recorderHandler } from '../lambda/recorder.ts';
import type { Report } from '../lambda/report.ts';
import type { Environment } from '../lambda/settings.ts';
import { limits } from '../lib/limits.ts';
import { eventsTableSchema } from '../lib/table-schemas.ts';
import { type Clients, createClients, destroyClients, type Endpoints, localIdentity } from './clients.ts';
import { startDynamoDb } from './emulators/dynamodb.ts';
import { startKinesis } from './emulators/kinesis.ts';
import { startMessaging } from './emulators/messaging.ts';
import { kinesisSource } from './event-source-mapping/kinesis-source.ts';
import { type Mapping, startMapping } from './event-source-mapping/mapping.ts';
import { bucketOnFailure } from './event-source-mapping/on-failure.ts';
import { tableStreamSource } from './event-source-mapping/table-stream-source.ts';
import { createResources, names, type Resources } from './resources.ts';
import type { TableStream } from './table-stream.ts';

/** The whole pipeline, running on this machine. */
export interface Pipeline {
  readonly endpoints: Endpoints;
  readonly clients: Clients;
  readonly resources: Resources;
  /** Stream → recorder. */
  readonly recorder: Mapping;
  /** Stream of the events table → detector. */
  readonly detector: Mapping;
  /** Records that the stream of the events table has had so far. */
  tableStreamLength(): number;
  /** Ends what is under way and frees everything. Rejects with what broke a mapping, if one broke. */
  close(): Promise<void>;
}

export interface PipelineOptions {
  /** Settings of the two functions, by the names of their environment variables; names of resources are set already. */
  readonly environment?: Environment;
  /** Gets what the functions report of each invocation. */
  readonly report: Report;
}

/**
 * Starts emulators, makes the resources and maps the streams to the very handlers that are deployed.
 *
 * @throws RangeError if a setting is wrong; nothing is left running then
 */
export async function startPipeline({ environment = {}, report }: PipelineOptions): Promise<Pipeline> {
  const emulators = await Promise.all([startKinesis(), startDynamoDb(), startMessaging()]);
  const [kinesis, dynamoDb, messaging] = emulators;
  const endpoints = {
    kinesis: kinesis.endpoint,
    dynamoDb: dynamoDb.endpoint,
    messaging: messaging.endpoint,
  };
  const clients = createClients(endpoints);
  const closeAll = async () => {
    destroyClients(clients);
    await Promise.all(emulators.map((emulator) => emulator.close()));
  };

  try {
    const resources = await createResources(clients);
    const functionEnvironment = { ...environmentFor(endpoints, resources), ...environment };
    const recorderFunction = recorderHandler(functionEnvironment, report);
    const detectorFunction = detectorHandler(functionEnvironment, report);
    const tableStream = dynamoDb.streamOf(names.eventsTable, [
      eventsTableSchema.partitionKey,
      eventsTableSchema.sortKey,
    ]);
    const recorder = mapRecorder(clients, resources, recorderFunction);
    const detector = mapDetector(clients, tableStream, detectorFunction);
    return {
      endpoints,
      clients,
      resources,
      recorder,
      detector,
      tableStreamLength: () => tableStream.length,
      async close() {
        const stopped = await Promise.allSettled([recorder.stop(), detector.stop()]);
        await closeAll();
        for (const result of stopped) if (result.status === 'rejected') throw result.reason;
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

function environmentFor(endpoints: Endpoints, resources: Resources): Environment {
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

function mapRecorder(clients: Clients, { streamArn }: Resources, handler: RecorderHandler): Mapping {
  const source = kinesisSource(clients.kinesis, names.stream, streamArn);
  return startMapping({
    source,
    functionName: 'recorder',
    handler,
    limits: limits.recorder,
    onFailure: bucketOnFailure(clients.s3, names.quarantineBucket, source, 'recorder'),
  });
}

function mapDetector(clients: Clients, tableStream: TableStream, handler: DetectorHandler): Mapping {
  const source = tableStreamSource(tableStream);
  return startMapping({
    source,
    functionName: 'detector',
    handler,
    limits: limits.detector,
    onFailure: bucketOnFailure(clients.s3, names.quarantineBucket, source, 'detector'),
  });
}
