import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { NodeHttpHandler } from '@smithy/node-http-handler';

// The pinned SDK runs on Node 20. Its warning that later versions will not concerns only those who update it.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

/** Where the emulators listen. */
export interface Endpoints {
  readonly kinesis: string;
  readonly dynamoDb: string;
  /** SNS, SQS and S3. */
  readonly messaging: string;
}

/** Emulators want credentials in the right form but do not check them. */
export const localIdentity = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
};

export interface Clients {
  readonly kinesis: KinesisClient;
  readonly dynamoDb: DynamoDBClient;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  readonly s3: S3Client;
}

/** Clients of the real SDK that speak to the emulators. */
export function createClients(endpoints: Endpoints): Clients {
  const messaging = { ...localIdentity, endpoint: endpoints.messaging };
  return {
    // The Kinesis client speaks HTTP/2 unless told otherwise; the emulator does not.
    kinesis: new KinesisClient({
      ...localIdentity,
      endpoint: endpoints.kinesis,
      requestHandler: new NodeHttpHandler(),
    }),
    dynamoDb: new DynamoDBClient({ ...localIdentity, endpoint: endpoints.dynamoDb }),
    sns: new SNSClient(messaging),
    sqs: new SQSClient(messaging),
    s3: new S3Client({ ...messaging, forcePathStyle: true }),
  };
}

export function destroyClients(clients: Clients): void {
  for (const client of Object.values(clients)) client.destroy();
}
