import { AedDetector, type DetectorOptions, resolveOptions } from '@aed/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readingsNeeded } from '../../cli/detect/readings-needed.ts';

const asked = fc.oneof(
  fc.record<DetectorOptions>({
    alpha: fc.constantFrom(0.0001, 0.01, 0.3, 0.9),
    startup: fc.integer({ min: 2, max: 30 }),
  }),
  fc.record<DetectorOptions>({
    statistic: fc.constant('scan' as const),
    falseAlarmEvery: fc.constantFrom(100, 1_000, 10_000, 10_000_000),
    minimumLength: fc.integer({ min: 2, max: 20 }),
    practicalThreshold: fc.constantFrom(0, 0.5),
    startup: fc.integer({ min: 2, max: 30 }),
  }),
);

/** How many points a detector takes until its first alarm, if it raises one. */
function pointsToAlarm(values: readonly number[], options: DetectorOptions): number {
  const detector = new AedDetector(options);
  const index = values.findIndex((value) => detector.push(value) !== undefined);
  return index < 0 ? Number.POSITIVE_INFINITY : index + 1;
}

/** A rise after `before` points that separates all values, no two of which are equal. */
const perfect = (before: number, points: number) =>
  Array.from({ length: points }, (_, index) => ((index * 7919) % 1009) / 1e6 + (index < before ? 0 : 1));

test('of all perfect shifts none has an alarm sooner, and one has it there', () => {
  fc.assert(
    fc.property(asked, fc.constantFrom(1, -1), (others, sign) => {
      const options: DetectorOptions = { ...others, dependence: 'independent' };
      const fewest = readingsNeeded(resolveOptions(options));
      const found = Array.from({ length: fewest - 1 }, (_, index) =>
        pointsToAlarm(
          perfect(index + 1, fewest).map((value) => sign * value),
          options,
        ),
      );
      expect(Math.min(...found)).toBe(fewest);
    }),
    { numRuns: 60 },
  );
});

test('it is the same for readings that may depend on each other, which never need fewer', () => {
  fc.assert(
    fc.property(asked, (options) => {
      const independent = readingsNeeded(resolveOptions({ ...options, dependence: 'independent' }));
      expect(readingsNeeded(resolveOptions({ ...options, dependence: 'auto' }))).toBe(independent);
    }),
    { numRuns: 30 },
  );
});

test('no order of different values has an alarm sooner', () => {
  fc.assert(
    fc.property(asked, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (options, keys) => {
      const points = readingsNeeded(resolveOptions(options)) - 1;
      const values = Array.from({ length: points }, (_, index) => index);
      const order = new Map(values.map((value) => [value, keys.next().value ?? 0]));
      // Half sorted, so that there is evidence.
      const key = (value: number) => (order.get(value) ?? 0) + value / points;
      const shuffled = [...values].sort((a, b) => key(a) - key(b));
      expect(pointsToAlarm(shuffled, options)).toBe(Number.POSITIVE_INFINITY);
    }),
  );
});

test.each<[number, DetectorOptions]>([
  [16, {}],
  [5, { alpha: 0.9 }],
  [30, { startup: 30 }],
  [28, { startup: 10, maxRegimeLength: 20, alpha: 0.0001 }],
])('%i with %j', (points, options) => expect(readingsNeeded(resolveOptions(options))).toBe(points));
