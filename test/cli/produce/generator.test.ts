import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type GeneratedReading,
  type GeneratorOptions,
  generateSeries,
} from '../../../cli/produce/generator.ts';

function take(count: number, options: Partial<GeneratorOptions> = {}): GeneratedReading[] {
  const readings = generateSeries(options);
  return Array.from({ length: count }, () => readings.next().value);
}

const mean = (readings: readonly GeneratedReading[]) =>
  readings.reduce((sum, { value }) => sum + value, 0) / readings.length;

test('the same seed makes the same series, another one another', () => {
  expect(take(500, { seed: 3 })).toEqual(take(500, { seed: 3 }));
  expect(take(500, { seed: 4 })).not.toEqual(take(500, { seed: 3 }));
});

test('shifts come as often and are as large as the options say', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2 ** 31 }),
      fc.integer({ min: 4, max: 200 }),
      fc.double({ min: 0.1, max: 50, noNaN: true }),
      (seed, shiftEvery, shiftSize) => {
        const readings = take(5 * shiftEvery, { seed, shiftEvery, shiftSize, sd: 2 });
        const shifts = readings.flatMap(({ shift }, number) =>
          shift === undefined ? [] : [{ shift, number }],
        );
        expect(shifts.length).toBeGreaterThanOrEqual(2);
        for (const [index, { shift, number }] of shifts.entries()) {
          const length = number - (shifts[index - 1]?.number ?? 0);
          expect(length).toBeGreaterThanOrEqual(Math.floor(0.5 * shiftEvery));
          expect(length).toBeLessThanOrEqual(Math.ceil(1.5 * shiftEvery));
          expect(Math.abs(shift) / (2 * shiftSize)).toBeGreaterThan(0.599);
          expect(Math.abs(shift) / (2 * shiftSize)).toBeLessThan(1.401);
        }
      },
    ),
    { numRuns: 50 },
  );
});

test('the level between two shifts is the sum of the shifts before', () => {
  const readings = take(10_000, { sd: 0.001, shiftEvery: 100, level: 7 });
  let level = 7;
  for (const { shift = 0, value } of readings) {
    level += shift;
    expect(Math.abs(value - level)).toBeLessThan(0.01);
  }
});

test('without shifts the level stays, and drifts by what it is told', () => {
  const still = take(4000, { shiftEvery: 0 });
  expect(still.some(({ shift }) => shift !== undefined)).toBe(false);
  expect(mean(still)).toBeCloseTo(20, 0);
  const drifting = take(4000, { shiftEvery: 0, drift: 0.01 });
  expect(mean(drifting.slice(-1000)) - mean(drifting.slice(0, 1000))).toBeCloseTo(30, 0);
});

test('a restart leaves steps out and goes back to the first level', () => {
  const readings = take(301, { shiftEvery: 60, sd: 0.001, restartEvery: 100, gapLength: 20 });
  expect(readings.flatMap(({ restarted }, number) => (restarted ? [number] : []))).toEqual([100, 200, 300]);
  expect(readings[99]?.step).toBe(99);
  expect(readings[100]?.step).toBe(120);
  expect(readings[300]?.step).toBe(360);
  expect(readings[200]?.value).toBeCloseTo(20, 1);
});

describe('noise', () => {
  test('integer: whole numbers around the level', () => {
    const readings = take(2000, { noise: 'integer', sd: 3, shiftEvery: 0 });
    expect(readings.every(({ value }) => Number.isInteger(value))).toBe(true);
    expect(mean(readings)).toBeCloseTo(20, 0);
  });

  test('heavy-tailed: outliers that normal noise never has', () => {
    const farthest = (noise: 'normal' | 'heavy-tailed') =>
      Math.max(...take(5000, { noise, shiftEvery: 0 }).map(({ value }) => Math.abs(value - 20)));
    expect(farthest('normal')).toBeLessThan(6);
    expect(farthest('heavy-tailed')).toBeGreaterThan(20);
  });
});

describe('an option out of bounds is named', () => {
  test.each([
    [{ seed: 1.5 }, 'seed must be an integer of at least 0, got 1.5'],
    [{ sd: 0 }, 'sd must be a finite number greater than 0, got 0'],
    [{ shiftEvery: 1 }, 'shiftEvery must be an integer of at least 2, or 0 for no shifts, got 1'],
    [{ shiftSize: -1 }, 'shiftSize must be a finite number greater than 0, got -1'],
    [{ level: Number.NaN }, 'level must be a finite number, got NaN'],
    [{ drift: Number.POSITIVE_INFINITY }, 'drift must be a finite number, got Infinity'],
    [{ restartEvery: -1 }, 'restartEvery must be an integer of at least 0, got -1'],
    [{ gapLength: 0.5 }, 'gapLength must be an integer of at least 0, got 0.5'],
  ])('%j', (options, message) => {
    expect(() => generateSeries(options)).toThrow(new RangeError(message));
  });
});
