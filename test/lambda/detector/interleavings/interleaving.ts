import type { DetectorOptions } from '@aed/core';
import fc from 'fast-check';

/** A place in what there is so far, as a share of it. */
type Share = number;

export type OptionsTarget = 'HEAD' | 'SERIES#s' | 'PATTERN#*';

/** What happens to a series. */
export type Act =
  /** New events are stored. Their news comes to an instance at once, or with a later look. */
  | {
      readonly kind: 'store';
      readonly level: number;
      readonly events: number;
      readonly instance?: number | undefined;
    }
  /** The news of so many waves that have not been told comes to an instance. */
  | { readonly kind: 'look'; readonly instance: number; readonly waves: number }
  /** Events come between those that are stored, at once with their news, and perhaps new ones in the same wave. */
  | {
      readonly kind: 'late';
      readonly instance: number;
      readonly at: Share;
      readonly events: number;
      readonly value: number;
      readonly fresh: number;
    }
  /** The value of an event is corrected, at once with its news. */
  | { readonly kind: 'correct'; readonly instance: number; readonly at: Share; readonly value: number }
  /** Events are deleted, or given another value, by hand: at once with the news of that, and of as many waves that have not been told. */
  | {
      readonly kind: 'amend';
      readonly instance: number;
      readonly at: Share;
      readonly events: number;
      /** None to delete them. */
      readonly value?: number | undefined;
      readonly waves: number;
    }
  /** Old news comes again. */
  | { readonly kind: 'repeat'; readonly instance: number; readonly at: Share; readonly waves: number }
  /** An instance ends. The next one of its number remembers nothing. */
  | { readonly kind: 'restart'; readonly instance: number }
  | { readonly kind: 'delete chunk'; readonly at: Share }
  /** One bit of a chunk's points, or of another attribute, is turned. */
  | {
      readonly kind: 'flip bit';
      readonly at: Share;
      readonly bit: Share;
      readonly of: 'points' | 'through' | 'count';
    }
  /** Two chunks change places. */
  | { readonly kind: 'swap chunks'; readonly at: Share; readonly with: Share }
  /** A chunk that stood there earlier stands there again, or in another slot. */
  | { readonly kind: 'old chunk'; readonly at: Share; readonly from: Share }
  | { readonly kind: 'delete HEAD' }
  /** Options are set in the HEAD or in a rule, or a rule is removed. */
  | {
      readonly kind: 'set options';
      readonly target: OptionsTarget;
      readonly options?: DetectorOptions | undefined;
    }
  /** So much time passes that a share of the stored events has expired. They stay in the table for now, as with DynamoDB. */
  | { readonly kind: 'expire'; readonly share: Share };

/** A look that stands still before it writes, while something else happens. */
export interface Held {
  readonly kind: 'held';
  readonly instance: number;
  readonly waves: number;
  readonly before: 'any write' | 'HEAD';
  readonly meanwhile: readonly Act[];
}

export interface Interleaving {
  readonly options: DetectorOptions;
  readonly chunkPoints: number;
  readonly newestPoints: number;
  readonly rememberedPoints: number;
  readonly detectorPoints: number;
  readonly acts: readonly (Act | Held)[];
}

export const instances = 3;

const share = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const instance = fc.nat({ max: instances - 1 });
const value = fc.integer({ min: -8, max: 8 });
const waves = fc.integer({ min: 1, max: 4 });

const options: fc.Arbitrary<DetectorOptions> = fc
  .record({
    alpha: fc.constantFrom(0.001, 0.05, 0.3),
    practicalThreshold: fc.constantFrom(0, 0, 2),
    restart: fc.constantFrom('detection' as const, 'change' as const),
    startup: fc.integer({ min: 2, max: 5 }),
    room: fc.constantFrom(2, 20, 60, 200),
  })
  .map(({ room, ...rest }) => ({ ...rest, maxRegimeLength: 2 * rest.startup + room }));

const store = fc.record({
  kind: fc.constant('store' as const),
  level: fc.constantFrom(0, 0, 0, 0, 0, 3, -4),
  events: fc.integer({ min: 1, max: 25 }),
  instance: fc.option(instance, { nil: undefined, freq: 3 }),
});
const look = fc.record({ kind: fc.constant('look' as const), instance, waves });
const calm: fc.Arbitrary<Act> = fc.oneof({ weight: 3, arbitrary: store }, { weight: 1, arbitrary: look });
const disorder: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    kind: fc.constant('late' as const),
    instance,
    at: share,
    events: fc.integer({ min: 1, max: 3 }),
    value,
    fresh: fc.constantFrom(0, 0, 2),
  }),
  fc.record({ kind: fc.constant('correct' as const), instance, at: share, value }),
  fc.record({
    kind: fc.constant('amend' as const),
    instance,
    at: share,
    events: fc.integer({ min: 1, max: 20 }),
    value: fc.option(value, { nil: undefined }),
    waves: fc.nat({ max: 2 }),
  }),
  fc.record({ kind: fc.constant('repeat' as const), instance, at: share, waves }),
  fc.record({ kind: fc.constant('restart' as const), instance }),
);
const damage: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ kind: fc.constant('delete chunk' as const), at: share }),
  fc.record({
    kind: fc.constant('flip bit' as const),
    at: share,
    bit: share,
    of: fc.constantFrom('points' as const, 'points' as const, 'through' as const, 'count' as const),
  }),
  fc.record({ kind: fc.constant('swap chunks' as const), at: share, with: share }),
  fc.record({ kind: fc.constant('old chunk' as const), at: share, from: share }),
);
const rare: fc.Arbitrary<Act> = fc.oneof(
  fc.constant({ kind: 'delete HEAD' as const }),
  fc.record({ kind: fc.constant('set options' as const), target: fc.constant('HEAD' as const), options }),
  fc.record({ kind: fc.constant('expire' as const), share }),
);
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 12, arbitrary: calm },
  { weight: 4, arbitrary: disorder },
  { weight: 4, arbitrary: damage },
  { weight: 1, arbitrary: rare },
);
const held: fc.Arbitrary<Held> = fc.record({
  kind: fc.constant('held' as const),
  instance,
  waves,
  before: fc.constantFrom('any write' as const, 'HEAD' as const),
  meanwhile: fc.array(act, { minLength: 1, maxLength: 3 }),
});

/**
 * All instances learn of a rule between two looks. Within a look they would not, as they do of a HEAD: then two looks that overlap may go by
 * different rules, and their order decides.
 */
const ruled = fc.record({
  kind: fc.constant('set options' as const),
  target: fc.constantFrom('SERIES#s' as const, 'PATTERN#*' as const),
  options: fc.option(options, { nil: undefined, freq: 4 }),
});

export const interleavings: fc.Arbitrary<Interleaving> = fc.record({
  options,
  chunkPoints: fc.integer({ min: 2, max: 9 }),
  newestPoints: fc.nat({ max: 4 }),
  rememberedPoints: fc.constantFrom(1_000_000, 1_000_000, 150),
  detectorPoints: fc.constantFrom(1_000_000, 0),
  acts: fc.array(
    fc.oneof({ weight: 18, arbitrary: act }, { weight: 2, arbitrary: held }, { weight: 1, arbitrary: ruled }),
    {
      minLength: 5,
      maxLength: 40,
      size: 'max',
    },
  ),
});
