import { describe, expect, test } from 'vitest';
import { normalTails } from '../../../core/src/normal-tail.ts';
import { normalScore, partsAt } from '../../../core/src/scan/normal-score.ts';

/** The score without the table: its saddlepoint by bisection. */
function directScore(z: number, m: number): number {
  const y = z / Math.sqrt(3 * m);
  let [low, high] = [1e-6, 1e9];
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2;
    const mean = middle < 1e-3 ? middle / 3 : 1 / Math.tanh(middle) - 1 / middle;
    if (mean < y) low = middle;
    else high = middle;
  }
  const { w, v } = partsAt(low);
  return Math.sqrt(m) * w + Math.log(v / w) / (w * Math.sqrt(m));
}

/** P(mean of m uniforms on −1 … 1 > y), exactly: Irwin & Hall (1927). */
function exactTail(y: number, m: number): number {
  const x = (m * (1 - y)) / 2;
  let [sum, term, factorial] = [0, 1, 1];
  for (let k = 0; k <= x; k++) {
    sum += term * (x - k) ** m;
    term *= -(m - k) / (k + 1);
  }
  for (let k = 2; k <= m; k++) factorial *= k;
  return sum / factorial;
}

const range = (from: number, to: number, step: number) =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step);

describe.each([2, 3, 8, 30, 1000, 1e6])('of %d points', (m) => {
  const reachable = range(0.5, Math.min(12, Math.sqrt(3 * m) * 0.9999999), 0.013);

  test('the table is within 0.00001 of the score itself', () => {
    for (const z of reachable) expect(Math.abs(normalScore(z, m) - directScore(z, m))).toBeLessThan(1e-5);
  });

  test('it grows with z', () => {
    const scores = reachable.map((z) => normalScore(z, m));
    expect(scores).toEqual(scores.toSorted((a, b) => a - b));
  });

  test('it is at most that of a point less, where z is above √3', () => {
    for (const z of reachable.filter((z) => z > 1.74)) {
      expect(normalScore(z, m + 1)).toBeLessThan(normalScore(z, m) + 1e-5);
    }
  });
});

test.each([
  [2, 0.08],
  [3, 0.07],
  [5, 0.03],
  [8, 0.02],
  [12, 0.015],
])('of %d points its tail is that of their mean, within %d of a standard deviation', (m, most) => {
  for (const y of range(0.2, 0.97, 0.01)) {
    const tail = exactTail(y, m);
    if (tail < 1e-9) continue;
    const score = normalScore(y * Math.sqrt(3 * m), m);
    // By how much the score would have to move for its tail to be the exact one: the error over the hazard of the normal.
    const density = Math.exp((-score * score) / 2) / Math.sqrt(2 * Math.PI);
    expect(Math.abs(normalTails(score) / 2 - tail) / density).toBeLessThan(most);
  }
});

test.each([
  [0, 8, 0],
  [1000, 2, normalScore(Math.sqrt(6), 2)],
])('of z = %d of %d points it is %d', (z, m, score) => expect(normalScore(z, m)).toBe(score));

test('of many points it is z', () => expect(normalScore(4, 1e12)).toBeCloseTo(4, 6));
