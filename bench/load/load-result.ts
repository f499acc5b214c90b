import type { Quantiles } from './latencies.ts';

/** The state of the run at one moment. */
export interface LoadSample {
  /** Seconds since the first event was due. */
  readonly second: number;
  readonly put: number;
  readonly recorded: number;
  readonly tested: number;
  readonly notified: number;
  /** Events put and not tested yet. */
  readonly backlog: number;
  /** Memory of the process with functions and mappings. */
  readonly memoryMegabytes: number;
  /** Memory of the process with the emulators, which keep all data in memory. */
  readonly emulatorMegabytes: number;
}

export interface LoadResult {
  readonly put: number;
  readonly recorded: number;
  readonly tested: number;
  readonly late: number;
  /** Records and batches set aside. */
  readonly setAside: number;
  readonly expected: number;
  readonly found: number;
  readonly published: number;
  readonly notified: number;
  /** Seconds from when the first event was due until the last one was put, and until it was tested. */
  readonly putSeconds: number;
  readonly testedSeconds: number;
  readonly eventsPerSecond: number;
  /** Latencies from when an event was due, in milliseconds. So they include the wait for its turn to be put. */
  readonly toTested: Quantiles | undefined;
  readonly toNotified: Quantiles | undefined;
  readonly peakMemoryMegabytes: number;
  /** Processor time of functions and mappings, from when the first event was due until the last one was tested. */
  readonly cpuSeconds: number;
  /** Processor time of the emulators in the same time. */
  readonly emulatorCpuSeconds: number;
  readonly samples: readonly LoadSample[];
  readonly lastError: unknown;
}
