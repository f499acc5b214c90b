/**
 * The index of the first record to retry, according to the function's answer; `undefined` if none failed.
 *
 * This is how Lambda reads a partial batch response. No failures, or no answer, means success. Of several failures the one
 * with the lowest sequence number counts. An answer that names no record of the batch means that the whole batch failed.
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
