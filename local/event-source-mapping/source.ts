/** A record of a stream, with what the mapping itself must know of it. */
export interface SourceRecord<Event> {
  readonly sequenceNumber: string;
  /** Records of one key come to the function one after another, in their order. */
  readonly key: string;
  /** Epoch milliseconds at which the stream took it. */
  readonly arrivedAt: number;
  /** Bytes that it adds to the function's payload. */
  readonly bytes: number;
  /** As the function gets it. */
  readonly event: Event;
  /** What filter patterns are matched against. */
  readonly matchable: unknown;
}

/** Where the records of a shard come from. */
export interface RecordReader<Event> {
  /** The next records, none if there is nothing new. @throws what the stream throws */
  read(most: number): Promise<readonly SourceRecord<Event>[]>;
  /** Whether everything is read and nothing will follow. */
  readonly ended: boolean;
  /** Resolves when another read may bring something, at the latest when the signal aborts. */
  waitForMore(signal: AbortSignal): Promise<void>;
}

/** Reads one shard. */
export interface ShardReader<Event> extends RecordReader<Event> {
  /** Everything up to this record is done with. */
  checkpoint(sequenceNumber: string): void;
}

/** Where to begin in a shard: with the oldest record that the stream keeps, or with what comes from now on. */
export type StartingPosition = 'TRIM_HORIZON' | 'LATEST';

export interface Shard {
  readonly shardId: string;
  /** The shards that it was split or merged from: what they hold is older. */
  readonly parentIds: readonly string[];
  /** Whether nothing is written to it any more. */
  readonly closed: boolean;
}

/** A stream that a mapping reads. */
export interface Source<Event> {
  readonly arn: string;
  /** Under which name the on-failure object describes a batch. */
  readonly batchInfoName: 'KinesisBatchInfo' | 'DDBStreamBatchInfo';
  /** Every shard of which the stream keeps records. */
  shards(): Promise<readonly Shard[]>;
  open(shardId: string, startingPosition: StartingPosition): Promise<ShardReader<Event>>;
}
