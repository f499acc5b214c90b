import { AedDetector, type Direction, resolveOptions } from '@aed/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { medianOf } from '../../../core/src/median.ts';
import type { RegimeMemory } from '../../../core/src/regime-test.ts';
import { Leaps } from '../../../core/src/scan/dependence/leaps.ts';
import {
  largestMove,
  medianOfWindow,
  movesOfBlock,
  rareMove,
} from '../../../core/src/scan/dependence/moves.ts';
import { ScanRegimeTest } from '../../../core/src/scan/scan-regime-test.ts';
import { doubles } from '../arbitraries.ts';
import { normal, randomOf } from '../random.ts';
import { isPlainLeap, plainLeapMemory } from './plain-leaps.ts';
import { decisionOf, plainDecisions } from './same-decisions.ts';

const optionsOf = (given: { readonly minimumLength?: number; readonly falseAlarmEvery?: number } = {}) =>
  resolveOptions({ statistic: 'scan', practicalThreshold: 0.5, falseAlarmEvery: 100, ...given });

/** An autoregression with standard deviation 1 and lag-1 correlation 0.9, to which an offset by index is added. */
function wandering(length: number, seed: number, offsetAt: (index: number) => number = () => 0): number[] {
  const random = randomOf(seed);
  let value = normal(random);
  return Array.from({ length }, (_, index) => {
    value = 0.9 * value + Math.sqrt(0.19) * normal(random);
    return value + offsetAt(index);
  });
}

const event = (from: number, to: number, size: number) => (index: number) =>
  index >= from && index < to ? size : 0;

test('the median of a window is that of its values', () => {
  fc.assert(
    fc.property(doubles({ minLength: 1, maxLength: 16 }), fc.nat(3), (values, from) => {
      const series = Float64Array.from([...Array(from).fill(7), ...values, 9]);
      expect(medianOfWindow(series, from, values.length)).toBe(medianOf(Float64Array.from(values)));
    }),
  );
});

test('a block moves from its lowest median to its highest one', () => {
  const block = Float64Array.of(0, 9, 1, 5, 5, 5, -3, -2, -2, 70);
  expect(movesOfBlock(block, 3)).toEqual({ blocks: 1, sum: 7, squares: 49 });
  const far = Float64Array.of(-1e308, -1e308, 1e308, 1e308);
  expect(movesOfBlock(far, 2).sum).toBe(largestMove);
});

describe('a rare move', () => {
  const of = (moves: readonly number[], every: number) =>
    rareMove(
      {
        blocks: moves.length,
        sum: moves.reduce((sum, move) => sum + move, 0),
        squares: moves.reduce((sum, move) => sum + move * move, 0),
      },
      every,
    );

  test('is not known of three blocks', () => expect(of([1, 2, 3], 100)).toBe(Number.POSITIVE_INFINITY));
  test('is that of Gumbel’s law', () => {
    // Mean 2, variance 4 / 3: of 781.25 blocks one moves by more than mean + 0.7797·(ln 781.25 − 0.5772)·sd.
    expect(of([1, 1, 3, 3], 1000)).toBeCloseTo(2 + 0.779697 * (6.660895 - 0.577216) * 1.154701, 4);
  });
  test('is above the mean where all blocks move alike', () =>
    expect(of([2, 2, 2, 2], 100)).toBeGreaterThan(3));
  test('is 0 where nothing moves', () => expect(of([0, 0, 0, 0], 100)).toBe(0));
});

