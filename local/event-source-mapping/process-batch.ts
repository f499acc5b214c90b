import type { MappingLimits } from '../../lib/deployment-limits.ts';
import { firstFailure } from './first-failure.ts';
import type { Discarded } from './on-failure.ts';
import type { SourceRecord } from './source.ts';

type Records<Event> = readonly SourceRecord<Event>[];

/** What a batch goes through; each may end the processing by throwing. */
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
  const queue: Attempt<Event>[] = [{ records: batch, failures: 0, invocations: 0, unhandled: false }];
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

interface Attempt<Event> {
  readonly records: Records<Event>;
  /** Failures that count against the retries. */
  readonly failures: number;
  /** Invocations that these records have seen. */
  readonly invocations: number;
  /** Whether the last of these gave no answer. */
  readonly unhandled: boolean;
}

/** @returns the records that are young enough */
async function discardExpired<Event>(
  { records, invocations, unhandled }: Attempt<Event>,
  limits: MappingLimits,
  steps: BatchSteps<Event>,
): Promise<Records<Event>> {
  const oldest = steps.now() - bound(limits.maxRecordAgeSeconds) * 1000;
  const expired = records.filter(({ arrivedAt }) => arrivedAt < oldest);
  if (expired.length === 0) return records;
  await steps.discard(expired, { condition: 'RecordAgeExceeded', invocations, unhandled });
  return records.filter(({ arrivedAt }) => arrivedAt >= oldest);
}

/** −1 is Lambda's way to say that there is no limit. */
function bound(limit: number): number {
  return limit === -1 ? Number.POSITIVE_INFINITY : limit;
}

/** Where the batch failed: at the index of a record, or nowhere; and whether the function gave no answer. */
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
