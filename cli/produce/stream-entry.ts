import { createHash } from 'node:crypto';
import { kinesisLimits } from '../../lambda/kinesis-limits.ts';

/** A record for a stream. */
export interface StreamEntry {
  readonly PartitionKey: string;
  readonly Data: Uint8Array;
}

/** Anything whose JSON is one event; its series has its `seriesId` as the partition key. */
export interface PutEvent {
  readonly seriesId: string;
}

/** @throws RangeError if the event's JSON and key are larger than a record may be in a stream with the default setting */
export function toStreamEntry(event: PutEvent): StreamEntry {
  const entry = { PartitionKey: partitionKeyOf(event), Data: Buffer.from(JSON.stringify(event)) };
  if (entryBytes(entry) <= kinesisLimits.defaultRecordBytes) return entry;
  throw new RangeError(
    `an event with its key must be at most ${kinesisLimits.defaultRecordBytes} bytes, got ${entryBytes(entry)} bytes`,
  );
}

/** Bytes of the entry that count against the limits. */
export function entryBytes({ PartitionKey, Data }: StreamEntry): number {
  return Buffer.byteLength(PartitionKey) + Data.byteLength;
}

/** The seriesId, so that a series stays in one shard. If Kinesis does not accept it as a key, its hash. */
export function partitionKeyOf({ seriesId }: PutEvent): string {
  if (seriesId.length >= 1 && seriesId.length <= kinesisLimits.partitionKeyCharacters) return seriesId;
  return createHash('sha256').update(seriesId).digest('hex');
}
