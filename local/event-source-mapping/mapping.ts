import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { runShards } from './run-shards.ts';
import type { MappingOptions, MappingProgress, MappingWork } from './work.ts';

export interface Mapping {
  readonly progress: MappingProgress;
  /** Calls back whenever the progress changes. */
  onProgress(callback: (progress: MappingProgress) => void): void;
  /**
   * Resolves when this many records are processed or discarded.
   *
   * Rejects with the mapping's failure, if it fails first.
   */
  doneWith(records: number): Promise<void>;
  /** What the function threw or answered at its last failure, if it ever failed. */
  readonly lastFailure: unknown;
  /** Stops after the current invocation. Rejects with the mapping's failure, if it has failed. */
  stop(): Promise<void>;
}

/** Lambda's limit. */
const mostAtOnce = 10;

/**
 * Starts to invoke a function with the records of a stream: all shards at once, and the records of one key in order.
 *
 * @throws RangeError if Lambda would refuse the parallelization factor
 */
export function startMapping<Event>(options: MappingOptions<Event>): Mapping {
  const { parallelizationFactor } = options.limits.mapping;
  if (
    !Number.isInteger(parallelizationFactor) ||
    parallelizationFactor < 1 ||
    parallelizationFactor > mostAtOnce
  ) {
    throw new RangeError(
      `parallelizationFactor must be an integer from 1 to ${mostAtOnce}, got ${parallelizationFactor}`,
    );
  }
  const stopping = new AbortController();
  // Each shard and each batch under way adds a listener, so many listeners are no leak.
  setMaxListeners(0, stopping.signal);
  const listeners = new Set<() => void>();
  const progress = { succeeded: 0, discarded: 0, filtered: 0 };
  let lastFailure: unknown;

  const work: MappingWork<Event> = {
    ...options,
    startingPosition: options.startingPosition ?? 'TRIM_HORIZON',
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
  const running = runShards(work);
  // Those who wait get the failure. Nobody may be waiting yet, so it must not count as unhandled.
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

async function waitUnlessStopped(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal }).catch(() => {});
}
