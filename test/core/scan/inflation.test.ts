import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inflationOf } from '../../../core/src/scan/dependence/estimate.ts';
import { inflationOfLines, inflationOfPowers } from '../../../core/src/scan/dependence/inflation.ts';
import { rankScores } from '../../../core/src/scan/dependence/rank-scores.ts';
import { levels, noise } from '../arbitraries.ts';
import { autoregression, randomOf } from '../random.ts';
import { plainInflation, plainInflationOf, plainRankScores } from './plain-inflation.ts';

const autoregressive = (correlation: number, length: number, seed: number) =>
  Float64Array.from({ length }, autoregression(randomOf(seed), correlation));

test('scores are those of the definition, ties included', () => {
  fc.assert(
    fc.property(fc.oneof(noise(80), levels()), (values) => {
      expect([...rankScores(Float64Array.from(values))]).toEqual(plainRankScores(values));
    }),
  );
});

test('the inflation of a regime is that of the scores of its two sides', () => {
  fc.assert(
    fc.property(fc.oneof(noise(80), levels()), fc.nat(80), (values, split) => {
      const inflation = inflationOf(Float64Array.from(values), Math.min(split, values.length));
      const plain = plainInflationOf(values, Math.min(split, values.length));
      for (const points of [1, 2, 3, 5, 8, 20, 79, 1000]) expect(inflation.of(points)).toBe(plain.of(points));
      expect(inflation.limit).toBe(plain.limit);
    }),
  );
});

test('it is at least 1, and that of a points at most a', () => {
  fc.assert(
    fc.property(levels(), fc.nat(80), (values, split) => {
      const inflation = inflationOf(Float64Array.from(values), Math.min(split, values.length));
      for (let points = 1; points <= values.length; points++) {
        expect(inflation.of(points)).toBeGreaterThanOrEqual(1);
        expect(inflation.of(points)).toBeLessThanOrEqual(points + 1e-9);
      }
    }),
  );
});

describe('of an autoregression', () => {
  test.each([0, 0.3, 0.7, 0.99])('with ρ = %d it is the sum of the definition', (correlation) => {
    for (const points of [1, 2, 3, 10, 200])
      expect(inflationOfPowers(correlation, points)).toBeCloseTo(
        plainInflation(points, (lag) => correlation ** lag),
        9,
      );
  });

  test.each([0, 0.3, 0.5, 0.7, 0.9])(
    'with ρ = %d the estimate is within a quarter of (1 + ρ) / (1 − ρ)',
    (correlation) => {
      const values = autoregressive(correlation, 5000, 3);
      const expected = (1 + correlation) / (1 - correlation);
      expect(inflationOf(values, 0).limit / expected).toBeGreaterThan(0.75);
      expect(inflationOf(values, 0).limit / expected).toBeLessThan(1.25);
    },
  );
});

test('correlations at some lags are joined by straight lines', () => {
  const correlations = [
    { lag: 1, correlation: 0.8 },
    { lag: 4, correlation: 0.5 },
    { lag: 8, correlation: 0.3 },
  ];
  const lines = (lag: number) => (lag > 8 ? 0 : lag > 4 ? 0.7 - lag / 20 : 0.9 - lag / 10);
  for (const points of [1, 2, 4, 5, 8, 9, 30, 59])
    expect(inflationOfLines(correlations, points)).toBeCloseTo(plainInflation(points, lines), 9);
});

test('however many correlations there are, the sum is that of the definition', () => {
  const correlation = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(correlation, { maxLength: 8 }),
      fc.integer({ min: 1, max: 300 }),
      (known, points) => {
        const correlations = known.map((correlation, index) => ({ lag: 2 ** index, correlation }));
        const corners = [{ lag: 0, correlation: 1 }, ...correlations];
        const lines = (lag: number) => {
          const place = corners.findIndex((corner) => corner.lag >= lag);
          const [before, after] = [corners[place - 1], corners[place]];
          if (before === undefined || after === undefined) return 0;
          const share = (lag - before.lag) / (after.lag - before.lag);
          return before.correlation + share * (after.correlation - before.correlation);
        };
        expect(inflationOfLines(correlations, points)).toBeCloseTo(plainInflation(points, lines), 9);
      },
    ),
  );
});

test('a shift at the split does not count as dependence', () => {
  const values = autoregressive(0, 2000, 5).map((value, index) => value + (index < 1000 ? 0 : 4));
  expect(inflationOf(values, 0).limit).toBeGreaterThan(5);
  expect(inflationOf(values, 1000).limit).toBeLessThan(1.3);
});

test.each([
  ['no points', [], 0],
  ['three points', [1, 2, 3], 1],
  ['equal points', Array(50).fill(3), 20],
  ['two levels that meet at the split', [...Array(20).fill(3), ...Array(20).fill(4)], 20],
])('there is none of %s', (_, values, split) => {
  expect(inflationOf(Float64Array.from(values), split).limit).toBe(1);
});

test('of a long regime the newest 8,192 points count', () => {
  const values = autoregressive(0.5, 9000, 8);
  expect(inflationOf(values, 4000).limit).toBe(inflationOf(values.subarray(808), 3192).limit);
});
