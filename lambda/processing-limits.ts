/** The bounds of what the functions read, retry and send. Bounds of their invocation are in `lib/deployment-limits.ts`. */
export const processingLimits = {
  /** DynamoDB's limit of items in one BatchWriteItem. */
  writeBatchItems: 25,
  /** Events and problems that the recorder gathers before it writes them: as many as a batch of the stream has records. */
  waveSize: 500,
  /** Calls of the recorder to one store that are under way at once. */
  writesAtOnce: 10,
  /** Calls for one BatchWriteItem. Items that are unprocessed after all of them count as a failed store. */
  writeAttempts: 8,
  /** The recorder stops this long before its time-out, and names the record that it had reached. */
  timeToAnswerMs: 5_000,
  /** The first wait between those calls. It doubles each time, up to the longest. */
  firstRetryDelayMs: 25,
  longestRetryDelayMs: 1_000,
  /** DynamoDB's own limits on key attributes. */
  seriesIdBytes: 2_048,
  sortKeyBytes: 1_024,
  /** More events than fit in a record of 1 MiB, even with field names of one letter. A record with more is set aside whole. */
  entriesPerRecord: 50_000,
  /** What a record in gzip may be when unpacked. A few bytes can be gigabytes. A record with more is set aside whole. */
  unpackedBytes: 8 * 1024 * 1024,
  /** Problems that one quarantined record lists. Its count includes those that are not listed. */
  problemsPerRecord: 100,
  /** Series of one batch that the detector looks at together: so many that it waits for no answer, as measured by `bench/detector/keeps-up.ts`. */
  seriesAtOnce: 32,
  /** How long the detector goes by the options and mutes of rules that it has read. A change holds for events after that time. */
  rulesCacheMs: 10_000,
  /** Rules that hold at once, with those that were removed within a day. Every instance reads all of them. */
  rules: 2_000,
  /** What a name or pattern of a rule may take, so that it fits into a sort key with what stands before it. */
  ruleTargetBytes: 1_000,
  /** Versions that are kept of a rule, and for how long after they were replaced. */
  ruleVersions: 100,
  ruleVersionDays: 365,
  /** How often a change of a rule starts over because of other changes. */
  ruleConflicts: 10,
  /** The longest mute. */
  longestMuteMs: 365 * 24 * 3600 * 1000,
  /** Wrong options that an instance remembers having reported. */
  reportedProblems: 1_000,
  /** The largest `maxRegimeLength`: the detector holds a whole regime in memory, some 15 MB as items. */
  longestRegime: 100_000,
  /** Items that a look reads at once to go on beyond its news, and events of news with which it still does: with more, it reads page by page. */
  aheadItems: 2_000,
  aheadNews: 500,
  /** Waves beyond its news that a look tests, and the HEAD knows by their ids. */
  aheadWaves: 16,
  /** How often a look starts over because another writer moved the HEAD, before the series counts as failed. */
  headConflicts: 10,
  /**
   * Series of one batch that may fail before the rest is left for the retry: the store must be down. A call takes at worst some
   * 45 s (`sdkAttempts` of `requestTimeoutMs`), so `seriesAtOnce` calls that time out together and as many after them fit in the time-out.
   */
  failedSeries: 32,
  /** The time limit for claiming and publishing one change point, retries included. After that it stays pending. */
  publishMs: 10_000,
  /** The time limit for marking it as published, retries included. */
  markMs: 10_000,
  /** Calls to mark a change point as published. An unmarked one would be published twice. */
  markAttempts: 5,
  /** How long a claim lasts: `publishMs`, `markMs`, and as much again, since clocks differ and a request may still be under way. */
  claimMs: 40_000,
  /** Series whose change points the detector publishes together, beside its tests. */
  publishedAtOnce: 8,
  /** The time that a detector goes on publishing after its tests have ended. The sweeper publishes the rest. */
  publishAfterTestsMs: 5_000,
  /** Failures in a row after which the topic must be down. */
  failedPublications: 5,
  /** How long a function then publishes nothing: until the next sweep has tried. */
  outageMs: 60_000,
  /** How long the topic refuses a change point as invalid before that is set aside. */
  refusedMs: 3_600_000,
  /** Pending change points of which one sweep knows; the next sweep handles the rest. */
  sweptChangePoints: 10_000,
  /** Series whose change points a sweep publishes together: it has nothing else to do. */
  sweptAtOnce: 32,
  /** The time that a sweep goes on starting to publish. What has begun then ends before its time-out. */
  sweepMs: 30_000,
  /** A HEAD whose change point is pending for so long was left by a crash. Before that, a detector is about to go on. */
  abandonedMs: 40_000,
  /** How long it is remembered what people were told: a copy that comes within this time is not told again. */
  toldMs: 3_600_000,
  /** Messages that name one series within that time. What it does beyond comes together afterwards. */
  tellingsAnHour: 3,
  /** Change points of one series that are remembered, and the bytes of each id: an item has room for half as many again. */
  rememberedTellings: 1_500,
  rememberedIdBytes: 64,
  /** Series that a digest claims or marks at once. */
  toldAtOnce: 32,
  /** How often a digest starts over with a series because another one told of it meanwhile. */
  toldConflicts: 10,
  /** SQS's limit of one ChangeMessageVisibilityBatch. */
  visibilityBatch: 10,
  /** Series that a message to people names, the largest changes first; it counts the others. */
  digestLines: 20,
  /** SNS sends an SMS of up to 1,600 bytes, in parts of 140: https://docs.aws.amazon.com/sns/latest/dg/sms_publish-to-phone.html. */
  smsBytes: 1_600,
  /** Series that an SMS names. */
  smsLines: 5,
  /** Of a notification in a chat: Slack folds longer ones. */
  chatBytes: 2_500,
  /** Of an e-mail. SNS takes 256 KiB for a message in all its forms. */
  emailBytes: 65_536,
  /** SNS takes a subject of fewer than 100 characters. */
  subjectCharacters: 99,
  /** SQS's range for a number attribute starts at 1e-128 and ends before 1e126. A smaller magnitude is sent as 0. */
  smallestAttribute: 1e-128,
  /** Characters of a seriesId that a message attribute and a line of text show. */
  shownSeriesIdCharacters: 256,
  /** Series that the detector's log names as changed, of one batch: a line has room for a thousand such names. */
  namedSeries: 100,
  /** The time-outs and the attempts of one call to AWS. */
  connectionTimeoutMs: 2_000,
  requestTimeoutMs: 10_000,
  sdkAttempts: 4,
} as const;
