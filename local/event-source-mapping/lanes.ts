import { createHash } from 'node:crypto';
import type { RecordReader, SourceRecord } from './source.ts';

/** The records of a shard, spread over as many lanes as there may be concurrent invocations. Records of one key share a lane. */
export interface Lanes<Event> {
  readonly readers: readonly RecordReader<Event>[];
  /** Takes records that were read from the shard, in their order. */
  add(records: readonly SourceRecord<Event>[]): void;
  /** No more records will follow. */
  end(): void;
}

/** Spreads records by a hash of the key, as Lambda does if the parallelization factor is above one. */
export function spreadOverLanes<Event>(count: number): Lanes<Event> {
  const queues = Array.from({ length: count }, (): SourceRecord<Event>[] => []);
  const waiting = queues.map(() => new Set<() => void>());
  let ended = false;
  const wake = (lane: number) => {
    for (const resume of waiting[lane] ?? []) resume();
  };
  return {
    readers: queues.map((queue, lane) => ({
      read: async (most) => queue.splice(0, most),
      get ended() {
        return ended && queue.length === 0;
      },
      waitForMore: (signal, mostMs) =>
        new Promise((resolve) => {
          if (queue.length > 0 || ended || signal.aborted) return resolve();
          const resume = () => {
            clearTimeout(timer);
            waiting[lane]?.delete(resume);
            signal.removeEventListener('abort', resume);
            resolve();
          };
          const timer = mostMs === undefined ? undefined : setTimeout(resume, mostMs);
          waiting[lane]?.add(resume);
          signal.addEventListener('abort', resume);
        }),
    })),
    add(records) {
      const touched = new Set<number>();
      for (const record of records) {
        const lane = laneOf(record.key, count);
        queues[lane]?.push(record);
        touched.add(lane);
      }
      for (const lane of touched) wake(lane);
    },
    end() {
      ended = true;
      for (const lane of queues.keys()) wake(lane);
    },
  };
}

function laneOf(key: string, count: number): number {
  return count === 1 ? 0 : createHash('md5').update(key).digest().readUInt32BE(0) % count;
}
