import { type BatchSteps, processBatch } from '../../../local/event-source-mapping/process-batch.ts';

export const second = 1000;

/** Records 1 to n, one a second, named by their numbers. */
export const records = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    sequenceNumber: String(index + 1),
    key: 'one',
    arrivedAt: (index + 1) * second,
    bytes: 1,
    event: index + 1,
    matchable: undefined,
  }));

export type Answer = (batch: readonly number[], invocation: number) => unknown;

/** Runs a batch of n records against a function that answers as told, and writes down what happens. */
export async function run(
  count: number,
  answer: Answer,
  limits: { retryAttempts?: number; bisect?: boolean; report?: boolean; maxAge?: number; now?: number } = {},
): Promise<readonly string[]> {
  const happened: string[] = [];
  const numbers = (batch: readonly { readonly event: number }[]) => batch.map(({ event }) => event);
  let invocation = 0;
  const steps: BatchSteps<number> = {
    async invoke(batch) {
      happened.push(`invoke ${numbers(batch)}`);
      return answer(numbers(batch), ++invocation);
    },
    succeeded: (batch) => happened.push(`done ${numbers(batch)}`),
    async discard(batch, { condition, invocations }) {
      happened.push(`discard ${numbers(batch)} after ${invocations}: ${condition}`);
    },
    async waitBeforeRetry(retry) {
      happened.push(`wait ${retry}`);
    },
    now: () => limits.now ?? 0,
    failed() {},
  };
  const batchLimits = {
    batchSize: 100,
    batchWindowSeconds: 0,
    retryAttempts: limits.retryAttempts ?? 1,
    maxRecordAgeSeconds: limits.maxAge ?? 3600,
    bisectBatchOnError: limits.bisect ?? false,
    parallelizationFactor: 1,
    reportBatchItemFailures: limits.report ?? true,
    filters: [],
  };
  await processBatch(records(count), batchLimits, steps);
  return happened;
}

export const fail = () => {
  throw new Error('the function broke');
};
export const failures = (...identifiers: unknown[]) => ({
  batchItemFailures: identifiers.map((itemIdentifier) => ({ itemIdentifier })),
});
/** Breaks while the batch holds this record. */
export const poisonedBy =
  (poison: number): Answer =>
  (batch) =>
    batch.includes(poison) ? fail() : undefined;
