import { describe, expect, test } from 'vitest';
import { normalTails } from '../../../core/src/normal-tail.ts';
import { levelsOf } from '../../../core/src/scan/levels.ts';
import { tiedScore } from '../../../core/src/scan/tied-score.ts';
import { integer, oneOf, randomOf } from '../random.ts';

/** P(a sum of m scores drawn without replacement ≥ `sum`), of every way to draw. */
function exactTail(cells: readonly number[], m: number, sum: number): number {
  const { scores, counts } = levelsOf(Float64Array.from(cells));
  const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);
  let [tail, all] = [0, 0];
  const draw = (level: number, left: number, ways: number, total: number) => {
    const count = counts[level];
    if (count === undefined) {
      if (left > 0) return;
      all += ways;
      if (total >= sum - 1e-9) tail += ways;
      return;
    }
    for (let k = 0; k <= Math.min(count, left); k++) {
      draw(level + 1, left - k, ways * choose(count, k), total + k * (scores[level] ?? 0));
    }
  };
  draw(0, m, 1, 0);
  return tail / all;
}

describe.each([
  ['rare ones', [180, 20], 40],
  ['as many ones as zeros', [60, 60], 30],
  ['three levels', [50, 30, 20], 20],
  ['zeros with rare others', [90, 4, 3, 3], 25],
])('among %s', (_, cells, m) => {
  const levels = levelsOf(Float64Array.from(cells));

  test('it is as unlikely as the exact tail, within a quarter of a standard deviation', () => {
    const [step = 0] = [levels.gap];
    let compared = 0;
    for (let sum = step; sum < 40; sum += step) {
      const tail = exactTail(cells, m, sum);
      if (tail > 0.01 || tail < 1e-8) continue;
      const score = tiedScore(levels, sum, m);
      const density = Math.exp((-score * score) / 2) / Math.sqrt(2 * Math.PI);
      // What can happen is coarse: the score stands between the sum and the next one.
      const next = exactTail(cells, m, sum + step / 2);
      const upper = normalTails(score) / 2;
      expect((upper - tail) / density).toBeLessThan(0.35);
      expect((next - upper) / density).toBeLessThan(0.35);
      compared++;
    }
    expect(compared).toBeGreaterThan(2);
  });
});

test('neighbours are joined to a thirty-second of the regime, and keep their ranks', () => {
  const levels = levelsOf(Float64Array.from({ length: 1000 }, () => 1));
  expect(levels.scores.length).toBeLessThanOrEqual(34);
  expect(levels.counts.reduce((sum, count) => sum + count)).toBe(1000);
  expect(
    levels.scores.reduce((sum, score, index) => sum + score * (levels.counts[index] ?? 0), 0),
  ).toBeCloseTo(0, 9);
  expect(levels.gap).toBeCloseTo(0.001, 9);
});

test('of one level alone there is no evidence', () => {
  const levels = levelsOf(Float64Array.of(0, 50, 0));
  expect(levels).toMatchObject({ points: 50, gap: 0 });
  expect(tiedScore(levels, 0, 10)).toBe(0);
});

test('far below what is needed it is exact to a fraction, else to the last digit', () => {
  const random = randomOf(5);
  let compared = 0;
  for (let run = 0; run < 3000; run++) {
    const most = oneOf(random, [3, 30, 300]);
    const cells = Float64Array.from({ length: integer(random, 2, 40) }, () => integer(random, 0, most));
    cells[integer(random, 0, cells.length - 1)] = integer(random, 1, 2000);
    const levels = levelsOf(cells);
    const m = integer(random, 2, Math.max(2, levels.points >> 1));
    const f = m / levels.points;
    const sum = integer(random, 1, 6) * Math.sqrt(f * (1 - f) * levels.squares);
    const exact = tiedScore(levels, sum, m);
    if (exact < 1.5) continue;
    compared++;
    const near = tiedScore(levels, sum, m, Infinity);
    expect(near).toBeGreaterThan(exact - 0.1);
    expect(near).toBeLessThan(exact + 0.3);
    expect(tiedScore(levels, sum, m, exact + 0.1)).toBe(exact);
  }
  expect(compared).toBeGreaterThan(2000);
});
