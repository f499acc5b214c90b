import { runShard } from './run-shard.ts';
import type { StartingPosition } from './source.ts';
import type { MappingWork } from './work.ts';

/**
 * Processes all shards of a stream at once. A shard that came from a split or a merge starts only when its parents are
 * processed to their ends. So the order of a key holds across a change of shards.
 *
 * New shards appear when old ones end, so the shards are listed again then. New shards are read from their oldest record,
 * wherever the mapping started. A shard whose parents have expired starts at once.
 */
export async function runShards<Event>(work: MappingWork<Event>): Promise<void> {
  const { source, startingPosition } = work;
  const begun = new Set<string>();
  const done = new Set<string>();

  async function beginReady(position: StartingPosition): Promise<void> {
    const shards = await source.shards();
    const listed = new Set(shards.map(({ shardId }) => shardId));
    for (const { shardId, closed } of shards) {
      // A mapping that starts at LATEST skips closed shards: their records are old.
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
