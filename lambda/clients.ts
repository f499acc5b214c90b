import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { documentClient } from './document-client.ts';
import { makeLean } from './lean-client.ts';
import { processingLimits } from './processing-limits.ts';
import type { Surroundings } from './surroundings.ts';

/** The variables by which the clients find AWS, or what stands in for it. Their names are those of the SDK. */
export interface ClientEnvironment {
  readonly AWS_REGION?: string | undefined;
  readonly AWS_ACCESS_KEY_ID?: string | undefined;
  readonly AWS_SECRET_ACCESS_KEY?: string | undefined;
  readonly AWS_SESSION_TOKEN?: string | undefined;
  readonly AWS_ENDPOINT_URL?: string | undefined;
  readonly AWS_ENDPOINT_URL_DYNAMODB?: string | undefined;
  readonly AWS_ENDPOINT_URL_SNS?: string | undefined;
  readonly AWS_ENDPOINT_URL_SQS?: string | undefined;
  readonly AWS_ENDPOINT_URL_EVENTBRIDGE?: string | undefined;
  readonly AWS_ENDPOINT_URL_S3?: string | undefined;
}

type Sending = Pick<Surroundings, 'retryStrategy' | 'requestHandler'>;

/** The bounds of every client: each call has a time-out and a retry limit. */
const bounds = {
  maxAttempts: processingLimits.sdkAttempts,
  requestHandler: {
    connectionTimeout: processingLimits.connectionTimeoutMs,
    requestTimeout: processingLimits.requestTimeoutMs,
    throwOnRequestTimeout: true,
  },
};

/** A client that reads and writes plain numbers: every storable double comes back unchanged. */
export function dynamoClient(environment: ClientEnvironment, sending: Sending = {}): DynamoDBDocumentClient {
  const endpoint = environment.AWS_ENDPOINT_URL_DYNAMODB ?? environment.AWS_ENDPOINT_URL;
  const { requestHandler } = sending;
  const client = new DynamoDBClient({
    ...configuration(environment, endpoint, sending),
    ...(requestHandler !== undefined && { requestHandler }),
  });
  makeLean(client);
  return documentClient(client);
}

export function snsClient(environment: ClientEnvironment, sending: Sending = {}): SNSClient {
  const endpoint = environment.AWS_ENDPOINT_URL_SNS ?? environment.AWS_ENDPOINT_URL;
  return new SNSClient(configuration(environment, endpoint, sending));
}

export function sqsClient(environment: ClientEnvironment, sending: Sending = {}): SQSClient {
  const endpoint = environment.AWS_ENDPOINT_URL_SQS ?? environment.AWS_ENDPOINT_URL;
  return new SQSClient(configuration(environment, endpoint, sending));
}

export function eventBridgeClient(environment: ClientEnvironment, sending: Sending = {}): EventBridgeClient {
  const endpoint = environment.AWS_ENDPOINT_URL_EVENTBRIDGE ?? environment.AWS_ENDPOINT_URL;
  return new EventBridgeClient(configuration(environment, endpoint, sending));
}

export function s3Client(environment: ClientEnvironment, sending: Sending = {}): S3Client {
  const endpoint = environment.AWS_ENDPOINT_URL_S3 ?? environment.AWS_ENDPOINT_URL;
  return new S3Client({
    ...configuration(environment, endpoint, sending),
    forcePathStyle: endpoint !== undefined,
  });
}

/** The SDK reads the same variables, but from the process. Here the environment is an argument. */
function configuration(
  environment: ClientEnvironment,
  endpoint: string | undefined,
  { retryStrategy }: Pick<Sending, 'retryStrategy'>,
) {
  const { AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = environment;
  const credentials =
    AWS_ACCESS_KEY_ID === undefined || AWS_SECRET_ACCESS_KEY === undefined
      ? undefined
      : {
          accessKeyId: AWS_ACCESS_KEY_ID,
          secretAccessKey: AWS_SECRET_ACCESS_KEY,
          ...(AWS_SESSION_TOKEN !== undefined && { sessionToken: AWS_SESSION_TOKEN }),
        };
  return {
    ...bounds,
    ...(retryStrategy !== undefined && { retryStrategy }),
    ...(AWS_REGION !== undefined && { region: AWS_REGION }),
    ...(endpoint !== undefined && { endpoint }),
    ...(credentials !== undefined && { credentials }),
  };
}
