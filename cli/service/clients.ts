import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { type Clients, createClients, localIdentity } from '../../local/clients.ts';
import type { Service } from './service.ts';

export const connectionTimeoutMs = 5_000;
export const requestTimeoutMs = 30_000;

/** Clients for a service. Region and credentials are those of the SDK, unless the service is on this machine. */
export function clientsFor({ region, endpoints }: Service, environment: NodeJS.ProcessEnv): Clients {
  if (endpoints !== undefined && needsLocalIdentity(endpoints.kinesis, environment))
    return createClients(endpoints);
  const common = {
    ...(region !== undefined && { region }),
    ...(region === undefined && endpoints !== undefined && { region: localIdentity.region }),
    maxAttempts: 4,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: connectionTimeoutMs,
      requestTimeout: requestTimeoutMs,
    }),
  };
  const messaging = endpoints && { endpoint: endpoints.messaging };
  return {
    kinesis: new KinesisClient({ ...common, ...(endpoints && { endpoint: endpoints.kinesis }) }),
    dynamoDb: new DynamoDBClient({ ...common, ...(endpoints && { endpoint: endpoints.dynamoDb }) }),
    sns: new SNSClient({ ...common, ...messaging }),
    sqs: new SQSClient({ ...common, ...messaging }),
    s3: new S3Client({ ...common, ...messaging, forcePathStyle: endpoints !== undefined }),
  };
}

/** Whether the endpoint is on this machine and no credentials are set. An emulator accepts any. */
export function needsLocalIdentity(endpoint: string, environment: NodeJS.ProcessEnv): boolean {
  const hasIdentity = environment.AWS_ACCESS_KEY_ID !== undefined || environment.AWS_PROFILE !== undefined;
  return isLoopback(endpoint) && !hasIdentity;
}

function isLoopback(endpoint: string): boolean {
  return /^(localhost|127\.[\d.]+|\[::1\])$/.test(new URL(endpoint).hostname);
}
