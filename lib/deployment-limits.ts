/** How an event source mapping cuts, retries and gives up. The names are those of Lambda's own API, with units. */
export interface MappingLimits {
  /** Records in one invocation, at most. */
  readonly batchSize: number;
  /** How long to wait for a fuller batch. */
  readonly batchWindowSeconds: number;
  /** Retries of a failing batch before it goes to the on-failure destination; −1: without end. */
  readonly retryAttempts: number;
  /**
   * Records older than this go to the on-failure destination unread; −1, for Lambda's "none", is only for the local runner.
   * Less than the stream keeps them, or they would vanish from the stream before anyone set them aside.
   */
  readonly maxRecordAgeSeconds: number;
  /** Whether a failing batch is split in two, to home in on the record that fails. */
  readonly bisectBatchOnError: boolean;
  /** Invocations at once for one shard. */
  readonly parallelizationFactor: number;
  /** Whether the function names the first record that failed, so that what went before is not repeated. */
  readonly reportBatchItemFailures: boolean;
  /** Only records matching one of these patterns reach the function; no pattern: all do. */
  readonly filters: readonly FilterPattern[];
}

/** A record's fields with the rules of which one must hold, as in Lambda's event filtering; `$or`: patterns of which one must. */
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

/** What one function may use. */
export interface FunctionLimits {
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
}

/** Lambda's own bound of a record's age: seven days. */
const oldestRecordSeconds = 7 * 24 * 3600;

/** The age at which to give up on a record that its stream keeps so long: an hour before, so that it is set aside whole. */
export function recordAgeWithin(retentionHours: number): number {
  return Math.min((retentionHours - 1) * 3600, oldestRecordSeconds);
}

/** Hours that the stream keeps a record, unless told otherwise; a table's stream always keeps it so long. */
const streamRetentionHours = 24;

/**
 * The bounds of everything that could otherwise grow without end.
 *
 * The stack and the local runner both read them here, so what is tested on one machine is what is deployed.
 */
export const deploymentLimits = {
  recorder: {
    mapping: {
      batchSize: 500,
      batchWindowSeconds: 0,
      retryAttempts: 10,
      maxRecordAgeSeconds: recordAgeWithin(streamRetentionHours),
      bisectBatchOnError: true,
      parallelizationFactor: 1,
      reportBatchItemFailures: true,
      filters: [],
    },
    /**
     * The most that Lambda gives: one record of 1 MiB may hold nearly 50,000 events of one series, which are written one
     * a call, and a record is done as a whole or not at all. That leaves each call 18 ms. The function stops itself
     * before its time is up, so no batch is ever cut off.
     */
    function: { timeoutSeconds: 900, memoryMegabytes: 512 },
  },
  detector: {
    mapping: {
      // As many as there may be: a look at a series costs the same for one event and for many.
      batchSize: 10_000,
      batchWindowSeconds: 0,
      retryAttempts: 10,
      maxRecordAgeSeconds: recordAgeWithin(streamRetentionHours),
      bisectBatchOnError: true,
      parallelizationFactor: 1,
      reportBatchItemFailures: true,
      filters: [{ eventName: ['INSERT', 'MODIFY'] }],
    },
    /** A batch of many series, each with a long regime to read, should fit; one that does not is split, and what was done of it stays done. */
    function: { timeoutSeconds: 300, memoryMegabytes: 1024 },
  },
  sweeper: {
    everyMinutes: 5,
    /** Less than the time between two sweeps, so that these do not overlap. */
    function: { timeoutSeconds: 240, memoryMegabytes: 256 },
  },
  streamRetentionHours,
  /** Days that the bucket keeps what was set aside. */
  quarantineDays: 90,
  /** Days that a function's log is kept. */
  logRetentionDays: 30,
  /** Where the functions' own metrics are in CloudWatch. */
  metricsNamespace: 'ChangePointDetection',
} as const satisfies {
  recorder: { mapping: MappingLimits; function: FunctionLimits };
  detector: { mapping: MappingLimits; function: FunctionLimits };
  sweeper: { everyMinutes: number; function: FunctionLimits };
  streamRetentionHours: number;
  quarantineDays: number;
  logRetentionDays: number;
  metricsNamespace: string;
};
