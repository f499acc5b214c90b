import { setTimeout as delay } from 'node:timers/promises';
import type { FunctionLimits, MappingLimits } from '../../lib/limits.ts';
import { passesFilters } from './filter.ts';
import { type Handler, invoke } from './invoke.ts';
import type { OnFailure } from './on-failure.ts';
import { processBatch } from './process-batch.ts';
import type { ShardReader, Source, SourceRecord } from './source.ts';

/** Lambda's limit on what one invocation is given. */
const payloadBytes = 6 * 1024 * 1024;
const firstRetryDelayMs = 50;
const longestRetryDelayMs = 5_000;

export interface MappingOptions<Event> {
  readonly source: Source<Event>;
  readonly functionName: string;
  readonly handler: Handler<Event>;
  readonly limits: { readonly mapping: MappingLimits; readonly function: FunctionLimits };
  readonly onFailure: OnFailure;
  /** Waits between retries; real time unless given. */
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
  count(what: keyof MappingProgress, records: number): void;
  failed(error: unknown): void;
}

async function run<Event>(worker: Worker<Event>): Promise<void> {
  const shards = await worker.source.shards();
  await Promise.all(shards.map((shard) => runShard(shard, worker)));
}

async function runShard<Event>(shard: ShardReader<Event>, worker: Worker<Event>): Promise<void> {
  const { limits, signal } = worker;
  const backlog: SourceRecord<Event>[] = [];
  while (!signal.aborted) {
    const batch = await gather(shard, backlog, worker);
    const last = batch.at(-1);
    if (last === undefined) continue;
    const passing = batch.filter(({ matchable }) => passesFilters(matchable, limits.mapping.filters));
    if (passing.length < batch.length) worker.count('filtered', batch.length - passing.length);
    if (passing.length > 0) await processUnlessStopped(passing, shard.shardId, worker);
    shard.checkpoint(last.sequenceNumber);
  }
}

/** The next batch: as many records as fit, waiting for them as long as the window allows. Empty when stopping. */
async function gather<Event>(
  shard: ShardReader<Event>,
  backlog: SourceRecord<Event>[],
  { limits, signal, now }: Worker<Event>,
): Promise<readonly SourceRecord<Event>[]> {
  const { batchSize, batchWindowSeconds } = limits.mapping;
  let closesAt = Number.POSITIVE_INFINITY;
  while (!signal.aborted) {
    if (backlog.length < batchSize) backlog.push(...(await shard.read(batchSize - backlog.length)));
    if (backlog.length > 0) closesAt = Math.min(closesAt, now() + batchWindowSeconds * 1000);
    const fitting = countFitting(backlog, batchSize);
    if (fitting > 0 && (fitting === batchSize || fitting < backlog.length || now() >= closesAt)) {
      return backlog.splice(0, fitting);
    }
    const untilClosed = Number.isFinite(closesAt) ? AbortSignal.timeout(closesAt - now()) : undefined;
    await shard.waitForMore(untilClosed === undefined ? signal : AbortSignal.any([signal, untilClosed]));
  }
  return [];
}

/** How many records, from the first on, one payload takes: at least one. */
function countFitting(records: readonly SourceRecord<unknown>[], batchSize: number): number {
  let bytes = 0;
  const tooMany = records.findIndex((record, index) => {
    bytes += record.bytes;
    return index === batchSize || (index > 0 && bytes > payloadBytes);
  });
  return tooMany === -1 ? records.length : tooMany;
}

/** Processes a batch; if the mapping is stopped while it is retried, it is left as a crash would leave it. */
async function processUnlessStopped<Event>(
  batch: readonly SourceRecord<Event>[],
  shardId: string,
  worker: Worker<Event>,
): Promise<void> {
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
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

async function waitUnlessStopped(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal });
}
