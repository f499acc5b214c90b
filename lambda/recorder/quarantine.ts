import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { processingLimits } from '../processing-limits.ts';
import type { Place } from '../record/entry.ts';
import type { Reason } from '../record/reasons.ts';

/** One entry of a record that is not an event, where it is in the record, and why. */
export interface Problem extends Place {
  readonly reason: Reason;
  readonly detail: string;
}

/** A record that no retry can repair, as it arrived. */
export interface QuarantinedRecord {
  readonly shardId: string;
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  /** ISO time at which the stream took the record. */
  readonly arrivedAt: string;
  /** The raw bytes, Base64. */
  readonly data: string;
  readonly problems: readonly Problem[];
}

export interface Quarantine {
  /** Keeps the record. Keeping it twice leaves one object. @throws what the store throws */
  keep(record: QuarantinedRecord, signal?: AbortSignal): Promise<void>;
}

/**
 * A quarantine in a bucket: one JSON object a record, named after the record's place in the stream.
 *
 * The object holds the whole record, although its good entries are already stored as events. The whole record is the
 * evidence, and a replay stores the good entries again without effect.
 */
export function bucketQuarantine(client: S3Client, bucketName: string): Quarantine {
  return {
    async keep(record, signal = new AbortController().signal) {
      const body = {
        ...record,
        problemCount: record.problems.length,
        problems: record.problems.slice(0, processingLimits.problemsPerRecord),
      };
      await client.send(
        new PutObjectCommand({
          Bucket: bucketName,
          Key: `quarantine/${record.shardId}/${record.sequenceNumber}.json`,
          ContentType: 'application/json',
          Body: JSON.stringify(body),
        }),
        { abortSignal: signal },
      );
    },
  };
}
