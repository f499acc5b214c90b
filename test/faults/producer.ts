import {
  CreateStreamCommand,
  DeleteStreamCommand,
  DescribeStreamSummaryCommand,
  type KinesisClient,
  ListShardsCommand,
  PutRecordCommand,
  SplitShardCommand,
} from '@aws-sdk/client-kinesis';
import { eventKey } from '../../lambda/event.ts';
import { type PutRecord, readingsOf, type Schedule } from './schedule.ts';

/** What a producer has put. */
export interface Produced {
  readonly seriesId: string;
  /** In the order of their keys, which is the order in which they were put. */
  readonly values: readonly number[];
}

/** A stream of its own, and who puts the schedule's series into it, one call after another. */
export interface Producer {
  readonly streamName: string;
  readonly streamArn: string;
  /** Records put so far. */
  readonly records: number;
  /** What should be in the table. */
  readonly produced: readonly Produced[];
  /** Names in the quarantine that should be there: `<shard>/<sequence number>`. */
  readonly poisoned: readonly string[];
  put(record: PutRecord): Promise<void>;
  split(shard: number): Promise<void>;
  close(): Promise<void>;
}

const mostShards = 8;

/** The key of the n-th event of any series. */
export function keyOf(index: number): string {
  return eventKey({ timestamp: index * 1000, eventId: 'e' });
}

export async function startProducer(
  kinesis: KinesisClient,
  { series }: Pick<Schedule, 'series'>,
  run: string,
): Promise<Producer> {
  const streamName = `faults-${run}`;
  await kinesis.send(new CreateStreamCommand({ StreamName: streamName, ShardCount: 1 }));
  const streamArn = await untilActive(kinesis, streamName);
  const readings = series.map(readingsOf);
  const put = series.map(() => 0);
  const poisoned: string[] = [];
  let records = 0;

  const seriesId = (index: number) => `${run} ${index}`;

  return {
    streamName,
    streamArn,
    get records() {
      return records;
    },
    get produced() {
      return readings.map((values, index) => ({
        seriesId: seriesId(index),
        values: values.slice(0, put[index]),
      }));
    },
    poisoned,
    async put({ series: chosen, events, poisoned: isPoisoned, twice }) {
      const index = chosen % series.length;
      const from = put[index] ?? 0;
      const values = readings[index]?.slice(from, from + events) ?? [];
      const lines = values.map((value, at) =>
        JSON.stringify({ seriesId: seriesId(index), timestamp: (from + at) * 1000, value, eventId: 'e' }),
      );
      if (isPoisoned) lines.push('unreadable');
      if (lines.length === 0) return;
      put[index] = from + values.length;
      for (let time = 0; time < (twice ? 2 : 1); time++) {
        const { ShardId, SequenceNumber } = await kinesis.send(
          new PutRecordCommand({
            StreamName: streamName,
            PartitionKey: seriesId(index),
            Data: Buffer.from(lines.join('\n')),
          }),
        );
        records++;
        if (isPoisoned) poisoned.push(`${ShardId}/${SequenceNumber}`);
      }
    },
    async split(chosen) {
      const { Shards = [] } = await kinesis.send(new ListShardsCommand({ StreamName: streamName }));
      const open = Shards.filter(
        ({ SequenceNumberRange }) => SequenceNumberRange?.EndingSequenceNumber === undefined,
      );
      const shard = open[chosen % open.length];
      if (shard === undefined || open.length >= mostShards) return;
      const first = BigInt(shard.HashKeyRange?.StartingHashKey ?? 0);
      const last = BigInt(shard.HashKeyRange?.EndingHashKey ?? 0);
      await kinesis.send(
        new SplitShardCommand({
          StreamName: streamName,
          ShardToSplit: shard.ShardId,
          NewStartingHashKey: String((first + last) / 2n + 1n),
        }),
      );
      await untilActive(kinesis, streamName);
    },
    async close() {
      await kinesis.send(new DeleteStreamCommand({ StreamName: streamName }));
    },
  };
}

/** The emulator needs a turn of its own to make a stream active: asking again is such a turn. */
async function untilActive(kinesis: KinesisClient, streamName: string): Promise<string> {
  for (;;) {
    const { StreamDescriptionSummary } = await kinesis.send(
      new DescribeStreamSummaryCommand({ StreamName: streamName }),
    );
    const { StreamStatus, StreamARN } = StreamDescriptionSummary ?? {};
    if (StreamStatus === 'ACTIVE' && StreamARN !== undefined) return StreamARN;
  }
}
