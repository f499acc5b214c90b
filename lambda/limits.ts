/** The bounds of what the two functions read, retry and send. How they are invoked is bounded in `lib/limits.ts`. */
export const limits = {
  /** DynamoDB takes this many items in one BatchWriteItem. */
  writeBatchItems: 25,
  /** Calls of one BatchWriteItem before items that stay unprocessed count as a failed store. */
  writeAttempts: 8,
  /** So long before its time-out the recorder stops and names the record that it had come to. */
  timeToAnswerMs: 5_000,
  /** First wait between those calls; it doubles each time, up to the longest. */
  firstRetryDelayMs: 25,
  longestRetryDelayMs: 1_000,
  /** DynamoDB's own limits on key attributes. */
  seriesIdBytes: 2_048,
  sortKeyBytes: 1_024,
  /** More than a record of 1 MiB has room for, in events with names of one letter; what has more is set aside whole. */
  entriesPerRecord: 50_000,
  /** Kinesis' own limit. */
  partitionKeyCharacters: 256,
  /** Problems that one quarantined record lists; the count is always whole. */
  problemsPerRecord: 100,
  /** Events that one instance of the detector remembers of all its series: some 100 MB. */
  warmEvents: 500_000,
  /** Series of one batch that the detector looks at together. */
  seriesAtOnce: 8,
  /** The most that `maxRegimeLength` may be set to: the detector holds a whole regime, some 15 MB as items. */
  longestRegime: 100_000,
  /** Starts over after another writer moved the series' HEAD, before the batch counts as failed. */
  headConflicts: 10,
  /** SNS takes a subject of fewer than 100 characters. */
  subjectCharacters: 99,
  /** Characters of a seriesId that a message attribute and a line of text show. */
  shownSeriesIdCharacters: 256,
  /** One call to AWS. */
  connectionTimeoutMs: 2_000,
  requestTimeoutMs: 10_000,
  sdkAttempts: 4,
} as const;
