import type { MappingLimits } from '../../lib/limits.ts';
import { firstFailure } from './first-failure.ts';
import type { Condition } from './on-failure.ts';
import type { SourceRecord } from './source.ts';

type Records<Event> = readonly SourceRecord<Event>[];

/** What a batch goes through; each may end the processing by throwing. */
export interface BatchSteps<Event> {
  invoke(records: Records<Event>): Promise<unknown>;
  succeeded(records: Records<Event>): void;
  discard(records: Records<Event>, condition: Condition, invocations: number): Promise<void>;
  /** Waits before the n-th retry, from 1. */
  waitBeforeRetry(retry: number): Promise<void>;
  /** Epoch milliseconds. */
  now(): number;
  /** Called with what the function threw or answered when a batch, or a part of it, failed. */
  failed(error: unknown): void;
}

/**
 * Brings a batch to its end, in order: every record is processed or discarded when it returns.
 *
 * As Lambda does it: a batch that fails as a whole is split in two where bisecting is on, which costs no retry, else
 * repeated; one that fails in part is repeated from its first failed record on, as a batch of its own with all its
 * retries. A batch of retries used up, or records grown too old, are discarded.
 * Source: AWS Lambda developer guide, "Lambda parameters for Kinesis event source mappings", "Configuring partial batch
 * response".
 */
export async function processBatch<Event>(
  batch: Records<Event>,
  limits: MappingLimits,
  steps: BatchSteps<Event>,
): Promise<void> {
  const queue: Attempt<Event>[] = [{ records: batch, failures: 0, invocations: 0 }];
  for (let attempt = queue.shift(); attempt !== undefined; attempt = queue.shift()) {
    const records = await discardExpired(attempt, limits, steps);
    if (records.length === 0) continue;
    const invocations = attempt.invocations + 1;
    const failedAt = await invokeAndJudge(records, limits, steps);
    const succeeded = records.slice(0, failedAt ?? records.length);
    if (succeeded.length > 0) steps.succeeded(succeeded);
    if (failedAt === undefined) continue;

    if (succeeded.length > 0) {
      queue.unshift({ records: records.slice(failedAt), failures: 0, invocations });
    } else if (limits.bisectBatchOnError && records.length > 1) {
      const middle = Math.ceil(records.length / 2);
      const { failures } = attempt;
      queue.unshift(
        { records: records.slice(0, middle), failures, invocations },
        { records: records.slice(middle), failures, invocations },
      );
    } else if (attempt.failures >= limits.retryAttempts) {
      await steps.discard(records, 'RetryAttemptsExhausted', invocations);
    } else {
      const failures = attempt.failures + 1;
      await steps.waitBeforeRetry(failures);
      queue.unshift({ records, failures, invocations });
    }
  }
}

interface Attempt<Event> {
  readonly records: Records<Event>;
  /** Failures that count against the retries. */
  readonly failures: number;
  /** Invocations that these records have seen. */
  readonly invocations: number;
}

/** @returns the records that are young enough */
async function discardExpired<Event>(
  { records, invocations }: Attempt<Event>,
  limits: MappingLimits,
  steps: BatchSteps<Event>,
): Promise<Records<Event>> {
  const oldest = steps.now() - limits.maxRecordAgeSeconds * 1000;
  const expired = records.filter(({ arrivedAt }) => arrivedAt < oldest);
  if (expired.length === 0) return records;
  await steps.discard(expired, 'RecordAgeExceeded', invocations);
  return records.filter(({ arrivedAt }) => arrivedAt >= oldest);
}

/** @returns the index of the first record that failed, `undefined` if none did */
async function invokeAndJudge<Event>(
  records: Records<Event>,
  limits: MappingLimits,
  steps: BatchSteps<Event>,
): Promise<number | undefined> {
  try {
    const answer = await steps.invoke(records);
    if (!limits.reportBatchItemFailures) return undefined;
    const failedAt = firstFailure(
      answer,
      records.map(({ sequenceNumber }) => sequenceNumber),
    );
    if (failedAt !== undefined) steps.failed(answer);
    return failedAt;
  } catch (error) {
    steps.failed(error);
    return 0;
  }
}
