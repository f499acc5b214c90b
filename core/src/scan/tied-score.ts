import { at } from '../float-list.ts';
import type { Levels } from './levels.ts';

/** So much of the gap a sum is kept below the largest one. */
const fromLargest = 0.25;
/** A step of Newton's method that leads upwards by less does so by a rounding error: near the end, every step may. */
const rounding = 1e-9;
/** A score that is so much below what is needed need not be exact. */
const far = 0.3;
/** Then a saddlepoint is near enough if a step gains less than half of this: the score there is at most .06 too low. */
const near = 0.005;

/**
 * The normal score of a side's sum of scores, given the levels of the whole regime: the tail of a sum of m scores drawn without replacement.
 *
 * With strong ties neither a normal tail nor that of uniforms is right: of 20 points that differ from thousands of equal ones, all may
 * fall on one side. The saddlepoint (u, s) solves K_u = m and K_s = sum for K(u, s) = Σ counts·ln(1 − f + f·e^(u + s·score)), f = m / T.
 * Source: Robinson (1982); Skovgaard (1987). Cost: one to some five sums over at most 64 levels.
 *
 * @param levels - in the order in which the side's sum is large
 * @param sum - of the scores of the side's points, greater than 0
 * @param m - points of the side
 * @param needed - a score of .3 less need not be exact
 */
export function tiedScore(levels: Levels, sum: number, m: number, needed = 0): number {
  const { gap } = levels;
  const most = largestSum(levels, m);
  const reached = Math.min(sum, most - fromLargest * gap, 0.999 * most);
  const score = scoreAt(saddlepoint(levels, reached, m, needed), levels, reached, m);
  // Without evidence, or with one level alone, it is negative or no number.
  return score > 0 ? score : 0;
}

/** The score of a sum from its saddlepoint. */
function scoreAt({ u, s, here }: Saddlepoint, { points }: Levels, sum: number, m: number): number {
  const f = m / points;
  const r = Math.sqrt(2 * (u * m + s * sum - here.value));
  const q = s * Math.sqrt((here.uu * here.ss - here.us ** 2) / (points * f * (1 - f)));
  return r + Math.log(q / r) / r;
}

/** The largest sum of m scores. */
function largestSum({ scores, counts }: Levels, m: number): number {
  let sum = 0;
  let left = m;
  for (let index = scores.length - 1; left > 0; index--) {
    const taken = Math.min(at(counts, index), left);
    sum += taken * at(scores, index);
    left -= taken;
  }
  return sum;
}

interface Saddlepoint {
  readonly u: number;
  readonly s: number;
  readonly here: Cumulants;
}

/**
 * Where K(u, s) − u·m − s·sum is least: Newton's method, halving a step that leads upwards.
 *
 * @param needed - it may end near the saddlepoint if the score is far below this
 */
function saddlepoint(levels: Levels, sum: number, m: number, needed: number): Saddlepoint {
  let [u, s] = firstGuess(levels, sum, m);
  let here = cumulants(levels, m, u, s);
  for (let iteration = 0; iteration < 60; iteration++) {
    const [leftM, leftSum] = [m - here.u, sum - here.s];
    if (Math.abs(leftM) < 1e-7 * m && Math.abs(leftSum) < 1e-7 * sum) break;
    const [du, ds] = newtonStep(here, leftM, leftSum);
    // Twice what the step gains.
    const isNear = du * leftM + ds * leftSum < near;
    if (isNear && scoreAt({ u, s, here }, levels, sum, m) < needed - far) break;
    const height = here.value - u * m - s * sum;
    let share = 1;
    let next = cumulants(levels, m, u + du, s + ds);
    while (next.value - (u + share * du) * m - (s + share * ds) * sum > height + rounding && share > 1e-9) {
      share /= 2;
      next = cumulants(levels, m, u + share * du, s + share * ds);
    }
    u += share * du;
    s += share * ds;
    here = next;
  }
  return { u, s, here };
}

/** From the first three derivatives of K at 0, where its scores have a mean of 0. */
function firstGuess({ squares, cubes, points }: Levels, sum: number, m: number): readonly [number, number] {
  const f = m / points;
  const spread = f * (1 - f);
  const skewed = spread * (1 - 2 * f);
  const variance = spread * squares;
  const s = (2 * sum) / (variance + Math.sqrt(Math.max(0, variance ** 2 + 2 * skewed * cubes * sum)));
  return [(-skewed * squares * s * s) / (2 * points * spread), s];
}

/** @param leftM - what K_u is short of m; and K_s of the sum */
function newtonStep({ uu, us, ss }: Cumulants, leftM: number, leftSum: number): readonly [number, number] {
  const determinant = uu * ss - us * us;
  return [(ss * leftM - us * leftSum) / determinant, (uu * leftSum - us * leftM) / determinant];
}

/** K and its derivatives. */
interface Cumulants {
  readonly value: number;
  readonly u: number;
  readonly s: number;
  readonly uu: number;
  readonly us: number;
  readonly ss: number;
}

function cumulants({ scores, counts, points }: Levels, m: number, u: number, s: number): Cumulants {
  const f = m / points;
  let [value, first, second, uu, us, ss] = [0, 0, 0, 0, 0, 0];
  for (let index = 0; index < scores.length; index++) {
    const score = at(scores, index);
    const count = at(counts, index);
    const odds = (f / (1 - f)) * Math.exp(u + s * score);
    const share = 1 / (1 + 1 / odds);
    value += count * Math.log((1 - f) * (1 + odds));
    first += count * share;
    second += count * share * score;
    uu += count * share * (1 - share);
    us += count * share * (1 - share) * score;
    ss += count * share * (1 - share) * score * score;
  }
  return { value, u: first, s: second, uu, us, ss };
}
