/**
 * Where a batch failed, by the function's answer: the index of the first record to repeat; `undefined` if none.
 *
 * As Lambda reads a partial batch response: no failures, or no answer, is success; of several failures the one with the
 * lowest sequence number counts; an answer that names no record of the batch means that all of it failed.
 */
export function firstFailure(answer: unknown, sequenceNumbers: readonly string[]): number | undefined {
  if (answer === undefined || answer === null) return undefined;
  const { batchItemFailures } = answer as { batchItemFailures?: unknown };
  if (batchItemFailures === undefined || batchItemFailures === null) return undefined;
  if (!Array.isArray(batchItemFailures)) return 0;
  if (batchItemFailures.length === 0) return undefined;
  const places = batchItemFailures.map((failure) => sequenceNumbers.indexOf(failure?.itemIdentifier));
  return places.includes(-1) ? 0 : Math.min(...places);
}
