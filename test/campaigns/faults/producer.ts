import {
  CreateStreamCommand,
  DeleteStreamCommand,
  DescribeStreamSummaryCommand,
  type KinesisClient,
  ListShardsCommand,
  PutRecordCommand,
  SplitShardCommand,
} from '@aws-sdk/client-kinesis';
import { eventKey } from '../../../lambda/event.ts';
import { aggregateRecords } from '../../../lambda/record/aggregated-record.ts';
import { LateSeries, type Reading } from './late-series.ts';
import { noise, type PutRecord, readingsOf, type Schedule } from './schedule.ts';

/** The events of one series that were put. */
export interface Produced {
  readonly seriesId: string;
  /** The last value of each, in the order of their keys. */
  readonly values: readonly number[];
  /** Their numbers in the order in which they were first put. */
  readonly order: readonly number[];
  /** Whether some came late, or were corrected. */
  readonly late: boolean;
}

/** A record with an unreadable entry. */
export interface Poisoned {
  /** `<shard>/<sequence number>`. */
  readonly name: string;
  /** The data as it was put, in base64. */
  readonly data: string;
}

/** Puts the schedule's series into a stream of its own, one call after another. */
export interface Producer {
  readonly streamName: string;
  readonly streamArn: string;
  /** Records put so far. */
  readonly records: number;
  /** The series that the events table must hold. */
  readonly produced: readonly Produced[];
  /** The records that the quarantine must hold. */
  readonly poisoned: readonly Poisoned[];
  put(record: PutRecord): Promise<void>;
  /** Puts the late event that is still held back. */
  putRest(): Promise<void>;
  /** Puts the newest event of the series with late events once more, with another value. */
  putCorrection(): Promise<void>;
  /** Puts the probe at the end of the series with late events. */
  putProbe(): Promise<void>;
  split(shard: number): Promise<void>;
  close(): Promise<void>;
}

const mostShards = 8;
/** Most further series beside each series of the schedule: more than fit in one call to the table. */
const mostBeside = 26;

/** The time of the n-th event of any series, in epoch milliseconds. */
export function eventTimeOf(index: number): number {
  return Date.UTC(2020) + index * 1000;
}

/** The key of the n-th event of any series. */
export function keyOf(index: number): string {
  return eventKey({ timestamp: eventTimeOf(index), eventId: 'e' });
}

export async function startProducer(
  kinesis: KinesisClient,
  { series, late }: Pick<Schedule, 'series' | 'late'>,
  run: string,
): Promise<Producer> {
  const streamName = `faults-${run}`;
  await kinesis.send(new CreateStreamCommand({ StreamName: streamName, ShardCount: 1 }));
  const streamArn = await untilActive(kinesis, streamName);
  const readings = series.map(readingsOf);
  const put = series.map(() => 0);
  /** For each further series beside a series: how many of its events were put. */
  const putBeside = series.map(() => new Array<number>(mostBeside).fill(0));
  const poisoned: Poisoned[] = [];
  const lateSeries = new LateSeries();
  let records = 0;

  const seriesId = (index: number) => `${run} ${index}`;
  const besideId = (index: number, at: number) => `${run} ${index} beside ${at}`;
  const line = (id: string, index: number, value: number) =>
    JSON.stringify({ seriesId: id, timestamp: eventTimeOf(index), value, eventId: 'e' });

  const isLate = (index: number) => late && index === 0;

  /** The next events of the first `many` further series beside a series. */
  function linesBeside(index: number, many: number): readonly string[] {
    const counts = putBeside[index] ?? [];
    return counts.slice(0, many).map((count, at) => {
      counts[at] = count + 1;
      return line(besideId(index, at), count, noise(count));
    });
  }

  const linesOf = (index: number, own: readonly Reading[]): string[] =>
    own.map(({ number, value }) => line(seriesId(index), number, value));

  /** Puts events of the series with late events, in a record of their own. */
  async function putLate(own: readonly Reading[]): Promise<void> {
    if (own.length > 0) await putData(0, Buffer.from(linesOf(0, own).join('\n')));
  }

  /** @returns `<shard>/<sequence number>` */
  async function putData(index: number, Data: Uint8Array): Promise<string> {
    const { ShardId, SequenceNumber } = await kinesis.send(
      new PutRecordCommand({ StreamName: streamName, PartitionKey: seriesId(index), Data }),
    );
    records++;
    return `${ShardId}/${SequenceNumber}`;
  }

  return {
    streamName,
    streamArn,
    get records() {
      return records;
    },
    get produced() {
      const beside = putBeside.flatMap((counts, index) =>
        counts.map((count, at) => ({
          seriesId: besideId(index, at),
          values: Array.from({ length: count }, (_, k) => noise(k)),
          order: Array.from({ length: count }, (_, k) => k),
          late: false,
        })),
      );
      return [
        ...readings.map((all, index) => {
          if (isLate(index)) return { seriesId: seriesId(index), ...lateSeries.produced, late: true };
          const values = all.slice(0, put[index]);
          return { seriesId: seriesId(index), values, order: [...values.keys()], late: false };
        }),
        ...beside.filter(({ values }) => values.length > 0),
      ];
    },
    poisoned,
    async put({ series: chosen, events, beside, poisoned: isPoisoned, aggregated, twice, corrects }) {
      const index = chosen % series.length;
      const from = put[index] ?? 0;
      const values = readings[index]?.slice(from, from + events) ?? [];
      const next = values.map((value, at) => ({ number: from + at, value }));
      const lines = linesOf(index, isLate(index) ? lateSeries.next(next, corrects) : next);
      lines.splice(1, 0, ...linesBeside(index, beside));
      if (isPoisoned) lines.push('unreadable');
      put[index] = from + values.length;
      if (lines.length === 0) return;
      const data = aggregated ? aggregateOf(seriesId(index), lines) : Buffer.from(lines.join('\n'));
      for (let time = 0; time < (twice ? 2 : 1); time++) {
        const name = await putData(index, data);
        if (isPoisoned) poisoned.push({ name, data: data.toString('base64') });
      }
    },
    putRest: () => putLate(lateSeries.rest()),
    putCorrection: () => putLate(lateSeries.correction()),
    putProbe: () => putLate(lateSeries.probe()),
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

function aggregateOf(partitionKey: string, lines: readonly string[]): Buffer {
  return Buffer.from(aggregateRecords(lines.map((text) => ({ partitionKey, data: Buffer.from(text) }))));
}

/** The emulator makes a stream active a moment later, so this asks until it is. */
async function untilActive(kinesis: KinesisClient, streamName: string): Promise<string> {
  for (;;) {
    const { StreamDescriptionSummary } = await kinesis.send(
      new DescribeStreamSummaryCommand({ StreamName: streamName }),
    );
    const { StreamStatus, StreamARN } = StreamDescriptionSummary ?? {};
    if (StreamStatus === 'ACTIVE' && StreamARN !== undefined) return StreamARN;
  }
}
