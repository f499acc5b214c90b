import { trackCheckpoint } from './checkpoint.ts';
import { payloadBytes } from './gather-batch.ts';
import { spreadOverLanes } from './lanes.ts';
import { runLane } from './run-lane.ts';
import type { ShardReader } from './source.ts';
import type { MappingWork } from './work.ts';

/** How many batches are read ahead for each concurrent invocation. */
const batchesAhead = 2;

/**
 * Invokes the function with the records of one shard, those of one key in order, with as many batches at once as the
 * parallelization factor allows.
 *
 * @returns true if the shard is processed to its end; false if the mapping was stopped before
 */
export async function runShard<Event>(
  shardId: string,
  shard: ShardReader<Event>,
  work: MappingWork<Event>,
): Promise<boolean> {
  const { parallelizationFactor, batchSize } = work.limits.mapping;
  const most = batchesAhead * batchSize * parallelizationFactor;
  const mostBytes = batchesAhead * payloadBytes * parallelizationFactor;
  const lanes = spreadOverLanes<Event>(parallelizationFactor);
  const checkpoint = trackCheckpoint((sequenceNumber) => shard.checkpoint(sequenceNumber));
  let somethingDone = () => {};

  async function readAhead(): Promise<void> {
    while (!work.signal.aborted) {
      const room = most - checkpoint.open;
      if (room <= 0 || checkpoint.openBytes >= mostBytes) {
        await untilDone(work.signal);
        continue;
      }
      const records = await shard.read(room);
      checkpoint.read(records);
      lanes.add(records);
      if (shard.ended) return lanes.end();
      if (records.length === 0) await shard.waitForMore(work.signal);
    }
  }

  function untilDone(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      somethingDone = () => {
        signal.removeEventListener('abort', somethingDone);
        resolve();
      };
      signal.addEventListener('abort', somethingDone);
      if (signal.aborted) somethingDone();
    });
  }

  const running = [
    readAhead(),
    ...lanes.readers.map((lane) =>
      runLane(shardId, lane, work, (records) => {
        checkpoint.done(records);
        somethingDone();
      }),
    ),
  ];
  // A failure ends the other lanes too. The shard ends when none of its batches is under way.
  const ended = await Promise.allSettled(
    running.map((part) =>
      part.catch((error: unknown) => {
        work.stop();
        throw error;
      }),
    ),
  );
  for (const result of ended) if (result.status === 'rejected') throw result.reason;
  return shard.ended && checkpoint.open === 0;
}
