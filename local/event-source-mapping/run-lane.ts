import { passesFilters } from './filter.ts';
import { gatherBatch } from './gather-batch.ts';
import { invoke } from './invoke.ts';
import { processBatch } from './process-batch.ts';
import type { RecordReader, SourceRecord } from './source.ts';
import type { MappingProgress, MappingWork } from './work.ts';

const firstRetryDelayMs = 50;
const longestRetryDelayMs = 5_000;

/**
 * Invokes the function with one batch after another, until no record follows or the mapping is stopped.
 *
 * @param onDone - gets the records that are processed or discarded
 */
export async function runLane<Event>(
  shardId: string,
  lane: RecordReader<Event>,
  work: MappingWork<Event>,
  onDone: (records: readonly SourceRecord<Event>[]) => void,
): Promise<void> {
  const { limits, signal } = work;
  const backlog: SourceRecord<Event>[] = [];
  const done = (what: keyof MappingProgress, records: readonly SourceRecord<Event>[]) => {
    onDone(records);
    work.count(what, records.length);
  };
  while (!signal.aborted) {
    const batch = await gatherBatch(lane, backlog, limits.mapping, () => performance.now(), signal);
    if (batch.length === 0) return;
    const passing: SourceRecord<Event>[] = [];
    const filtered: SourceRecord<Event>[] = [];
    for (const record of batch) {
      (passesFilters(record.matchable, limits.mapping.filters) ? passing : filtered).push(record);
    }
    if (filtered.length > 0) done('filtered', filtered);
    if (passing.length > 0) await processUnlessStopped(shardId, passing, work, done);
  }
}

/** Processes a batch. If the mapping is stopped before a retry, the batch stays unfinished, as after a crash. */
async function processUnlessStopped<Event>(
  shardId: string,
  batch: readonly SourceRecord<Event>[],
  work: MappingWork<Event>,
  done: (what: keyof MappingProgress, records: readonly SourceRecord<Event>[]) => void,
): Promise<void> {
  const { functionName, handler, limits, signal } = work;
  try {
    await processBatch(batch, limits.mapping, {
      invoke: (records) =>
        invoke(
          handler,
          records.map(({ event }) => event),
          functionName,
          limits.function.timeoutSeconds,
        ),
      succeeded: (records) => done('succeeded', records),
      async discard(records, why) {
        await work.onFailure({ shardId, ...why, records });
        done('discarded', records);
      },
      async waitBeforeRetry(retry) {
        await work.wait(Math.min(longestRetryDelayMs, firstRetryDelayMs * 2 ** (retry - 1)), signal);
        signal.throwIfAborted();
      },
      now: work.now,
      failed: work.failed,
    });
  } catch (error) {
    if (!(signal.aborted && error === signal.reason)) throw error;
  }
}
