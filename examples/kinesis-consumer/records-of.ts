import { setTimeout as wait } from 'node:timers/promises';
import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
  ListShardsCommand,
  type ListShardsCommandInput,
  type ListShardsCommandOutput,
  type Shard,
  type _Record as StreamRecord,
} from '@aws-sdk/client-kinesis';

/**
 * From a shard all consumers together may read five times and 2 MB a second. A page of 10 MB takes up five seconds.
 *
 * @see https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html
 */
const limits = { readsPerSecond: 5, bytesPerSecond: 2_000_000 };
/** Between reads at the end of the stream, which leaves reads to other consumers. */
const pauseAtEndMs = 1000;

/**
 * The records of a stream, from the oldest on, until the signal aborts. The shards take turns, and each keeps its order.
 *
 * It reads only the shards that exist at its start. Start it again after the stream was split or merged.
 *
 * @param atEnd - called whenever all shards are read to their ends; abort the signal there to read only what exists now
 * @param pause - waits so long, or until the signal aborts
 */
export async function* recordsOf(
  client: KinesisClient,
  stream: string,
  signal: AbortSignal,
  atEnd: () => void = () => {},
  pause: (milliseconds: number, signal: AbortSignal) => Promise<void> = waitUnlessAborted,
): AsyncGenerator<StreamRecord> {
  let iterators = await iteratorsOf(client, stream);
  while (iterators.length > 0 && !signal.aborted) {
    const next: string[] = [];
    let behindMs = 0;
    let largestPage = 0;
    for (const iterator of iterators) {
      const page = await client.send(new GetRecordsCommand({ ShardIterator: iterator }));
      const { Records = [] } = page;
      yield* Records;
      largestPage = Math.max(largestPage, bytesOf(Records));
      behindMs = Math.max(behindMs, page.MillisBehindLatest ?? 0);
      // A closed shard that is read to its end has no next iterator.
      if (page.NextShardIterator !== undefined) next.push(page.NextShardIterator);
    }
    iterators = next;
    if (behindMs === 0) atEnd();
    const pauseMs = behindMs === 0 ? pauseAtEndMs : 1000 / limits.readsPerSecond;
    await pause(Math.max(pauseMs, (1000 * largestPage) / limits.bytesPerSecond), signal);
  }
}

const bytesOf = (records: readonly StreamRecord[]) =>
  records.reduce((sum, { Data }) => sum + (Data?.length ?? 0), 0);

const waitUnlessAborted = (milliseconds: number, signal: AbortSignal) =>
  wait(milliseconds, undefined, { signal }).catch(() => {});

async function iteratorsOf(client: KinesisClient, StreamName: string): Promise<string[]> {
  const shards = await shardsOf(client, StreamName);
  const answers = await Promise.all(
    shards.map(({ ShardId }) =>
      client.send(new GetShardIteratorCommand({ StreamName, ShardId, ShardIteratorType: 'TRIM_HORIZON' })),
    ),
  );
  return answers.flatMap(({ ShardIterator }) => ShardIterator ?? []);
}

/** A page lists up to 1000 shards. The next one is asked for by its token alone, which stands for the stream. */
async function shardsOf(client: KinesisClient, StreamName: string): Promise<Shard[]> {
  const shards: Shard[] = [];
  let request: ListShardsCommandInput | undefined = { StreamName };
  while (request !== undefined) {
    const { Shards = [], NextToken }: ListShardsCommandOutput = await client.send(
      new ListShardsCommand(request),
    );
    shards.push(...Shards);
    request = NextToken === undefined ? undefined : { NextToken };
  }
  return shards;
}
