import { AedDetector } from '@aed/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scoredStretch } from '../../../core/src/scan/dependence/autocorrelation.ts';
import {
  type LagSums,
  lengthOfMemory,
  pooledPoints,
  sumsIn,
} from '../../../core/src/scan/dependence/lag-sums.ts';
import { RankDependence } from '../../../core/src/scan/dependence/rank-dependence.ts';
import { inBlocks, pooledSums, RankPool } from '../../../core/src/scan/dependence/rank-pool.ts';
import { seedsOf } from '../../use/share-of-runs.ts';
import { autoregression, normal, randomOf } from '../random.ts';

/** A level that wanders, x_t = 0.9·x_{t−1} + noise, and is measured with an error of its own, each of half of the variance. */
function measuredLevel(seed: number, length: number): Float64Array {
  const random = randomOf(seed);
  const level = autoregression(random, 0.9);
  return Float64Array.from({ length }, () => level() + normal(random));
}

const model = (memory?: readonly number[]) => new RankDependence({ restlessAfter: 0 }, memory);

test('earlier regimes tell a short one how far its memory reaches', () => {
  // F of many points is 1 + 2·½·0.9 / (1 − 0.9) = 10.
  const medianOf = (inflation: (seed: number) => number) =>
    Array.from({ length: 41 }, (_, seed) => inflation(seed)).sort((a, b) => a - b)[20];
  const alone = medianOf((seed) => model().inflation(measuredLevel(seed, 60), 30).limit);
  const taught = medianOf((seed) => {
    let memory: readonly number[] | undefined;
    for (let regime = 0; regime < 6; regime++)
      memory = model(memory).memory(measuredLevel(1000 + 10 * seed + regime, 400), 400, 200, true);
    return model(memory).inflation(measuredLevel(seed, 60), 30).limit;
  });
  expect(alone).toBeLessThan(4);
  expect(taught).toBeGreaterThan(5.5);
  expect(taught).toBeLessThan(10);
});

test('a wandering level that is measured with an error is told of at most four times as often as stated', () => {
  const detector = new AedDetector({ statistic: 'scan', falseAlarmEvery: 500 });
  const reports = measuredLevel(1, 60_000).reduce(
    (sum, value) => sum + (detector.push(value) === undefined ? 0 : 1),
    0,
  );
  expect(reports).toBeLessThan((4 * 60_000) / 500);
});

test('changes that come often are no dependence: they are found as long as they come', () => {
  const random = randomOf(3);
  const detector = new AedDetector({ statistic: 'scan', falseAlarmEvery: 5000 });
  let [level, next, changes, found] = [0, 60, 0, 0];
  for (let index = 0; index < 20_000; index++) {
    if (index === next) {
      level += random() < 0.5 ? 4 : -4;
      next += 30 + Math.floor(60 * random());
      changes++;
    }
    if (detector.push(level + normal(random)) !== undefined) found++;
  }
  expect(found).toBeGreaterThan(0.97 * changes);
});

test.each([
  [0.97, 2, 300],
  [0.97, 2, 500],
  [0.9, 1, 500],
  [0.9, 2, 200],
])('after dependence of %d has ended, changes by %d about every %d points are found', (rho, size, every) => {
  let [changes, found] = [0, 0];
  for (const seed of seedsOf(6)) {
    const random = randomOf(100 + seed);
    const detector = new AedDetector({ statistic: 'scan' });
    const wandering = autoregression(random, rho);
    for (let index = 0; index < 3000; index++) detector.push(wandering());
    let level = 0;
    for (let index = 0; index < 10_000; ) {
      const end = index + Math.round(every * (0.5 + random()));
      let isFound = false;
      for (; index < end; index++) isFound = detector.push(level + normal(random)) !== undefined || isFound;
      // What earlier regimes left has gone, and the first change was before.
      if (index > 4000) {
        changes++;
        if (isFound) found++;
      }
      level = size - level;
    }
  }
  expect(found).toBeGreaterThan(0.9 * changes);
});

