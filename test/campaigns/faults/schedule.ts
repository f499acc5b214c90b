import type { DetectorOptions } from '@aed/core';

/** Which of a function's calls a fault is for. */
export type Target = 'any' | 'write' | 'keep' | 'read' | 'head' | 'store' | 'publish' | 'mark';

/**
 * What may happen to a call.
 *
 * Without an effect: `throttled`, `failed` (500) and `reset before` are repeated by the SDK, `refused` is not. With the effect,
 * but no answer that says so: `failed after`, `reset after`. `unprocessed`: of a batch write only a part is taken; it is
 * nothing to other calls. The deaths take the instance with them, before or after the effect.
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
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** Meets the calls of one target from the `after`-th on, counted from 0 over all instances of the function. */
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

/** One record for the stream: the next events of a series, and perhaps one entry that nobody can read. */
export interface PutRecord {
  readonly series: number;
  readonly events: number;
  /** How many other series, quiet ones, have an event after the first of these. */
  readonly beside: number;
  readonly poisoned: boolean;
  /** Whether its entries are in it as the Kinesis Producer Library puts them together, or are lines of text. */
  readonly aggregated: boolean;
  /** Whether the producer, who heard nothing, puts it a second time. */
  readonly twice: boolean;
}

/** A batch that one more detector is given while the mapping brings the same records to others. */
export interface ExtraBatch {
  /** Where in the records so far it begins, and how much of the rest it takes: parts of 1. */
  readonly from: number;
  readonly share: number;
  readonly reversed: boolean;
}

export type Step =
  | { readonly kind: 'put'; readonly records: readonly PutRecord[] }
  | { readonly kind: 'split'; readonly shard: number }
  | { readonly kind: 'detect'; readonly extras: readonly ExtraBatch[]; readonly sweep: boolean }
  /** Detectors that nobody repeats, which meet this fault besides, and a sweep after them. */
  | { readonly kind: 'abandon'; readonly extras: readonly ExtraBatch[]; readonly fault: Fault };

/** Everything that happens in one run. */
export interface Schedule {
  readonly options: Required<DetectorOptions>;
  readonly series: readonly (readonly Stretch[])[];
  /** Whether the first series has late events: each of its records keeps the last event back for the next one. */
  readonly late: boolean;
  readonly steps: readonly Step[];
  /** Whether detectors are given each event as soon as it is in the table, or only by the steps. */
  readonly eager: boolean;
  readonly recorderFaults: readonly Fault[];
  readonly detectorFaults: readonly Fault[];
  readonly sweeperFaults: readonly Fault[];
  readonly recorderBatchSize: number;
  readonly detectorBatchSize: number;
  /** After so many retries the detector's mapping gives a batch up; what it decided before is then the sweeper's to tell. */
  readonly detectorRetries: number;
  readonly recorderParallelization: number;
  readonly detectorParallelization: number;
}

/** The readings of a series: levels far enough apart to be found, with noise that repeats values. */
export function readingsOf(stretches: readonly Stretch[]): readonly number[] {
  return stretches
    .flatMap(({ level, length }) => Array.from({ length }, () => level * 3))
    .map((level, index) => level + noise(index));
}

export function noise(index: number): number {
  return ((index * 7) % 5) / 4;
}
