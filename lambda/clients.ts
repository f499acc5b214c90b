import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { limits } from './limits.ts';
import type { Environment } from './settings.ts';

/** What every client is bounded by: no call waits for ever, none is repeated for ever. */
const bounds = {
  maxAttempts: limits.sdkAttempts,
  requestHandler: {
    connectionTimeout: limits.connectionTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    throwOnRequestTimeout: true,
  },
};

/** The client that speaks in plain numbers: any double that is storable goes in and comes back the same. */
export function dynamoClient(environment: Environment): DynamoDBDocumentClient {
  const client = new DynamoDBClient({ ...bounds, ...endpoint(environment.AWS_ENDPOINT_URL_DYNAMODB) });
  return DynamoDBDocumentClient.from(client, {
    marshallOptions: { removeUndefinedValues: true, allowImpreciseNumbers: true },
    unmarshallOptions: { wrapNumbers: Number },
  });
}

export function snsClient(environment: Environment): SNSClient {
  return new SNSClient({ ...bounds, ...endpoint(environment.AWS_ENDPOINT_URL_SNS) });
}

export function s3Client(environment: Environment): S3Client {
  const url = environment.AWS_ENDPOINT_URL_S3;
  return new S3Client({ ...bounds, ...endpoint(url), forcePathStyle: url !== undefined });
}

function endpoint(url: string | undefined): { endpoint?: string } {
  return url === undefined ? {} : { endpoint: url };
}
