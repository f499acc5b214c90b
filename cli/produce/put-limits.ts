/** The bounds of putting records, beside those of Kinesis itself. */
export const putLimits = {
  /**
   * Data and partition keys of one PutRecords: half of what Kinesis takes. A shard takes 1 MB a second, so a fuller
   * request would only be refused more often.
   */
  callBytes: 5 * 1024 * 1024,
  /** Data and keys in one aggregated record: the default of the Kinesis Producer Library. */
  aggregateBytes: 50 * 1024,
  /** Events that wait for others of their series. */
  aggregateEvents: 10_000,
  /** Calls in a row that take none of some records before these count as refused. */
  putAttempts: 8,
} as const;
