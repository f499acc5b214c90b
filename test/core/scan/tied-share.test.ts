import { describe, expect, test } from 'vitest';
import { normalTails } from '../../../core/src/normal-tail.ts';
import { levelsOf } from '../../../core/src/scan/levels.ts';
import { shareOfLonger } from '../../../core/src/scan/scan-threshold.ts';
import { tiedShare } from '../../../core/src/scan/tied-share.ts';
import { integer, randomOf } from '../random.ts';

const shareOf = (cells: readonly number[], threshold: number, minimumLength = 8) =>
  tiedShare(
    levelsOf(Float64Array.from(cells)),
    levelsOf(Float64Array.from(cells).reverse()),
    threshold,
    minimumLength,
  );

/** The definition of one direction, by bisection, from the shares of levels in ascending order. */
function plainShare(shares: readonly number[], threshold: number, minimumLength: number): number {
  const highest = shares.at(-1) ?? 0;
  const least = Math.max(minimumLength, Math.log(normalTails(threshold)) / Math.log(highest));
  const rate = Math.min(1, threshold ** 2 / (4 * least));
  const entries = (levels: readonly number[]) => {
    const scores = levels.map((share, index) => levels.slice(0, index).reduce((a, b) => a + b, share / 2));
    const sumOf = (s: number, power: number) =>
      levels.reduce(
        (sum, share, index) =>
          sum + share * Math.exp(s * (scores[index] ?? 0)) * (scores[index] ?? 0) ** power,
        0,
      );
    let [low, high] = [0, 1000];
    for (let step = 0; step < 100; step++) {
      const s = (low + high) / 2;
      if ((s * sumOf(s, 1)) / sumOf(s, 0) - Math.log(sumOf(s, 0)) < rate) low = s;
      else high = s;
    }
    const all = sumOf(low, 0);
    return levels.reduce((sum, share, index) => {
      const lift = Math.exp(low * (scores[index] ?? 0)) / all;
      return sum + share * Math.max(0, lift - 1);
    }, 0);
  };
  const burst = entries(shares) / entries(Array.from({ length: 32 }, () => 1 / 32));
  return Math.min(1, burst) * shareOfLonger(threshold, least, minimumLength);
}

test('it is that of the definition', () => {
  const random = randomOf(11);
  for (let run = 0; run < 300; run++) {
    const cells = Array.from({ length: integer(random, 2, 12) }, () => integer(random, 40, 400));
    cells[integer(random, 0, cells.length - 1)] = integer(random, 400, 9000);
    const points = cells.reduce((a, b) => a + b);
    // Rarer levels would be joined.
    if (Math.min(...cells) < points / 32 && cells.length > 2) continue;
    const shares = cells.map((count) => count / points);
    const [threshold, minimumLength] = [2 + 4 * random(), integer(random, 2, 40)];
    const rise = plainShare(shares, threshold, minimumLength);
    const fall = plainShare(shares.toReversed(), threshold, minimumLength);
    expect(shareOf(cells, threshold, minimumLength)).toBeCloseTo((rise + fall) / 2, 4);
  }
});

describe.each([2, 3.1, 3.9, 5.6])('at a threshold of %d', (threshold) => {
  test('without ties it is 1, with many levels nearly so', () => {
    expect(shareOf(new Array(500).fill(1), threshold)).toBeGreaterThan(0.95);
    expect(shareOf([20, 60, 110, 180, 220, 180, 110, 60, 20], threshold)).toBeGreaterThan(0.95);
  });

  test('of a rare level it is the smaller the rarer that is', () => {
    const shares = [100, 50, 20, 10, 5, 1].map((rare) => shareOf([1000 - rare, rare], threshold));
    expect(shares).toEqual(shares.toSorted((a, b) => b - a));
    expect(Math.max(...shares)).toBeLessThanOrEqual(1);
    expect(Math.min(...shares)).toBeGreaterThan(0.01);
  });

  test('up and down are alike', () => {
    expect(shareOf([700, 200, 100], threshold)).toBe(shareOf([100, 200, 700], threshold));
  });
});

test('a coin has those alarms alone whose sides are long enough to be rare', () => {
  const least = Math.log2(1 / normalTails(3.9));
  expect(least).toBeGreaterThan(13);
  expect(shareOf([500, 500], 3.9)).toBeCloseTo(shareOfLonger(3.9, least, 8), 9);
  expect(shareOf([500, 500], 3.9, 20)).toBe(1);
});