test.each([2, 5, 8, 40])(
  'with a minimum length of %d, leaps and their memory are those of the definition',
  (minimumLength) => {
    const options = optionsOf({ minimumLength });
    const earlier = wandering(2500, 1);
    const memory = plainLeapMemory(earlier, 2500, 1900, options, undefined);
    expect(new Leaps(options, undefined).memory(Float64Array.from(earlier), 2500, 1900)).toEqual(memory);
    let found = 0;
    for (const before of [undefined, memory, [1, 2, 3]]) {
      for (const length of [90, 700, 2400]) {
        const values = wandering(length, length, event(length - 60, length, 8));
        const regime = Float64Array.from(values);
        const leaps = new Leaps(options, before);
        for (const split of [
          minimumLength,
          length - 200,
          length - 128,
          length - 60,
          length - minimumLength,
        ]) {
          if (split < minimumLength) continue;
          const plain = { options, values, phases: [], rise: [], fall: [], memory: before };
          for (const direction of ['up', 'down'] as const satisfies Direction[]) {
            const isLeap = leaps.isLeap(regime, split, direction);
            expect(isLeap).toBe(isPlainLeap(plain, split, direction));
            if (isLeap) found++;
          }
          expect(leaps.memory(regime, length, split)).toEqual(
            plainLeapMemory(values, length, split, options, before),
          );
        }
      }
    }
    expect(found).toBeGreaterThan(3);
  },
);

test('whatever stands in a memory, the next one holds finite numbers', () => {
  const regime = Float64Array.from(wandering(700, 4));
  const number = fc.oneof(
    fc.constantFrom(-1e308, -1, 0, 1, 8, 1e6, 1e308),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  );
  fc.assert(
    fc.property(fc.tuple(number, number, number, number), (memory: RegimeMemory) => {
      const leaps = new Leaps(optionsOf(), memory);
      expect(leaps.memory(regime, 700, 650).every(Number.isFinite)).toBe(true);
      expect(leaps.isLeap(regime, 690, 'up')).toBe(false);
    }),
  );
});

test.each([1, 3])(
  'in series that wander and leap the detector decides as the plain scan does: %d',
  (seed) => {
    const options = optionsOf({ falseAlarmEvery: 10_000 });
    const values = wandering(660, seed, (index) => event(540, 580, 20)(index) - event(620, 640, 24)(index));
    let detector = new AedDetector(options);
    const found = values.flatMap((value, index) => {
      if (index % 97 === 96 || index === 585) detector = AedDetector.fromBytes(detector.toBytes());
      return detector.push(value) ?? [];
    });
    const decisions = found.map(decisionOf);
    expect(decisions).toEqual(plainDecisions(values, options));
    expect(decisions.length).toBeGreaterThanOrEqual(4);
  },
);

test.each([5, 6, 7])(
  'a change that dwarfs wandering and δ is told after the minimum length, and so is the return: %d',
  (seed) => {
    const detector = new AedDetector(optionsOf({ falseAlarmEvery: 10_000 }));
    const found = wandering(1200, seed, event(1000, 1050, 12)).flatMap((value) => detector.push(value) ?? []);
    const [rise, back, ...others] = found;
    expect(rise?.direction).toBe('up');
    expect(rise?.detectedAt).toBeLessThanOrEqual(1010);
    expect(back?.direction).toBe('down');
    expect(back?.detectedAt).toBeLessThanOrEqual(1060);
    expect(others).toEqual([]);
  },
);

test('there is an alarm exactly where the evidence exceeds what is needed', () => {
  for (const seed of [1, 2, 3]) {
    const regime = new ScanRegimeTest(optionsOf({ falseAlarmEvery: 10_000 }));
    let alarms = 0;
    for (const value of wandering(1000, seed, event(940, 1000, 14))) {
      regime.push(value, 0);
      const { statistic, needed, pValue } = regime.evidence();
      const alarm = regime.alarm();
      expect(statistic > needed).toBe(alarm !== undefined);
      if (alarm === undefined) continue;
      expect([statistic, pValue]).toEqual([alarm.statistic, alarm.pValue]);
      alarms++;
    }
    expect(alarms).toBeGreaterThan(40);
  }
});

test('a spike of half of the minimum length is none', () => {
  const detector = new AedDetector(optionsOf({ falseAlarmEvery: 10_000 }));
  const values = wandering(1200, 9, event(1000, 1004, 40));
  expect(values.flatMap((value) => detector.push(value) ?? [])).toEqual([]);
});
