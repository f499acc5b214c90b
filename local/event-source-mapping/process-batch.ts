import type { MappingLimits } from '../../lib/deployment-limits.ts';
import { firstFailure } from './first-failure.ts';
import type { Discarded } from './on-failure.ts';
import type { SourceRecord } from './source.ts';

type Records<Event> = readonly SourceRecord<Event>[];

/** The steps of processing a batch. Each may end it by throwing. */
export interface BatchSteps<Event> {
  invoke(records: Records<Event>): Promise<unknown>;
  succeeded(records: Records<Event>): void;
  discard(records: Records<Event>, why: Omit<Discarded, 'shardId' | 'records'>): Promise<void>;
  /** Waits before the n-th retry, from 1. */
  waitBeforeRetry(retry: number): Promise<void>;
  /** Epoch milliseconds. */
  now(): number;
  /** Called with what the function threw or answered when a batch, or a part of it, failed. */
  failed(error: unknown): void;
}

/**
 * Processes a batch in order. When it returns, every record is processed or discarded.
 *
 * As in Lambda: a batch that fails as a whole is split in two if bisecting is on, which uses no retry; otherwise it is
 * retried. A batch that fails in part is retried from its first failed record on, as a new batch with all its retries.
 * A batch without retries left is discarded, and so are records that have become too old.
 * Source: AWS Lambda developer guide, "Lambda parameters for Kinesis event source mappings", "Configuring partial batch
 * response".
 */
export async function processBatch<Event>(
  batch: Records<Event>,
  limits: MappingLimits,
  steps: BatchSteps<Event>,
): Promise<void> {
  const queue: QueuedRecords<Event>[] = [{ records: batch, failures: 0, invocations: 0, unhandled: false }];
  for (let attempt = queue.shift(); attempt !== undefined; attempt = queue.shift()) {
    const records = await discardExpired(attempt, limits, steps);
    if (records.length === 0) continue;
    const invocations = attempt.invocations + 1;
    const { failedAt, unhandled } = await invokeAndJudge(records, limits, steps);
    const seen = { invocations, unhandled };
    const succeeded = records.slice(0, failedAt ?? records.length);
    if (succeeded.length > 0) steps.succeeded(succeeded);
    if (failedAt === undefined) continue;

    if (succeeded.length > 0) {
      queue.unshift({ records: records.slice(failedAt), failures: 0, ...seen });
    } else if (limits.bisectBatchOnError && records.length > 1) {
      const middle = Math.ceil(records.length / 2);
      const { failures } = attempt;
      queue.unshift(
        { records: records.slice(0, middle), failures, ...seen },
        { records: records.slice(middle), failures, ...seen },
      );
    } else if (attempt.failures >= bound(limits.retryAttempts)) {
      await steps.discard(records, { condition: 'RetryAttemptsExhausted', ...seen });
    } else {
      const failures = attempt.failures + 1;
      await steps.waitBeforeRetry(failures);
      queue.unshift({ records, failures, ...seen });
    }
  }
}

interface QueuedRecords<Event> {
  readonly records: Records<Event>;
  /** Failures that count against the retry limit. */
  readonly failures: number;
  /** The number of invocations with these records. */
  readonly invocations: number;
  /** Whether the last invocation gave no answer. */
  readonly unhandled: boolean;
}

/** Discards expired records. @returns the others */
async function discardExpired<Event>(
  { records, invocations, unhandled }: QueuedRecords<Event>,
  limits: MappingLimits,
  steps: BatchSteps<Event>,
): Promise<Records<Event>> {
  const oldest = steps.now() - bound(limits.maxRecordAgeSeconds) * 1000;
  const isExpired = ({ arrivedAt }: SourceRecord<Event>) => arrivedAt < oldest;
  const expired = records.filter(isExpired);
  if (expired.length === 0) return records;
  await steps.discard(expired, { condition: 'RecordAgeExceeded', invocations, unhandled });
  return records.filter((record) => !isExpired(record));
}

/** −1 means no limit, as in Lambda. */
function bound(limit: number): number {
  return limit === -1 ? Number.POSITIVE_INFINITY : limit;
}

/** The index of the record at which the batch failed, if it failed, and whether the function gave no answer. */
async function invokeAndJudge<Event>(
  records: Records<Event>,
  limits: MappingLimits,
  steps: BatchSteps<Event>,
): Promise<{ readonly failedAt: number | undefined; readonly unhandled: boolean }> {
  try {
    const answer = await steps.invoke(records);
    if (!limits.reportBatchItemFailures) return { failedAt: undefined, unhandled: false };
    const failedAt = firstFailure(
      answer,
      records.map(({ sequenceNumber }) => sequenceNumber),
    );
    if (failedAt !== undefined) steps.failed(answer);
    return { failedAt, unhandled: false };
  } catch (error) {
    steps.failed(error);
    return { failedAt: 0, unhandled: true };
  }
}
