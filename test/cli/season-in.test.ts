import { describe, expect, test } from 'vitest';
import { periodogram } from '../../cli/season/periodogram.ts';
import { seasonIn } from '../../cli/season/season-in.ts';
import { withoutPlaces } from '../../cli/season/without-places.ts';
import { normal, type Random, randomOf } from '../core/random.ts';

const series = (seed: number, points: number, next: (random: Random, index: number) => number) => {
  const random = randomOf(seed);
  return Array.from({ length: points }, (_, index) => next(random, index));
};
const wave = (index: number, period: number) => Math.sin((2 * Math.PI * index) / period);

test('a periodogram is the square of the sum over tapered values', () => {
  const values = series(1, 21, normal);
  const mean = values.reduce((sum, value) => sum + value, 0) / 21;
  const expected = Array.from({ length: 11 }, (_, k) => {
    const part = (turn: (angle: number) => number) =>
      values.reduce((sum, value, index) => {
        const taper = 1 - Math.cos((2 * Math.PI * index) / 21);
        return sum + (value - mean) * taper * turn((2 * Math.PI * k * index) / 21);
      }, 0);
    return part(Math.cos) ** 2 + part(Math.sin) ** 2;
  });
  periodogram(Float64Array.from(values)).forEach((power, k) => {
    expect(power).toBeCloseTo(expected[k] ?? Number.NaN, 9);
  });
});

describe('a season is found', () => {
  test.each<[string, number, number, (random: Random, index: number) => number]>([
    ['of 24 points in noise', 24, 720, (random, index) => wave(index, 24) + normal(random)],
    ['in heavy tails', 24, 720, (random, index) => 2 * wave(index, 24) + normal(random) / (1 - random())],
    ['beside steps', 24, 720, (random, index) => wave(index, 24) + normal(random) + 2 * (index >> 9)],
    ['of a few high points', 24, 1440, (random, index) => (index % 24 < 3 ? 4 : 0) + normal(random)],
    ['of 7 points', 7, 364, (random, index) => (index % 7 < 5 ? 3 : 0) + normal(random)],
    ['in whole numbers', 24, 720, (random, index) => Math.round(wave(index, 24) + normal(random))],
    [
      'of a week with days in it',
      168,
      1680,
      (random, index) => 2 * wave(index, 24) + (Math.floor(index / 24) % 7 < 5 ? 3 : 0) + normal(random),
    ],
  ])('%s', (_, period, points, next) => {
    expect(seasonIn(series(3, points, next))).toBe(period);
  });

  test.each([4, 5, 7, 12])('of %d points, and nothing else', (period) => {
    for (const points of [200, 300, 500, 1500, 4096])
      expect(seasonIn(series(1, points, (_, index) => index % period))).toBe(period);
  });

  test('that is longer than the points looked at one by one', () => {
    const found = seasonIn(series(4, 20_000, (random, index) => 3 * wave(index, 1440) + normal(random)));
    expect(Math.abs((found ?? 0) - 1440)).toBeLessThanOrEqual(2);
  });
});

describe('no season is found', () => {
  test.each<[string, (random: Random, index: number) => number]>([
    ['in independent points', normal],
    ['in few levels', (random) => Math.round(normal(random))],
    ['where all is equal', () => 3],
    ['in a ramp', (_, index) => index],
    ['in one step', (random, index) => normal(random) + (index < 300 ? 0 : 9)],
  ])('%s', (_, next) => {
    for (let seed = 0; seed < 10; seed++) expect(seasonIn(series(seed, 600, next))).toBeUndefined();
  });

  test.each([0.5, 0.9, 0.99, 1])('where neighbours resemble each other (%d)', (correlation) => {
    for (let seed = 0; seed < 10; seed++) {
      let level = 0;
      const values = series(seed, 1000, (random) => {
        level = correlation * level + normal(random);
        return level;
      });
      expect(seasonIn(values)).toBeUndefined();
    }
  });

  test.each([2, 3])('in a cycle of %d points, which is too short', (period) => {
    for (const points of [200, 300, 500, 1500, 4096])
      expect(seasonIn(series(1, points, (_, index) => index % period))).toBeUndefined();
  });

  test('in few points', () => {
    expect(seasonIn(series(1, 63, (_, index) => wave(index, 8)))).toBeUndefined();
    expect(seasonIn([])).toBeUndefined();
  });

  test('once the right period, or a multiple, is taken off; another one leaves it', () => {
    const values = series(5, 1440, (random, index) => 3 * wave(index, 24) + normal(random));
    const without = (period: number) =>
      withoutPlaces(
        values,
        values.map((_, index) => index % period),
      );
    expect(seasonIn(without(24))).toBeUndefined();
    expect(seasonIn(without(48))).toBeUndefined();
    expect(seasonIn(without(25))).toBe(24);
  });
});
