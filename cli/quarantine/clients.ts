import { KinesisClient } from '@aws-sdk/client-kinesis';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { connectionTimeoutMs, requestTimeoutMs } from '../service/clients.ts';

/** Where the service is. The SDK finds what is not given in its usual places. */
export interface ServicePlace {
  readonly region?: string | undefined;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
  /** Endpoints, if they are not those of AWS. The SDK may also find them in the environment. */
  readonly endpoints?: { readonly s3: string; readonly kinesis: string; readonly lambda: string } | undefined;
}

export interface QuarantineClients {
  readonly s3: S3Client;
  readonly kinesis: KinesisClient;
  readonly lambda: LambdaClient;
  destroy(): void;
}

/** A function may run for 15 minutes; a minute more for the network. */
const invocationTimeoutMs = 16 * 60_000;

/** @param environment - of the process: it may name an endpoint of S3 */
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
