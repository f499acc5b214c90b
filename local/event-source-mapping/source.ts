/** A record of a stream, with what the mapping itself must know of it. */
export interface SourceRecord<Event> {
  readonly sequenceNumber: string;
  /** Epoch milliseconds at which the stream took it. */
  readonly arrivedAt: number;
  /** Bytes that it adds to the function's payload. */
  readonly bytes: number;
  /** As the function gets it. */
  readonly event: Event;
  /** What filter patterns are matched against. */
  readonly matchable: unknown;
}

/** Reads one shard from its oldest record on. */
export interface ShardReader<Event> {
  readonly shardId: string;
  /** The next records, none if there is nothing new. @throws what the stream throws */
  read(most: number): Promise<readonly SourceRecord<Event>[]>;
  /** Everything up to this record is done with. */
  checkpoint(sequenceNumber: string): void;
  /** Resolves when another read may bring something, at the latest when the signal aborts. */
  waitForMore(signal: AbortSignal): Promise<void>;
}

/** A stream that a mapping reads. */
export interface Source<Event> {
  readonly arn: string;
  /** Under which name the on-failure object describes a batch. */
  readonly batchInfoName: 'KinesisBatchInfo' | 'DDBStreamBatchInfo';
  shards(): Promise<readonly ShardReader<Event>[]>;
}
