/** How an event source mapping forms batches, retries them and gives up. The names are those of Lambda's API, with units. */
export interface MappingLimits {
  /** The largest number of records in one invocation. */
  readonly batchSize: number;
  /** How long Lambda waits for a fuller batch. */
  readonly batchWindowSeconds: number;
  /** Retries of a failing batch before it goes to the on-failure destination; −1 for no limit. */
  readonly retryAttempts: number;
  /**
   * Records older than this go to the on-failure destination unread. It must be less than the stream's retention, or records
   * would expire before they are set aside. −1 means no limit, as in Lambda; only the local runner uses it.
   */
  readonly maxRecordAgeSeconds: number;
  /** Whether a failing batch is split in two, to isolate the record that fails. */
  readonly bisectBatchOnError: boolean;
  /** Concurrent invocations for one shard. */
  readonly parallelizationFactor: number;
  /** Whether the function names the first record that failed, so that the records before it are not repeated. */
  readonly reportBatchItemFailures: boolean;
  /** Only records that match one of these patterns reach the function. Without patterns, all do. */
  readonly filters: readonly FilterPattern[];
}

/** How an event source mapping forms batches of a queue's messages. The names are those of Lambda's API, with units. */
export interface QueueMappingLimits extends Pick<MappingLimits, 'batchSize' | 'batchWindowSeconds'> {
  /** Batches that are under way at once, from 2 on. */
  readonly maximumConcurrency: number;
}

/**
 * A pattern of Lambda's event filtering: for each field of a record a list of rules, one of which must hold. `$or` is a list of patterns,
 * one of which must match.
 */
export type FilterPattern = {
  readonly [field: string]: readonly FilterRule[] | readonly FilterPattern[] | FilterPattern;
};

/** A value that a field must equal, or a comparison. */
export type FilterRule =
  | string
  | number
  | boolean
  | null
  | { readonly exists: boolean }
  | { readonly prefix: string }
  | { readonly suffix: string }
  | { readonly 'equals-ignore-case': string }
  | { readonly 'anything-but': string | number | readonly (string | number)[] }
  /** An operator and a number, or two of these: `['>', 0, '<=', 5]`. */
  | { readonly numeric: readonly (string | number)[] };

/** Time-out and memory of one function. */
export interface FunctionLimits {
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
}

/** Lambda's limit of a record's age: seven days. */
const oldestRecordSeconds = 7 * 24 * 3600;

/** The age at which Lambda gives up on a record: an hour before the stream deletes it, so that the record is set aside whole. */
export function recordAgeWithin(retentionHours: number): number {
  return Math.min((retentionHours - 1) * 3600, oldestRecordSeconds);
}

/** Default retention of the stream in hours. The stream of a table always keeps records this long. */
const streamRetentionHours = 24;

/**
 * The items of the events table that are news to the detector: those that close a wave.
 *
 * Lambda filters the records of a table by their `dynamodb` key only, and `exists` holds of leaf nodes only. So the rule is for the text inside
 * the mark.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/with-ddb-filtering.html
 */
const newsOfTheTable = {
  dynamodb: { NewImage: { wave: { M: { id: { S: [{ exists: true }] } } } } },
};

/**
 * The items that existed before: deleted ones, and those that were written again with other content. A correction by hand sets no new mark.
 * `eventName` would be the shorter filter, but is outside of the `dynamodb` key.
 */
const amendmentsOfTheTable = {
  dynamodb: { OldImage: { eventKey: { S: [{ exists: true }] } } },
};

/**
 * The bounds of all that could otherwise grow without limit.
 *
 * The stack and the local runner both read them here, so the local runner tests what is deployed.
 */
