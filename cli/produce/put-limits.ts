/** The bounds of putting records; the sizes are those of Kinesis. */
export const putLimits = {
  /** Records in one PutRecords. */
  putRecords: 500,
  /** Data and partition keys of one PutRecords. */
  putBytes: 5 * 1024 * 1024,
  /** Data and partition key of one record. */
  recordBytes: 1024 * 1024,
  partitionKeyCharacters: 256,
  /** Data and keys that one aggregated record is made of, as the Kinesis Producer Library has it. */
  aggregateBytes: 50 * 1024,
  /** Events that wait for others of their series. */
  aggregateEvents: 10_000,
  /** Calls for the records of one PutRecords before they count as refused. */
  putAttempts: 8,
} as const;
