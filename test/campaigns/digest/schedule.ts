import fc from 'fast-check';

/** A change point that comes to the queue, perhaps more than once. */
export interface Arrival {
  readonly series: number;
  readonly muted: boolean;
  /** Seconds after the one before it. */
  readonly afterSeconds: number;
  /** Further copies come so many seconds after it. */
  readonly copiesAfter: readonly number[];
}

/** What befalls an invocation: at its n-th step, before or after the step has its effect. */
export interface Mishap {
  readonly step: number;
  readonly kind: 'dies before' | 'dies after' | 'fails before' | 'fails after';
}

/** All that chance decides in one run. */
export interface DigestSchedule {
  readonly arrivals: readonly Arrival[];
  /** Of the invocations in turn; those that have none are spared. */
  readonly mishaps: readonly (Mishap | undefined)[];
  /** How the awaits of two invocations interleave: so many turns of the event loop for each step, over and over. */
  readonly turns: readonly number[];
  /** Share of the messages at hand that the first of two batches takes. */
  readonly shares: readonly number[];
  readonly windowSeconds: number;
}

const arrival: fc.Arbitrary<Arrival> = fc.record({
  series: fc.nat({ max: 3 }),
  muted: fc.constantFrom(false, false, false, true),
  afterSeconds: fc.constantFrom(0, 0, 1, 30, 120, 600, 1800),
  copiesAfter: fc.array(fc.constantFrom(0, 1, 60, 300, 900), { maxLength: 2 }),
});

const mishap: fc.Arbitrary<Mishap> = fc.record({
  step: fc.nat({ max: 14 }),
  kind: fc.constantFrom('dies before', 'dies after', 'fails before', 'fails after'),
});

export const digestSchedules: fc.Arbitrary<DigestSchedule> = fc.record({
  arrivals: fc.array(arrival, { minLength: 1, maxLength: 30, size: 'max' }),
  mishaps: fc.array(fc.option(mishap, { nil: undefined }), { maxLength: 12, size: 'max' }),
  turns: fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 40, size: 'max' }),
  shares: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 10 }),
  windowSeconds: fc.constantFrom(0, 1, 60, 300),
});
