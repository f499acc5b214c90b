import { runShard } from './run-shard.ts';
import type { StartingPosition } from './source.ts';
import type { MappingWork } from './work.ts';

/**
 * Brings the records of a stream to the function, all its shards at once, but a shard that others were split or merged
 * into only when these are done with to their ends: so the order of a key holds across a change of shards.
 *
 * New shards come of old ones that end, so it is then that the stream is asked for them; they are read from their oldest
 * record, wherever the mapping started. A shard whose parents the stream has forgotten waits for nobody.
 */
export async function runShards<Event>(work: MappingWork<Event>): Promise<void> {
  const { source, startingPosition } = work;
  const begun = new Set<string>();
  const done = new Set<string>();

  async function beginReady(position: StartingPosition): Promise<void> {
    const shards = await source.shards();
    const listed = new Set(shards.map(({ shardId }) => shardId));
    for (const { shardId, closed } of shards) {
      // What a closed shard holds is no news.
      if (position === 'LATEST' && closed) done.add(shardId);
    }
    const ready = shards.filter(
      ({ shardId, parentIds }) =>
        !begun.has(shardId) &&
        !done.has(shardId) &&
        parentIds.every((parentId) => done.has(parentId) || !listed.has(parentId)),
    );
    for (const { shardId } of ready) begun.add(shardId);
    const ended = await Promise.allSettled(ready.map(({ shardId }) => runWithChildren(shardId, position)));
    for (const result of ended) if (result.status === 'rejected') throw result.reason;
  }

  async function runWithChildren(shardId: string, position: StartingPosition): Promise<void> {
    try {
      const reader = await source.open(shardId, position);
      if (!(await runShard(shardId, reader, work))) return;
      done.add(shardId);
      await beginReady('TRIM_HORIZON');
    } catch (error) {
      work.stop();
      throw error;
    }
  }

  await beginReady(startingPosition);
}
