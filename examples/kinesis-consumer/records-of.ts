import { setTimeout as wait } from 'node:timers/promises';
import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
  ListShardsCommand,
  type _Record as StreamRecord,
} from '@aws-sdk/client-kinesis';

/** Kinesis allows five reads a second from a shard, by all consumers together. */
const pauseMs = 1000;

/**
 * The records of a stream, from the oldest on, until the signal aborts. The shards take turns, and each keeps its order.
 *
 * It reads only the shards that exist at its start. Start it again after the stream was split or merged.
 *
 * @param atEnd - called whenever all shards are read to their ends; abort the signal there to read only what exists now
 */
export async function* recordsOf(
  client: KinesisClient,
  stream: string,
  signal: AbortSignal,
  atEnd: () => void = () => {},
): AsyncGenerator<StreamRecord> {
  let iterators = await iteratorsOf(client, stream);
  while (iterators.length > 0 && !signal.aborted) {
    const next: string[] = [];
    let behindMs = 0;
    for (const iterator of iterators) {
      const page = await client.send(new GetRecordsCommand({ ShardIterator: iterator }));
      yield* page.Records ?? [];
      behindMs = Math.max(behindMs, page.MillisBehindLatest ?? 0);
      // A closed shard that is read to its end has no next iterator.
      if (page.NextShardIterator !== undefined) next.push(page.NextShardIterator);
    }
    iterators = next;
    if (behindMs > 0) continue;
    atEnd();
    await wait(pauseMs, undefined, { signal }).catch(() => {});
  }
}

async function iteratorsOf(client: KinesisClient, StreamName: string): Promise<string[]> {
  const { Shards = [] } = await client.send(new ListShardsCommand({ StreamName }));
  const answers = await Promise.all(
    Shards.map(({ ShardId }) =>
      client.send(new GetShardIteratorCommand({ StreamName, ShardId, ShardIteratorType: 'TRIM_HORIZON' })),
    ),
  );
  return answers.flatMap(({ ShardIterator }) => ShardIterator ?? []);
}
