import { type ResolvedOptions, resolveOptions } from '@aed/core';
import fc from 'fast-check';
import { processingLimits } from '../../../lambda/processing-limits.ts';
import { regimeLimits } from '../../../lambda/regime/regime-limits.ts';
import { deploymentLimits } from '../../../lib/deployment-limits.ts';
import {
  type ExtraBatch,
  type Fault,
  type FaultKind,
  faultKinds,
  type PutRecord,
  type Schedule,
  type Step,
  type Target,
} from './schedule.ts';

const { writeAttempts } = processingLimits;

/** The faults that any call can meet. */
const callFaults = faultKinds.filter(
  (kind) => kind !== 'unprocessed' && kind !== 'chunk lost' && kind !== 'chunk changed',
);

const options: fc.Arbitrary<ResolvedOptions> = fc
  .record({
    alpha: fc.constantFrom(0.1, 0.3, 0.6),
    practicalThreshold: fc.constantFrom(0, 0, 2),
    startup: fc.integer({ min: 2, max: 4 }),
    window: fc.integer({ min: 0, max: 3 }),
    restart: fc.constantFrom('detection' as const, 'change' as const),
    room: fc.integer({ min: 0, max: 30 }),
  })
  .map(({ room, ...rest }) => ({ ...resolveOptions(), ...rest, maxRegimeLength: 2 * rest.startup + room }));

const stretch = fc.record({
  level: fc.integer({ min: -3, max: 3 }),
  length: fc.integer({ min: 3, max: 14 }),
});

const put: fc.Arbitrary<PutRecord> = fc.record({
  series: fc.nat({ max: 2 }),
  events: fc.constantFrom(1, 2, 6, 12, 20),
  // Sometimes more than fit in one call to the table. Not often, since each is a series to judge.
  beside: fc.oneof(
    { weight: 30, arbitrary: fc.constant(0) },
    { weight: 2, arbitrary: fc.constantFrom(2, 26) },
  ),
  poisoned: fc.constantFrom(false, false, false, false, true),
  aggregated: fc.constantFrom(false, false, true),
  twice: fc.constantFrom(false, false, false, false, true),
  corrects: fc.option(fc.constantFrom(0, 0.5, 0.8, 0.9, 1), { nil: undefined, freq: 2 }),
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

/** Faults that leave a decided change point pending. */
const abandonment = fc
  .constantFrom<Target[]>('store', 'claim', 'publish', 'publish', 'mark')
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
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('topic' as const),
      down: fc.constantFrom('refused', 'refused', 'failed', 'throttled', 'reset before', undefined),
    }),
  },
);

/** About how many calls of a target one run makes. A fault after that would meet no call. */
const callsOf: Readonly<Record<Target, number>> = {
  any: 40,
  write: 25,
  keep: 2,
  read: 20,
  'read chunks': 10,
  'write chunks': 6,
  head: 15,
  store: 5,
  claim: 5,
  publish: 5,
  mark: 5,
  release: 2,
  retract: 2,
  remember: 8,
  tell: 4,
};

function faults(targets: readonly Target[], kinds: readonly FaultKind[], maxLength: number) {
  const fault = fc
    .constantFrom(...targets)
    .chain((target) => faultOf(target, kinds, callsOf[target] - 1, [1, 1, 1, 2, 5]));
  return fc.array(fault, { maxLength, size: 'max' });
}

/** Items that stay unprocessed until the recorder gives up, once or twice. */
const unprocessed = faultOf('write', ['unprocessed'], callsOf.write - 1, [writeAttempts, 2 * writeAttempts]);

/** Leaves out faults beyond a record's retry limit: a record that fails more often is rightly given up. */
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
  late: fc.constantFrom(false, true),
  steps: fc.array(step, { minLength: 2, maxLength: 10, size: 'max' }),
  eager: fc.boolean(),
  recorderFaults: fc
    .tuple(
      faults(['any', 'write', 'write', 'keep'], [...callFaults, 'unprocessed'], 5),
      fc.array(unprocessed, { maxLength: 1 }),
    )
    .map(([some, more]) => withinRetries([...more, ...some])),
  detectorFaults: fc
    .tuple(
      faults(
        ['any', 'read', 'head', 'store', 'claim', 'publish', 'mark', 'release', 'retract'],
        callFaults,
        6,
      ),
      faults(['read chunks', 'write chunks'], [...callFaults, 'unprocessed'], 2),
      faults(['read chunks'], ['chunk lost', 'chunk changed'], 4),
    )
    .map((some) => some.flat()),
  sweeperFaults: faults(['any', 'store', 'claim', 'publish', 'mark'], callFaults, 2),
  recorderBatchSize: fc.constantFrom(1, 3, 10, 100),
  // Often less than the records of a batch hold, so that waves end anywhere, and in other places when they are written again.
  waveSizes: fc.array(fc.constantFrom(1, 2, 3, 7, 25, 60, 500), { minLength: 1, maxLength: 6 }),
  detectorBatchSize: fc.constantFrom(1, 4, 20, 1000),
  detectorRetries: fc.constantFrom(0, 1, 10),
  recorderParallelization: fc.constantFrom(1, 1, 3),
  detectorParallelization: fc.constantFrom(1, 1, 3),
  regimeLimits: fc.record({
    chunkPoints: fc.integer({ min: 2, max: 8 }),
    newestPoints: fc.nat({ max: 3 }),
    leastLifeMs: fc.constant(regimeLimits.leastLifeMs),
    rememberedPoints: fc.constantFrom(regimeLimits.rememberedPoints, 100, 0),
    detectorPoints: fc.constantFrom(regimeLimits.detectorPoints, 0),
  }),
  // The last one, so that the others stay what they were for a seed.
  digestFaults: faults(['any', 'read', 'remember', 'tell', 'tell'], callFaults, 6),
});
