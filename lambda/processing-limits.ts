/** The bounds of what the two functions read, retry and send. How they are invoked is bounded in `lib/deployment-limits.ts`. */
export const processingLimits = {
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
  /** Problems that one quarantined record lists; the count is always whole. */
  problemsPerRecord: 100,
  /** Events that one instance of the detector remembers of all its series: some 100 MB. */
  warmEvents: 500_000,
  /** What a remembered series counts for beside its events: some 4 kB, however few they are. */
  warmSeriesEvents: 32,
  /** Series of one batch that the detector looks at together. */
  seriesAtOnce: 8,
  /** The most that `maxRegimeLength` may be set to: the detector holds a whole regime, some 15 MB as items. */
  longestRegime: 100_000,
  /** Starts over after another writer moved the series' HEAD, before the series counts as failed. */
  headConflicts: 10,
  /**
   * Series of one batch that may fail before the rest is left for the retry: a store that is down fails for all of them.
   * Four times `seriesAtOnce`, each some 45 s at worst (`sdkAttempts` of `requestTimeoutMs`), are below the time-out.
   */
  failedSeries: 32,
  /** Storing, publishing and marking one change point, retries included; what is not done by then waits for the next to come. */
  settleMs: 20_000,
  /** So long before its claim ends its holder has stopped: clocks differ, and a request may still be under way. */
  claimMarginMs: 5_000,
  /** How long a claim keeps others off: `settleMs`, `claimMarginMs`, and as much again for the write of the claim itself. */
  claimMs: 30_000,
  /** How long a look waits for the claims of others: for two, one after the other; far below the function's time-out. */
  claimWaitMs: 60_000,
  /** Calls that mark what was published: the fewer fail, the fewer are published twice. */
  markAttempts: 5,
  /** Change points that one sweep takes on; the next one goes on with the rest. */
  sweptSeries: 1_000,
  /** SNS takes a subject of fewer than 100 characters. */
  subjectCharacters: 99,
  /** SQS takes numbers as attributes from 1e-128 below 1e126; what is smaller is carried as 0. */
  smallestAttribute: 1e-128,
  /** Characters of a seriesId that a message attribute and a line of text show. */
  shownSeriesIdCharacters: 256,
  /** One call to AWS. */
  connectionTimeoutMs: 2_000,
  requestTimeoutMs: 10_000,
  sdkAttempts: 4,
} as const;
