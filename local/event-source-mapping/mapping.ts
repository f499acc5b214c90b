import { setTimeout as delay } from 'node:timers/promises';
import { type MappingOptions, type MappingProgress, runShard, type ShardWork } from './run-shard.ts';

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

  const work: ShardWork<Event> = {
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
  const running = run(work);
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

async function run<Event>(work: ShardWork<Event>): Promise<void> {
  const shards = await work.source.shards();
  // A shard that breaks ends the others too; the run is over when nothing is under way any more.
  const ended = await Promise.allSettled(shards.map((shard) => runShard(shard, work).finally(work.stop)));
  for (const result of ended) if (result.status === 'rejected') throw result.reason;
}

async function waitUnlessStopped(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal }).catch(() => {});
}
