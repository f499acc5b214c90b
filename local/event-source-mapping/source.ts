/** A record of a stream, with the fields that the mapping itself needs. */
export interface SourceRecord<Event> {
  readonly sequenceNumber: string;
  /** The function gets records of one key in order. */
  readonly key: string;
  /** Epoch milliseconds of its arrival in the stream. */
  readonly arrivedAt: number;
  /** Bytes that it adds to the function's payload. */
  readonly bytes: number;
  /** As the function gets it. */
  readonly event: Event;
  /** What filter patterns are matched against. */
  readonly matchable: unknown;
}

/** The source of a shard's records. */
export interface RecordReader<Event> {
  /** The next records; empty if there is nothing new. @throws what the stream throws */
  read(most: number): Promise<readonly SourceRecord<Event>[]>;
  /** Whether all records are read and none will follow. */
  readonly ended: boolean;
  /** Resolves when another read may find records, at the latest after so many milliseconds, or when the signal aborts. */
  waitForMore(signal: AbortSignal, mostMs?: number): Promise<void>;
}

/** Reads one shard. */
export interface ShardReader<Event> extends Omit<RecordReader<Event>, 'waitForMore'> {
  /** Resolves when another read may find records, or when the signal aborts. */
  waitForMore(signal: AbortSignal): Promise<void>;
  /** Notes that all records up to this one are done. */
  checkpoint(sequenceNumber: string): void;
}

/** Where to start in a shard: at the oldest record, or at the records that arrive from now on. */
export type StartingPosition = 'TRIM_HORIZON' | 'LATEST';

export interface Shard {
  readonly shardId: string;
  /** The shards that it was split or merged from. Their records are older. */
  readonly parentIds: readonly string[];
  /** Whether the shard takes no more records. */
  readonly closed: boolean;
}

/** A stream that a mapping reads. */
export interface Source<Event> {
  readonly arn: string;
  /** The field of the on-failure object that describes a batch. */
  readonly batchInfoName: 'KinesisBatchInfo' | 'DDBStreamBatchInfo';
  /** All shards with records that have not expired. */
  shards(): Promise<readonly Shard[]>;
  open(shardId: string, startingPosition: StartingPosition): Promise<ShardReader<Event>>;
}