test('a stretch is cut into the fewest blocks, of nearly the same length', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double(), { maxLength: 300 }),
      fc.integer({ min: 1, max: 200 }),
      (values, longest) => {
        const stretch = Float64Array.from(values);
        const blocks = inBlocks(stretch, longest);
        expect(blocks.flatMap((block) => [...block])).toEqual([...stretch]);
        expect(blocks).toHaveLength(Math.ceil(values.length / longest));
        const lengths = blocks.map(({ length }) => length);
        expect(Math.max(0, ...lengths)).toBeLessThanOrEqual(longest);
        if (lengths.length > 0) expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1);
      },
    ),
  );
});

const anyStretch = fc
  .array(fc.integer({ min: 0, max: 3 }), { maxLength: 40 })
  .map((values) => Float64Array.from(values));

test('what is left is of at most 2,048 points, each of which varies', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyStretch, anyStretch), { maxLength: 80 }), (regimes) => {
      let before: LagSums | undefined;
      let points = 0;
      for (const parts of regimes) {
        before = pooledSums(parts, before);
        for (const part of parts) if (new Set(part).size > 1) points += part.length;
        expect(pooledPoints(before)).toBeCloseTo(Math.min(2048, points), 6);
      }
    }),
    { numRuns: 50 },
  );
});

test('the newest points of a long regime are all that is left', () => {
  const regime = measuredLevel(2, 5000);
  const memory = model().memory(measuredLevel(3, 500), 500, 500, true);
  const left = model(memory).memory(regime, 5000, 4900, true);
  expect(left).toEqual(model().memory(regime.subarray(2952), 2048, 1948, true));
});

test('a regime of 2,048 points is told nothing', () => {
  const memory = model().memory(measuredLevel(4, 2000), 2000, 1000, true);
  const limit = (length: number, known?: readonly number[]) =>
    model(known).inflation(measuredLevel(5, length), 50).limit;
  expect(limit(2048, memory)).toBe(limit(2048));
  expect(limit(1000, memory)).not.toBe(limit(1000));
});

test('lags reach a quarter of the mean length of the blocks, two at least', () => {
  const line = (length: number) => scoredStretch(Float64Array.from({ length }, (_, index) => index));
  const longest = (...lengths: number[]) => new RankPool(lengths.map(line)).correlations().at(-1)?.lag;
  expect(longest(64)).toBe(8);
  expect(longest(32, 32)).toBe(8);
  expect(longest(62)).toBe(6);
  expect(longest(16, 16, 16, 16)).toBe(4);
});

test('a lag at which a memory has hardly a product ends the lags', () => {
  const regime = measuredLevel(7, 1000);
  const memory = model().memory(regime, 1000, 500, true);
  const sums = sumsIn(memory, -3);
  if (sums === undefined) throw new Error('a memory begins with its sums');
  const lagsOf = (before: LagSums) =>
    new RankPool([scoredStretch(regime.subarray(0, 100))], before).correlations().map(({ lag }) => lag);
  expect(lagsOf(sums).length).toBeGreaterThan(2);
  sums.products.fill(0, 3);
  sums.pairs.fill(0, 3);
  expect(lagsOf(sums)).toEqual([1, 2]);
});

test('constant regimes leave nothing', () => {
  expect(model().memory(new Float64Array(100).fill(7), 100, 50, true)).toBeUndefined();
});

test('whatever a memory holds, the inflation is a number of at least 1', () => {
  const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.double({ min: 0, max: 3 }));
  const length = lengthOfMemory - 1;
  fc.assert(
    fc.property(fc.array(number, { minLength: length, maxLength: length }), (numbers) => {
      const { limit } = model([-3, ...numbers]).inflation(measuredLevel(6, 100), 50);
      expect(limit).toBeGreaterThanOrEqual(1);
      expect(limit).toBeLessThan(Infinity);
    }),
  );
});
