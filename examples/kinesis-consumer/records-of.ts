import { setTimeout as wait } from 'node:timers/promises';
import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
  ListShardsCommand,
  type _Record as StreamRecord,
} from '@aws-sdk/client-kinesis';

/** Kinesis allows five reads a second and shard, for all consumers together. */
const pauseMs = 1000;

/**
 * The records of a stream, from the oldest on, shard by shard in turn and in the order of each shard, until told to stop.
 *
 * Reads the shards that the stream has when it starts: of a stream that is split or merged meanwhile, start it again.
 *
 * @param atEnd - called whenever every shard was read to its end: the place to stop for who wants no more than there is
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
      // A shard that was closed, and is read to its end, has no next one.
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
