import type { FunctionLimits, MappingLimits } from '../../lib/limits.ts';
import { passesFilters } from './filter.ts';
import { gatherBatch } from './gather-batch.ts';
import { type Handler, invoke } from './invoke.ts';
import type { OnFailure } from './on-failure.ts';
import { processBatch } from './process-batch.ts';
import type { ShardReader, Source, SourceRecord } from './source.ts';

const firstRetryDelayMs = 50;
const longestRetryDelayMs = 5_000;

export interface MappingOptions<Event> {
  readonly source: Source<Event>;
  readonly functionName: string;
  readonly handler: Handler<Event>;
  readonly limits: { readonly mapping: MappingLimits; readonly function: FunctionLimits };
  readonly onFailure: OnFailure;
  /** Waits between retries, less if the signal aborts; real time unless given. */
  readonly wait?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly now?: () => number;
}

/** What became of the records that a mapping read so far. */
export interface MappingProgress {
  readonly succeeded: number;
  readonly discarded: number;
  /** Records that no filter pattern let through. */
  readonly filtered: number;
}

/** What all shards of a mapping share. */
export interface ShardWork<Event> extends Required<MappingOptions<Event>> {
  readonly signal: AbortSignal;
  stop(): void;
  count(what: keyof MappingProgress, records: number): void;
  failed(error: unknown): void;
}

/** Brings the records of one shard to the function, batch by batch, until the work is stopped. */
export async function runShard<Event>(shard: ShardReader<Event>, work: ShardWork<Event>): Promise<void> {
  const { limits, signal, now } = work;
  const backlog: SourceRecord<Event>[] = [];
  while (!signal.aborted) {
    const batch = await gatherBatch(shard, backlog, limits.mapping, now, signal);
    const last = batch.at(-1);
    if (last === undefined) continue;
    const passing = batch.filter(({ matchable }) => passesFilters(matchable, limits.mapping.filters));
    if (passing.length < batch.length) work.count('filtered', batch.length - passing.length);
    if (passing.length > 0 && !(await processUnlessStopped(passing, shard.shardId, work))) return;
    shard.checkpoint(last.sequenceNumber);
  }
}

/**
 * Processes a batch; if the mapping is stopped before a retry, the batch is left as a crash would leave it.
 *
 * @returns whether the batch came to its end
 */
async function processUnlessStopped<Event>(
  batch: readonly SourceRecord<Event>[],
  shardId: string,
  work: ShardWork<Event>,
): Promise<boolean> {
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
      succeeded: (records) => work.count('succeeded', records.length),
      async discard(records, condition, invocations) {
        await work.onFailure({ shardId, condition, invocations, records });
        work.count('discarded', records.length);
      },
      async waitBeforeRetry(retry) {
        await work.wait(Math.min(longestRetryDelayMs, firstRetryDelayMs * 2 ** (retry - 1)), signal);
        signal.throwIfAborted();
      },
      now: work.now,
      failed: work.failed,
    });
    return true;
  } catch (error) {
    if (signal.aborted && error === signal.reason) return false;
    throw error;
  }
}
