import type { MappingLimits } from '../../lib/deployment-limits.ts';
import type { RecordReader, SourceRecord } from './source.ts';

/** Lambda's payload limit for one invocation. */
export const payloadBytes = 6 * 1024 * 1024;

/**
 * The next batch: as many records as fit, after waiting for them for at most the batch window.
 *
 * @param backlog - records read but not yet in a batch; new ones are added, and those of the batch are removed
 * @param now - milliseconds of a clock that nobody sets
 * @param signal - ends the waiting
 * @returns at least one record; none if the signal aborted, or if nothing will follow
 */
export async function gatherBatch<Event>(
  reader: RecordReader<Event>,
  backlog: SourceRecord<Event>[],
  { batchSize, batchWindowSeconds }: Pick<MappingLimits, 'batchSize' | 'batchWindowSeconds'>,
  now: () => number,
  signal: AbortSignal,
): Promise<readonly SourceRecord<Event>[]> {
  let closesAt = Number.POSITIVE_INFINITY;
  while (!signal.aborted) {
    if (backlog.length < batchSize) backlog.push(...(await reader.read(batchSize - backlog.length)));
    if (backlog.length > 0) closesAt = Math.min(closesAt, now() + batchWindowSeconds * 1000);
    const fitting = countFitting(backlog, batchSize);
    const leftMs = closesAt - now();
    const full = fitting === batchSize || fitting < backlog.length;
    if (reader.ended || (fitting > 0 && (full || leftMs <= 0))) return backlog.splice(0, fitting);
    await reader.waitForMore(signal, fitting > 0 ? leftMs : undefined);
  }
  return [];
}

/** How many records, from the first on, fit in one payload: at least one. */
function countFitting(records: readonly SourceRecord<unknown>[], batchSize: number): number {
  let bytes = 0;
  const tooMany = records.findIndex((record, index) => {
    bytes += record.bytes;
    return index === batchSize || (index > 0 && bytes > payloadBytes);
  });
  return tooMany === -1 ? records.length : tooMany;
}
