import { type ResolvedOptions, resolveOptions } from '@aed/core';
import fc from 'fast-check';

/** Multiples of ¼ with many ties: sums and differences of them are exact. */
const quarter = fc.integer({ min: -12, max: 12 }).map((n) => n / 4);

/** A series of quarters without any pattern. */
export const noise = (maxLength = 40) => fc.array(quarter, { maxLength, size: 'max' });

/** A series that moves between levels, with ties: what a detector finds change points in. */
export const levels = (maxPieceLength = 30) =>
  fc
    .array(
      fc.tuple(
        fc.integer({ min: -4, max: 4 }),
        fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: maxPieceLength, size: 'max' }),
      ),
      { minLength: 1, maxLength: 4, size: 'max' },
    )
    .map((pieces) => pieces.flatMap(([level, wiggle]) => wiggle.map((n) => 2 * level + n / 4)));

/** Doubles of every size, the largest and the smallest among them. */
export const doubles = (constraints: fc.ArrayConstraints) =>
  fc.array(
    fc.oneof(
      quarter,
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
      fc.constantFrom(Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE, -Number.MIN_VALUE, 0),
    ),
    constraints,
  );

/** A practical threshold: 0, one that ties with differences of quarters, or one that does not. */
export const threshold = fc.constantFrom(0, 0.5, 1, 2, 0.3);

/** Options under which short series have change points. */
export const options: fc.Arbitrary<ResolvedOptions> = fc
  .record({
    alpha: fc.constantFrom(0.01, 0.05, 0.3, 0.9),
    practicalThreshold: threshold,
    falseAlarmEvery: fc.constantFrom(0, 100, 200, 10_000),
    startup: fc.integer({ min: 2, max: 8 }),
    window: fc.integer({ min: 0, max: 8 }),
    restart: fc.constantFrom('detection' as const, 'change' as const),
    slack: fc.option(fc.integer({ min: 0, max: 30 }), { nil: Number.POSITIVE_INFINITY }),
  })
  .map(({ slack, ...rest }) => ({ ...resolveOptions(), ...rest, maxRegimeLength: 2 * rest.startup + slack }));