export const deploymentLimits = {
  recorder: {
    mapping: {
      batchSize: 500,
      batchWindowSeconds: 0,
      // What cannot be read is quarantined, so a retry mostly waits for a store that refuses, and that would refuse the whole backlog. How long
      // Lambda waits between two tries is not documented. The most that it allows lasts for nearly three hours at a try a second. Without a
      // limit, a record that ends the function each time would hold its shard until the age limit.
      retryAttempts: 10_000,
      maxRecordAgeSeconds: recordAgeWithin(streamRetentionHours),
      bisectBatchOnError: true,
      parallelizationFactor: 1,
      reportBatchItemFailures: true,
      filters: [],
    },
    /**
     * The longest time-out of Lambda. A record of 1 MiB may hold nearly 50,000 events of one series, and a record is stored as a
     * whole or retried as a whole. A partition of the table takes 1,000 of them a second, so that takes 50 s at least; Lambda's payload of 6 MB
     * has room for four such records. The function stops itself before its time-out, so Lambda never cuts off a batch.
     * Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html
     */
    function: { timeoutSeconds: 900, memoryMegabytes: 512 },
  },
  detector: {
    mapping: {
      // The most that Lambda allows: a look at a series costs the same for one event and for many.
      batchSize: 10_000,
      batchWindowSeconds: 0,
      retryAttempts: 10,
      maxRecordAgeSeconds: recordAgeWithin(streamRetentionHours),
      bisectBatchOnError: true,
      parallelizationFactor: 1,
      reportBatchItemFailures: true,
      filters: [newsOfTheTable, amendmentsOfTheTable],
    },
    /**
     * Enough for a batch of many series, each with a long regime to read. A batch that takes longer is split, and the
     * finished part stays done.
     */
    function: { timeoutSeconds: 300, memoryMegabytes: 1024 },
  },
  sweeper: {
    /** The shortest interval of EventBridge. So a change point waits for a minute at most once the topic is back. */
    everyMinutes: 1,
    /** The time-out is less than the time between two sweeps, so that sweeps do not overlap. */
    function: { timeoutSeconds: 55, memoryMegabytes: 256 },
  },
  digest: {
    /** Seconds in which change points come together for one message to people. */
    windowSeconds: 60,
    /** Lambda's own least. So change points that come together are in two messages at most. */
    maximumConcurrency: 2,
    /** Some 1,300 change points fit into the payload; each series of them takes three calls to the table, 32 at once. */
    function: { timeoutSeconds: 30, memoryMegabytes: 512 },
  },
  forwarder: {
    /** As many messages as one PutEvents takes entries, and Lambda's own least concurrency. */
    mapping: { batchSize: 10, batchWindowSeconds: 0, maximumConcurrency: 2 },
    function: { timeoutSeconds: 30, memoryMegabytes: 256 },
  },
  /** The two queues that the topic of change points fills: those of the digest and of the forwarder. */
  topicQueue: {
    /** How often a message is received before it is set aside. Minutes lie between two tries, so what it is for may fail for hours. */
    receives: 50,
    /** Days that a message is kept, also when set aside: the most that SQS allows. */
    retentionDays: 14,
  },
  streamRetentionHours,
  /** Days that the bucket keeps quarantined records and failed batches. */
  quarantineDays: 90,
  /** Days that a function's log is kept. */
  logRetentionDays: 30,
  /** The CloudWatch namespace of the functions' own metrics. */
  metricsNamespace: 'ChangePointDetection',
} as const satisfies {
  recorder: { mapping: MappingLimits; function: FunctionLimits };
  detector: { mapping: MappingLimits; function: FunctionLimits };
  sweeper: { everyMinutes: number; function: FunctionLimits };
  digest: { windowSeconds: number; maximumConcurrency: number; function: FunctionLimits };
  forwarder: { mapping: QueueMappingLimits; function: FunctionLimits };
  topicQueue: { receives: number; retentionDays: number };
  streamRetentionHours: number;
  quarantineDays: number;
  logRetentionDays: number;
  metricsNamespace: string;
};

/**
 * How the digest is invoked, for a window of so many seconds.
 *
 * "For streams and Amazon SQS event sources, when you set BatchSize to a value greater than 10, you must set
 * MaximumBatchingWindowInSeconds to at least 1"; the most is 10,000.
 * Source: https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
 */
export function digestMapping(batchWindowSeconds: number): QueueMappingLimits {
  const { maximumConcurrency } = deploymentLimits.digest;
  return { batchSize: batchWindowSeconds === 0 ? 10 : 10_000, batchWindowSeconds, maximumConcurrency };
}

/**
 * How long the queue of the digest hides a message that is being told: "six times your function timeout, plus the value of
 * MaximumBatchingWindowInSeconds".
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
export function digestQueueSeconds(batchWindowSeconds: number): number {
  return 6 * deploymentLimits.digest.function.timeoutSeconds + batchWindowSeconds;
}
