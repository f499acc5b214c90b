import { randomUUID } from 'node:crypto';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Source, SourceRecord } from './source.ts';

/** Why a mapping gave up on records. */
export type Condition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

/** Records that a mapping gave up on. */
export interface Discarded {
  readonly shardId: string;
  readonly condition: Condition;
  /** The number of invocations with these records. */
  readonly invocations: number;
  /** Whether the last invocation threw or timed out, so that there is no answer. */
  readonly unhandled: boolean;
  readonly records: readonly SourceRecord<unknown>[];
}

/** The destination of records that a mapping gives up on. */
export type OnFailure = (discarded: Discarded) => Promise<void>;

/**
 * An on-failure destination in a bucket. Each batch becomes one object with its payload, as Lambda writes it.
 *
 * Source: AWS Lambda developer guide, "Retain discarded batch records".
 */
export function bucketOnFailure(
  client: S3Client,
  bucketName: string,
  source: Pick<Source<unknown>, 'arn' | 'batchInfoName'>,
  functionName: string,
): OnFailure {
  const mappingId = randomUUID();
  return async ({ shardId, condition, invocations, unhandled, records }) => {
    const [first] = records;
    if (first === undefined) return;
    const last = records.at(-1) ?? first;
    const now = new Date().toISOString();
    const body = {
      requestContext: {
        requestId: randomUUID(),
        functionArn: `arn:aws:lambda:us-east-1:000000000000:function:${functionName}`,
        condition,
        approximateInvokeCount: invocations,
      },
      responseContext:
        invocations === 0
          ? null
          : {
              statusCode: 200,
              executedVersion: '$LATEST',
              functionError: unhandled ? 'Unhandled' : null,
            },
      version: '1.0',
      timestamp: now,
      [source.batchInfoName]: {
        shardId,
        startSequenceNumber: first.sequenceNumber,
        endSequenceNumber: last.sequenceNumber,
        approximateArrivalOfFirstRecord: new Date(first.arrivedAt).toISOString(),
        approximateArrivalOfLastRecord: new Date(last.arrivedAt).toISOString(),
        batchSize: records.length,
        streamArn: source.arn,
      },
      payload: JSON.stringify({ Records: records.map(({ event }) => event) }),
    };
    const day = now.slice(0, 10).replaceAll('-', '/');
    const second = now.slice(0, 19).replaceAll(':', '.');
    await client.send(
      new PutObjectCommand({
        Bucket: bucketName,
        Key: `aws/lambda/${mappingId}/${shardId}/${day}/${second}-${randomUUID()}`,
        ContentType: 'application/json',
        Body: JSON.stringify(body),
      }),
    );
  };
}
