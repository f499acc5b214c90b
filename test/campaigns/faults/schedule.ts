import type { ResolvedOptions } from '@aed/core';
import type { RegimeLimits } from '../../../lambda/regime/regime-limits.ts';

/** The kind of call that a fault is for. */
export type Target =
  | 'any'
  | 'write'
  | 'keep'
  | 'read'
  | 'read chunks'
  | 'write chunks'
  | 'head'
  | 'store'
  | 'claim'
  | 'publish'
  | 'mark'
  | 'release'
  | 'retract'
  | 'remember'
  | 'tell';

/**
 * The faults of a call.
 *
 * The call has no effect: `throttled`, `failed` (500), `reset before`, which the SDK retries, and `refused`, which it does not.
 * The call has its effect, but the answer does not say so: `failed after`, `reset after`. Only a part of a batch write is taken:
 * `unprocessed`, which other calls ignore. The instance dies before or after the effect: `death before`, `death after`. Before chunks are
 * read, one of them is deleted or changed in the table: `chunk lost`, `chunk changed`.
 */
export const faultKinds = [
  'throttled',
  'failed',
  'refused',
  'reset before',
  'failed after',
  'reset after',
  'unprocessed',
  'death before',
  'death after',
  'chunk lost',
  'chunk changed',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** A fault of `times` calls of one target, from the `after`-th on. Calls are counted from 0, over all instances of the function. */
export interface Fault {
  readonly target: Target;
  readonly after: number;
  readonly times: number;
  readonly kind: FaultKind;
}

/** A stretch of readings around one level. */
export interface Stretch {
  readonly level: number;
  readonly length: number;
}

/** One record for the stream: the next events of a series, and perhaps an unreadable entry. */
export interface PutRecord {
  readonly series: number;
  readonly events: number;
  /** Number of further series, without changes, that have an event in the record. It follows the first event. */
  readonly beside: number;
  readonly poisoned: boolean;
  /** Whether it is aggregated, as by the Kinesis Producer Library. Otherwise its entries are lines of text. */
  readonly aggregated: boolean;
  /** Whether the producer puts it a second time, as after a lost answer. */
  readonly twice: boolean;
  /**
   * Which event of the series it holds once more, with another value, as a share of those before. Only a series with late events has such.
   */
  readonly corrects?: number | undefined;
}

/** A batch for a further detector, while the mapping passes the same records to others. */
export interface ExtraBatch {
  /** Its start, as a share of the records so far, and its length, as a share of the rest. */
  readonly from: number;
  readonly share: number;
  readonly reversed: boolean;
}

/** The records of such a batch. */
export function batchOf<One>({ from, share, reversed }: ExtraBatch, records: readonly One[]): One[] {
  const start = Math.floor(from * records.length);
  const batch = records.slice(start, start + Math.ceil(share * (records.length - start)));
  return reversed ? batch.toReversed() : [...batch];
}

export type Step =
  | { readonly kind: 'put'; readonly records: readonly PutRecord[] }
  | { readonly kind: 'split'; readonly shard: number }
  | { readonly kind: 'detect'; readonly extras: readonly ExtraBatch[]; readonly sweep: boolean }
  /** Detectors that are not retried and meet one more fault, followed by a sweep. */
  | { readonly kind: 'abandon'; readonly extras: readonly ExtraBatch[]; readonly fault: Fault }
  /** From now on every call to the topic meets this fault, or if absent none. */
  | { readonly kind: 'topic'; readonly down?: FaultKind | undefined };

/** Everything that happens in one run. */
export interface Schedule {
  readonly options: ResolvedOptions;
  readonly series: readonly (readonly Stretch[])[];
  /**
   * Whether the first series has late and corrected events: each of its records holds its last event back for the next record, and
   * may correct an earlier one.
   */
  readonly late: boolean;
  readonly steps: readonly Step[];
  /** Whether detectors receive each event as soon as it is in the table. Otherwise they receive it in the next step that detects. */
  readonly eager: boolean;
  readonly recorderFaults: readonly Fault[];
  readonly detectorFaults: readonly Fault[];
  readonly sweeperFaults: readonly Fault[];
  readonly digestFaults: readonly Fault[];
  readonly recorderBatchSize: number;
  /** How much the recorder gathers for each wave, in turn. */
  readonly waveSizes: readonly number[];
  readonly detectorBatchSize: number;
  /** Retry limit of the detector's mapping. After it the sweeper must store and publish what the detector decided. */
  readonly detectorRetries: number;
  readonly recorderParallelization: number;
  readonly detectorParallelization: number;
  /** How the detectors cache regimes: in chunks of so few points that short series have some. */
  readonly regimeLimits: RegimeLimits;
}

/** The readings of a series. Its levels are far enough apart to be found. Its noise makes ties. */
export function readingsOf(stretches: readonly Stretch[]): readonly number[] {
  return stretches
    .flatMap(({ level, length }) => Array.from({ length }, () => level * 3))
    .map((level, index) => level + noise(index));
}

export function noise(index: number): number {
  return ((index * 7) % 5) / 4;
}
