import { setTimeout as delay } from 'node:timers/promises';
import {
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
  type _Record as KinesisRecord,
  ListShardsCommand,
} from '@aws-sdk/client-kinesis';
import type { KinesisStreamRecord } from 'aws-lambda';
import type { ShardReader, Source, SourceRecord } from './source.ts';

/** How long to wait after a read that brought nothing: soon at first, then less often. */
const firstPauseMs = 2;
const longestPauseMs = 100;

/** How far each shard was read by those who are done with it; what must outlive the process. */
export interface Checkpoints {
  last(shardId: string): string | undefined;
  save(shardId: string, sequenceNumber: string): void;
}

const nowhere: Checkpoints = { last: () => undefined, save() {} };

/** A Kinesis stream, each shard from where it was left; without checkpoints from its oldest record (TRIM_HORIZON). */
export function kinesisSource(
  client: KinesisClient,
  streamName: string,
  arn: string,
  checkpoints = nowhere,
): Source<KinesisStreamRecord> {
  return {
    arn,
    batchInfoName: 'KinesisBatchInfo',
    async shards() {
      const { Shards = [] } = await client.send(new ListShardsCommand({ StreamName: streamName }));
      return Promise.all(
        Shards.map(({ ShardId: shardId = '' }) =>
          readShard(client, { streamName, arn, shardId }, checkpoints),
        ),
      );
    },
  };
}

interface ShardPlace {
  readonly streamName: string;
  readonly arn: string;
  readonly shardId: string;
}

async function readShard(
  client: KinesisClient,
  place: ShardPlace,
  checkpoints: Checkpoints,
): Promise<ShardReader<KinesisStreamRecord>> {
  let lastRead = checkpoints.last(place.shardId);
  let iterator = await iteratorAfter(client, place, lastRead);
  let pauseMs = firstPauseMs;
  return {
    shardId: place.shardId,
    async read(most) {
      // A closed shard has no next iterator: it is read to its end.
      if (iterator === undefined) return [];
      try {
        const answer = await client.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: most }));
        iterator = answer.NextShardIterator;
        const records = answer.Records ?? [];
        lastRead = records.at(-1)?.SequenceNumber ?? lastRead;
        if (records.length > 0) pauseMs = firstPauseMs;
        return records.map((record) => toSourceRecord(record, place));
      } catch (error) {
        // An iterator lives five minutes; a failing batch may block the shard for longer.
        if (!(error instanceof ExpiredIteratorException)) throw error;
        iterator = await iteratorAfter(client, place, lastRead);
        return [];
      }
    },
    checkpoint: (sequenceNumber) => checkpoints.save(place.shardId, sequenceNumber),
    async waitForMore(signal) {
      await delay(pauseMs, undefined, { signal }).catch(() => {});
      pauseMs = Math.min(longestPauseMs, 2 * pauseMs);
    },
  };
}

/** Where to read on after a record; without one, from the oldest. */
async function iteratorAfter(
  client: KinesisClient,
  { streamName, shardId }: ShardPlace,
  sequenceNumber: string | undefined,
): Promise<string | undefined> {
  const answer = await client.send(
    new GetShardIteratorCommand({
      StreamName: streamName,
      ShardId: shardId,
      ...(sequenceNumber === undefined
        ? { ShardIteratorType: 'TRIM_HORIZON' }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber: sequenceNumber }),
    }),
  );
  return answer.ShardIterator;
}

function toSourceRecord(
  record: KinesisRecord,
  { arn, shardId }: ShardPlace,
): SourceRecord<KinesisStreamRecord> {
  const {
    SequenceNumber: sequenceNumber = '',
    PartitionKey: partitionKey = '',
    Data = new Uint8Array(),
  } = record;
  const arrivedAt = record.ApproximateArrivalTimestamp?.getTime() ?? 0;
  const data = Buffer.from(Data).toString('base64');
  return {
    sequenceNumber,
    arrivedAt,
    bytes: data.length + partitionKey.length,
    event: {
      kinesis: {
        kinesisSchemaVersion: '1.0',
        partitionKey,
        sequenceNumber,
        data,
        approximateArrivalTimestamp: arrivedAt / 1000,
      },
      eventSource: 'aws:kinesis',
      eventVersion: '1.0',
      eventID: `${shardId}:${sequenceNumber}`,
      eventName: 'aws:kinesis:record',
      invokeIdentityArn: 'arn:aws:iam::000000000000:role/local',
      awsRegion: 'us-east-1',
      eventSourceARN: arn,
    },
    get matchable() {
      return { partitionKey, data: parseOrUndefined(Data) };
    },
  };
}

/** Patterns look into the data where it is JSON; other data matches none. */
function parseOrUndefined(data: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(data).toString('utf8'));
  } catch {
    return undefined;
  }
}
