import { AedDetector, type DetectorOptions } from '@aed/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runsOf } from '../use/share-of-runs.ts';
import { normal, randomOf } from './random.ts';

/** Points of the new level until it is known; `Infinity` if it is not within 200. */
function delayOf(options: DetectorOptions, quiet: number, valueAt: (index: number) => number): number {
  const detector = new AedDetector({ statistic: 'scan', ...options });
  for (let index = 0; index < quiet + 200; index++)
    if (detector.push(valueAt(index)) !== undefined) return index - quiet + 1;
  return Number.POSITIVE_INFINITY;
}

describe('one constant after another', () => {
  test.each<[DetectorOptions, number]>([
    [{}, 8],
    [{ falseAlarmEvery: 100_000 }, 8],
    [{ dependence: 'independent' }, 8],
    [{ practicalThreshold: 0.5 }, 20],
  ])('is known with %j within %d points, however long the first one lasted', (options, most) => {
    const step = (quiet: number) => (index: number) => (index < quiet ? 20 : 21);
    const lengths = Array.from({ length: 371 }, (_, index) => 30 + index);
    expect(lengths.filter((quiet) => delayOf(options, quiet, step(quiet)) > most)).toEqual([]);
  });
});

describe('a step among few values, and one outlier before it', () => {
  const few = (seed: number, noise: number) => {
    const random = randomOf(seed);
    return Array.from({ length: 300 }, (_, index) =>
      Math.round((index < 200 ? 20 : 23) + noise * normal(random)),
    );
  };
  const firstOf = (values: readonly number[], options: DetectorOptions) => {
    const detector = new AedDetector(options);
    for (const value of values) {
      const found = detector.push(value);
      if (found !== undefined) return found;
    }
    return undefined;
  };

  test.each<DetectorOptions>([{ statistic: 'scan' }, { statistic: 'mpp', alpha: 1e-4 }])(
    'is placed by %j where it is, however far out that lies',
    (options) => {
      fc.assert(
        fc.property(
          fc.nat(),
          fc.constantFrom(0, 0.2, 0.4),
          fc.integer({ min: 20, max: 180 }),
          fc.integer({ min: 2, max: 300 }),
          fc.constantFrom(-1, 1),
          (seed, noise, place, power, sign) => {
            const values = few(seed, noise).with(place, sign * 10 ** power);
            const found = firstOf(values, options);
            expect(found?.changedAt).toBeGreaterThanOrEqual(195);
            expect(found?.changedAt).toBeLessThanOrEqual(205);
            expect(Math.abs(Number(found?.magnitude) - 3)).toBeLessThanOrEqual(1);
          },
        ),
        { numRuns: runsOf(60) },
      );
    },
  );
});
