import { KinesisClient } from '@aws-sdk/client-kinesis';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { connectionTimeoutMs, requestTimeoutMs } from '../service/clients.ts';

/** Where the service is; what is not given, the SDK looks for where it always does. */
export interface ServicePlace {
  readonly region?: string | undefined;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
  /** Where these are, if not at AWS; the SDK may find it in its environment as well. */
  readonly endpoints?: { readonly s3: string; readonly kinesis: string; readonly lambda: string } | undefined;
}

export interface QuarantineClients {
  readonly s3: S3Client;
  readonly kinesis: KinesisClient;
  readonly lambda: LambdaClient;
  destroy(): void;
}

/** A function may take this long to answer: 15 minutes, and the way. */
const invocationTimeoutMs = 16 * 60_000;

/** @param environment - of the process: names the endpoint of S3 if that has one of its own */
export function quarantineClients(
  { region, credentials, endpoints }: ServicePlace,
  environment: Readonly<Record<string, string | undefined>>,
): QuarantineClients {
  const common = (endpoint: string | undefined, requestTimeout: number) => ({
    ...(region !== undefined && { region }),
    ...(credentials !== undefined && { credentials }),
    ...(endpoint !== undefined && { endpoint }),
    requestHandler: new NodeHttpHandler({
      connectionTimeout: connectionTimeoutMs,
      requestTimeout,
      throwOnRequestTimeout: true,
    }),
  });
  // Emulators have no host name for each bucket.
  const forcePathStyle =
    (endpoints?.s3 ?? environment.AWS_ENDPOINT_URL_S3 ?? environment.AWS_ENDPOINT_URL) !== undefined;
  const s3 = new S3Client({ ...common(endpoints?.s3, requestTimeoutMs), forcePathStyle });
  const kinesis = new KinesisClient(common(endpoints?.kinesis, requestTimeoutMs));
  const lambda = new LambdaClient({ ...common(endpoints?.lambda, invocationTimeoutMs), maxAttempts: 1 });
  return {
    s3,
    kinesis,
    lambda,
    destroy() {
      for (const client of [s3, kinesis, lambda]) client.destroy();
    },
  };
}
