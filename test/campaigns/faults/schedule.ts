import type { DetectorOptions } from '@aed/core';
import fc from 'fast-check';
import { processingLimits } from '../../../lambda/processing-limits.ts';
import { deploymentLimits } from '../../../lib/deployment-limits.ts';

const { writeAttempts } = processingLimits;

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

const options: fc.Arbitrary<Required<DetectorOptions>> = fc
  .record({
    alpha: fc.constantFrom(0.1, 0.3, 0.6),
    practicalThreshold: fc.constantFrom(0, 0, 2),
    startup: fc.integer({ min: 2, max: 4 }),
    window: fc.integer({ min: 0, max: 3 }),
    restart: fc.constantFrom('detection' as const, 'change' as const),
    room: fc.integer({ min: 0, max: 30 }),
  })
  .map(({ room, ...rest }) => ({ ...rest, maxRegimeLength: 2 * rest.startup + room }));

const stretch = fc.record({
  level: fc.integer({ min: -3, max: 3 }),
  length: fc.integer({ min: 3, max: 14 }),
});

const put: fc.Arbitrary<PutRecord> = fc.record({
  series: fc.nat({ max: 2 }),
  events: fc.constantFrom(1, 2, 6, 12, 20),
  // Now and then more than fit in one call to the table; each is a series to be judged.
  beside: fc.oneof(
    { weight: 30, arbitrary: fc.constant(0) },
    { weight: 2, arbitrary: fc.constantFrom(2, 26) },
  ),
  poisoned: fc.constantFrom(false, false, false, false, true),
  aggregated: fc.constantFrom(false, false, true),
  twice: fc.constantFrom(false, false, false, false, true),
});

const extra: fc.Arbitrary<ExtraBatch> = fc.record({
  from: fc.double({ min: 0, max: 1, noNaN: true }),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
  reversed: fc.boolean(),
});

function faultOf(
  target: Target,
  kinds: readonly FaultKind[],
  latest: number,
  times: readonly number[],
): fc.Arbitrary<Fault> {
  return fc.record<Fault>({
    target: fc.constant(target),
    after: fc.nat({ max: latest }),
    times: fc.constantFrom(...times),
    kind: fc.constantFrom(...kinds),
  });
}

/** What leaves a change point pending, if one is decided. */
const abandonment = fc
  .constantFrom<Target[]>('store', 'publish', 'publish', 'mark')
  .chain((target) => faultOf(target, ['death before', 'death after', 'refused'], 1, [1, 5]));

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('put' as const),
      records: fc.array(put, { minLength: 1, maxLength: 8 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('split' as const), shard: fc.nat({ max: 3 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('detect' as const),
      extras: fc.array(extra, { maxLength: 3 }),
      sweep: fc.constantFrom(false, false, true),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('abandon' as const),
      fault: abandonment,
      extras: fc.array(extra, { minLength: 1, maxLength: 2 }),
    }),
  },
);

/** How many calls of a target one run may make, about: a fault that comes later would meet none. */
const callsOf: Readonly<Record<Target, number>> = {
  any: 40,
  write: 25,
  keep: 2,
  read: 20,
  head: 15,
  store: 5,
  publish: 5,
  mark: 5,
};

function faults(targets: readonly Target[], kinds: readonly FaultKind[], maxLength: number) {
  const fault = fc
    .constantFrom(...targets)
    .chain((target) => faultOf(target, kinds, callsOf[target] - 1, [1, 1, 1, 2, 5]));
  return fc.array(fault, { maxLength, size: 'max' });
}

/** What stays unprocessed until the recorder gives up, once or twice. */
const unprocessed = faultOf('write', ['unprocessed'], callsOf.write - 1, [writeAttempts, 2 * writeAttempts]);

/** Fewer failures than a record has retries: what fails more often is given up, as it should be. */
function withinRetries(faults: readonly Fault[]): readonly Fault[] {
  let times = 0;
  return faults.filter((fault) => {
    const isPartial = fault.target === 'write' && fault.kind === 'unprocessed';
    times += isPartial ? Math.ceil(fault.times / writeAttempts) : fault.times;
    return times <= deploymentLimits.recorder.mapping.retryAttempts;
  });
}

export const schedules: fc.Arbitrary<Schedule> = fc.record({
  options,
  series: fc.array(fc.array(stretch, { minLength: 2, maxLength: 7, size: 'max' }), {
    minLength: 1,
    maxLength: 3,
    size: 'max',
  }),
  late: fc.constantFrom(false, false, false, false, true),
  steps: fc.array(step, { minLength: 2, maxLength: 10, size: 'max' }),
  eager: fc.boolean(),
  recorderFaults: fc
    .tuple(faults(['any', 'write', 'write', 'keep'], faultKinds, 5), fc.array(unprocessed, { maxLength: 1 }))
    .map(([some, more]) => withinRetries([...more, ...some])),
  detectorFaults: faults(
    ['any', 'read', 'head', 'store', 'publish', 'mark'],
    faultKinds.filter((kind) => kind !== 'unprocessed'),
    6,
  ),
  sweeperFaults: faults(
    ['any', 'publish', 'mark'],
    faultKinds.filter((kind) => kind !== 'unprocessed'),
    2,
  ),
  recorderBatchSize: fc.constantFrom(1, 3, 10, 100),
  detectorBatchSize: fc.constantFrom(1, 4, 20, 1000),
  detectorRetries: fc.constantFrom(0, 1, 10),
  recorderParallelization: fc.constantFrom(1, 1, 3),
  detectorParallelization: fc.constantFrom(1, 1, 3),
});

/** The readings of a series: levels far enough apart to be found, with noise that repeats values. */
export function readingsOf(stretches: readonly Stretch[]): readonly number[] {
  return stretches
    .flatMap(({ level, length }) => Array.from({ length }, () => level * 3))
    .map((level, index) => level + noise(index));
}

export function noise(index: number): number {
  return ((index * 7) % 5) / 4;
}
