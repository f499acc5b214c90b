import { setTimeout as delay } from 'node:timers/promises';
import {
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  InvalidArgumentException,
  type KinesisClient,
  type _Record as KinesisRecord,
  type Shard as KinesisShard,
  ListShardsCommand,
} from '@aws-sdk/client-kinesis';
import type { KinesisStreamRecord } from 'aws-lambda';
import type { Shard, ShardReader, Source, SourceRecord, StartingPosition } from './source.ts';

/** How long to wait after a read without records: briefly at first, then longer. */
const firstPauseMs = 2;
const longestPauseMs = 100;

/** The largest number of records in one GetRecords. */
const mostRecords = 10_000;

/** How far each shard is processed. Checkpoints must outlive the process. */
export interface Checkpoints {
  last(shardId: string): string | undefined;
  save(shardId: string, sequenceNumber: string): void;
}

const nowhere: Checkpoints = { last: () => undefined, save() {} };

/** A Kinesis stream. Each shard is read from its checkpoint, or without one from the starting position. */
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
      const shards: Shard[] = [];
      let NextToken: string | undefined;
      do {
        // Only the first page is asked for by name; later pages are asked for by token alone.
        const page = await client.send(
          new ListShardsCommand(NextToken === undefined ? { StreamName: streamName } : { NextToken }),
        );
        shards.push(...(page.Shards ?? []).map(toShard));
        NextToken = page.NextToken;
      } while (NextToken !== undefined);
      return shards;
    },
    open: (shardId, startingPosition) =>
      readShard(client, { streamName, arn, shardId }, startingPosition, checkpoints),
  };
}

function toShard({
  ShardId: shardId = '',
  ParentShardId,
  AdjacentParentShardId,
  SequenceNumberRange,
}: KinesisShard): Shard {
  return {
    shardId,
    parentIds: [ParentShardId, AdjacentParentShardId].filter((id) => id !== undefined),
    closed: SequenceNumberRange?.EndingSequenceNumber !== undefined,
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
  startingPosition: StartingPosition,
  checkpoints: Checkpoints,
): Promise<ShardReader<KinesisStreamRecord>> {
  let lastRead = checkpoints.last(place.shardId);
  let iterator = await iteratorAt(client, place, startingPosition, lastRead).catch((error) => {
    // A checkpoint of a deleted stream does not apply to a new stream of the same name.
    if (lastRead === undefined || !(error instanceof InvalidArgumentException)) throw error;
    lastRead = undefined;
    return iteratorAt(client, place, startingPosition);
  });
  let pauseMs = firstPauseMs;
  return {
    // A closed shard that is read to its end gives no next iterator.
    get ended() {
      return iterator === undefined;
    },
    async read(most) {
      if (iterator === undefined) return [];
      try {
        const answer = await client.send(
          new GetRecordsCommand({ ShardIterator: iterator, Limit: Math.min(most, mostRecords) }),
        );
        iterator = answer.NextShardIterator;
        const records = answer.Records ?? [];
        lastRead = records.at(-1)?.SequenceNumber ?? lastRead;
        if (records.length > 0) pauseMs = firstPauseMs;
        return records.map((record) => toSourceRecord(record, place));
      } catch (error) {
        // An iterator expires after five minutes, and a failing batch may block the shard for longer. An iterator from the
        // future is refused; the clock may have been set back.
        if (!(error instanceof ExpiredIteratorException || error instanceof InvalidArgumentException))
          throw error;
        iterator = await iteratorAt(client, place, startingPosition, lastRead);
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

/** The iterator after a record, or at the starting position without one. */
async function iteratorAt(
  client: KinesisClient,
  { streamName, shardId }: ShardPlace,
  startingPosition: StartingPosition,
  sequenceNumber?: string,
): Promise<string | undefined> {
  const answer = await client.send(
    new GetShardIteratorCommand({
      StreamName: streamName,
      ShardId: shardId,
      ...(sequenceNumber === undefined
        ? { ShardIteratorType: startingPosition }
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
  const event: KinesisStreamRecord = {
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
  };
  return {
    sequenceNumber,
    key: partitionKey,
    arrivedAt,
    bytes: Buffer.byteLength(JSON.stringify(event)),
    event,
    get matchable() {
      return { partitionKey, data: parseOrText(Data) };
    },
  };
}

/** Filter patterns match the fields of data that is JSON, and other data as text. */
function parseOrText(data: Uint8Array): unknown {
  const text = Buffer.from(data).toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
