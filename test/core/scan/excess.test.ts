import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sumsOfBlock } from '../../../core/src/scan/dependence/block-sums.ts';
import { inflationOfSums } from '../../../core/src/scan/dependence/excess.ts';
import { ExcessPool } from '../../../core/src/scan/dependence/excess-pool.ts';
import { blockLags, emptySums } from '../../../core/src/scan/dependence/lag-sums.ts';
import { levels, noise, threshold } from '../arbitraries.ts';
import { normal, randomOf } from '../random.ts';
import { plainBlockSums, plainExcess, plainMemory } from './plain-excess.ts';

const positive = threshold.filter((delta) => delta > 0);

test('the lag sums of a block are those of the signs of all its differences', () => {
  fc.assert(
    fc.property(fc.oneof(noise(80), levels()), positive, (values, delta) => {
      expect(sumsOfBlock(Float64Array.from(values), delta)).toEqual(plainBlockSums(values, delta));
    }),
  );
});

function wandering(length: number, seed: number): number[] {
  const random = randomOf(seed);
  let value = 0;
  return Array.from({ length }, () => {
    value = 0.8 * value + normal(random);
    return Math.round(4 * value) / 4;
  });
}

test.each([3, 20, 128, 129, 255, 400, 2100, 2500])(
  'after %d points inflation and memory are those of the definition',
  (length) => {
    const earlier = wandering(700, 1);
    const memory = plainMemory(earlier, 700, 600, 0.5, undefined);
    expect(new ExcessPool(0.5, undefined).memory(Float64Array.from(earlier), 700, 600)).toEqual(memory);
    const values = wandering(length, 2);
    const regime = Float64Array.from(values);
    for (const before of [undefined, memory]) {
      const pool = new ExcessPool(0.5, before);
      for (const split of [0, Math.floor(length / 3), length - 2]) {
        const inflation = pool.inflation(regime, split);
        const plain = plainExcess(values, split, 0.5, before);
        for (const points of [1, 2, 8, 100, 512, 513]) expect(inflation.of(points)).toBe(plain.of(points));
        expect(inflation.limit).toBe(plain.limit);
        expect(inflation.slack).toBe(plain.slack);
        expect(pool.memory(regime, length, split)).toEqual(plainMemory(values, length, split, 0.5, before));
      }
    }
  },
);

test('a memory is short, holds the newest 2,048 points at most, and only the same threshold can read it', () => {
  const regime = Float64Array.from(wandering(3000, 3));
  let memory = new ExcessPool(1, undefined).memory(regime, 3000, 2500);
  for (let regimes = 0; regimes < 5; regimes++) {
    memory = new ExcessPool(1, memory).memory(regime.subarray(0, 300), 300, 300);
    expect(memory?.length).toBeLessThanOrEqual(40);
    expect(memory?.at(-3)).toBeCloseTo(2048, 6);
  }
  const few = regime.subarray(0, 30);
  const limit = new ExcessPool(2, undefined).inflation(few, 0).limit;
  for (const other of [memory, [1, 2, 3], [], [2, ...Array(25).fill(0)]])
    expect(new ExcessPool(2, other).inflation(few, 0).limit).toBe(limit);
});

test('a memory that a pool wrote is read, whatever it is of', () => {
  const few = Float64Array.of(0, 4, 0, 4);
  fc.assert(
    fc.property(fc.oneof(noise(80), levels()), positive, (values, delta) => {
      fc.pre(values.length >= 4);
      const memory = new ExcessPool(delta, undefined).memory(Float64Array.from(values), values.length, 0);
      const points = new ExcessPool(delta, memory).memory(few, few.length, 0)?.at(-3);
      expect(points).toBe((memory?.at(-3) ?? Number.NaN) + few.length);
    }),
  );
});

test('whatever stands in a memory, no estimate is beyond the doubles', () => {
  const regime = Float64Array.from(wandering(60, 4));
  const own = new ExcessPool(0.5, undefined).memory(Float64Array.from(wandering(400, 5)), 400, 100) ?? [];
  const place = fc.integer({ min: 1, max: own.length - 1 });
  const number = fc.oneof(
    fc.constantFrom(-1e308, -1, 0, Number.MIN_VALUE, 1, 1e6, 1e308),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(place, number), { minLength: 1, maxLength: 6 }), (changes) => {
      const memory = [...own];
      for (const [index, value] of changes) memory[index] = value;
      const pool = new ExcessPool(0.5, memory);
      const inflation = pool.inflation(regime, 20);
      const estimates = [1, 8, 100, 600].map((points) => inflation.of(points));
      for (const estimate of [...estimates, inflation.limit]) {
        expect(estimate).toBeGreaterThanOrEqual(1);
        expect(estimate).toBeLessThan(Number.POSITIVE_INFINITY);
      }
      expect(inflation.slack).toBeGreaterThanOrEqual(0);
      expect(inflation.slack).toBeLessThanOrEqual(1);
      expect(pool.memory(regime, 60, 20)?.every(Number.isFinite)).toBe(true);
    }),
  );
});

test('of fewer than four points without a memory nothing is told', () => {
  expect(new ExcessPool(1, undefined).memory(Float64Array.of(1, 2, 3), 3, 3)).toBeUndefined();
});

test('moves up to the threshold inflate nothing; larger ones do', () => {
  const regime = Float64Array.from({ length: 1000 }, (_, index) => Math.sin(index / 5));
  expect(new ExcessPool(2.1, undefined).inflation(regime, 0).limit).toBe(1);
  expect(new ExcessPool(0.5, undefined).inflation(regime, 0).limit).toBeGreaterThan(3);
});

test.each(blockLags.slice(1))(
  'the correlation at lag %d counts only if it rests on a quarter of the pairs',
  (lag) => {
    const index = blockLags.indexOf(lag) + 1;
    const limitWith = (pairs: number, correlation: number) => {
      const sums = emptySums();
      sums.counts.set([1000, 10, 0]);
      for (let before = 0; before < index; before++) {
        sums.pairs[before] = 2000;
        sums.products[before] = before === 0 ? 100 : 40;
      }
      sums.pairs[index] = pairs;
      sums.products[index] = (correlation * 100 * pairs) / 2000;
      return inflationOfSums(sums).limit;
    };
    expect(limitWith(499, 0.9)).toBe(limitWith(499, 0));
    expect(limitWith(501, 0.9)).toBeGreaterThan(limitWith(501, 0));
  },
);

test('the inflation is as much smaller as the variance of the scores is below that of ranks, and no larger above it', () => {
  const limitOf = (variance: number) => {
    const sums = emptySums();
    sums.counts.set([1000, 10, 0]);
    blockLags.forEach((_, index) => {
      sums.pairs[index] = 2000;
      sums.products[index] = variance * 2000 * 0.8 ** index;
    });
    return inflationOfSums(sums).limit;
  };
  const most = limitOf(1);
  expect(most).toBeGreaterThan(4);
  for (const variance of [1 / 12, 0.2, 10]) expect(limitOf(variance)).toBeCloseTo(most, 10);
  expect(limitOf(0.04) / limitOf(0.03)).toBeCloseTo(4 / 3, 10);
  expect(limitOf(0.03)).toBeLessThan(most);
});
