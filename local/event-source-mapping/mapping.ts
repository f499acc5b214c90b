import { setTimeout as delay } from 'node:timers/promises';
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

export interface Mapping {
  readonly progress: MappingProgress;
  /** Calls back whenever the progress changed. */
  onProgress(callback: (progress: MappingProgress) => void): void;
  /**
   * Resolves when so many records are done with, one way or the other.
   *
   * Rejects with what broke the mapping, if it breaks before.
   */
  doneWith(records: number): Promise<void>;
  /** What the function threw or answered last when it failed, if it ever did. */
  readonly lastFailure: unknown;
  /** Ends the reading once the invocation under way has ended. Rejects with what broke the mapping, if it broke. */
  stop(): Promise<void>;
}

/** Starts to bring the records of a stream to a function, each shard in order, all shards at once. */
export function startMapping<Event>(options: MappingOptions<Event>): Mapping {
  if (options.limits.mapping.parallelizationFactor !== 1) {
    throw new RangeError(
      `parallelizationFactor must be 1 on one machine, got ${options.limits.mapping.parallelizationFactor}`,
    );
  }
  const stopping = new AbortController();
  const listeners = new Set<() => void>();
  const progress = { succeeded: 0, discarded: 0, filtered: 0 };
  let lastFailure: unknown;

  const worker: Worker<Event> = {
    ...options,
    wait: options.wait ?? waitUnlessStopped,
    now: options.now ?? Date.now,
    signal: stopping.signal,
    stop: () => stopping.abort(),
    count(what, records) {
      progress[what] += records;
      for (const listener of listeners) listener();
    },
    failed(error) {
      lastFailure = error;
    },
  };
  const running = run(worker);
  // Whoever waits for something hears of a break; nobody may be waiting yet.
  running.catch(() => {});

  return {
    get progress() {
      return { ...progress };
    },
    get lastFailure() {
      return lastFailure;
    },
    onProgress(callback) {
      listeners.add(() => callback({ ...progress }));
    },
    async doneWith(records) {
      const done = () => progress.succeeded + progress.discarded + progress.filtered >= records;
      let listener: (() => void) | undefined;
      const reached = new Promise<void>((resolve) => {
        listener = () => done() && resolve();
        listeners.add(listener);
        listener();
      });
      const ended = running.then(() => {
        if (!done())
          throw new Error(`${options.functionName}'s mapping was stopped before ${records} records`);
      });
      await Promise.race([reached, ended]).finally(() => listener && listeners.delete(listener));
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

interface Worker<Event> extends Required<MappingOptions<Event>> {
  readonly signal: AbortSignal;
  stop(): void;
  count(what: keyof MappingProgress, records: number): void;
  failed(error: unknown): void;
}

async function run<Event>(worker: Worker<Event>): Promise<void> {
  const shards = await worker.source.shards();
  // A shard that breaks ends the others too; the run is over when nothing is under way any more.
  const ended = await Promise.allSettled(shards.map((shard) => runShard(shard, worker).finally(worker.stop)));
  for (const result of ended) if (result.status === 'rejected') throw result.reason;
}

async function runShard<Event>(shard: ShardReader<Event>, worker: Worker<Event>): Promise<void> {
  const { limits, signal, now } = worker;
  const backlog: SourceRecord<Event>[] = [];
  while (!signal.aborted) {
    const batch = await gatherBatch(shard, backlog, limits.mapping, now, signal);
    const last = batch.at(-1);
    if (last === undefined) continue;
    const passing = batch.filter(({ matchable }) => passesFilters(matchable, limits.mapping.filters));
    if (passing.length < batch.length) worker.count('filtered', batch.length - passing.length);
    if (passing.length > 0 && !(await processUnlessStopped(passing, shard.shardId, worker))) return;
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
  worker: Worker<Event>,
): Promise<boolean> {
  const { functionName, handler, limits, signal } = worker;
  try {
    await processBatch(batch, limits.mapping, {
      invoke: (records) =>
        invoke(
          handler,
          records.map(({ event }) => event),
          functionName,
          limits.function.timeoutSeconds,
        ),
      succeeded: (records) => worker.count('succeeded', records.length),
      async discard(records, condition, invocations) {
        await worker.onFailure({ shardId, condition, invocations, records });
        worker.count('discarded', records.length);
      },
      async waitBeforeRetry(retry) {
        await worker.wait(Math.min(longestRetryDelayMs, firstRetryDelayMs * 2 ** (retry - 1)), signal);
        signal.throwIfAborted();
      },
      now: worker.now,
      failed: worker.failed,
    });
    return true;
  } catch (error) {
    if (signal.aborted && error === signal.reason) return false;
    throw error;
  }
}

async function waitUnlessStopped(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal }).catch(() => {});
}
