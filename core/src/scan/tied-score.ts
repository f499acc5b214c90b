import { at } from '../float-list.ts';

/** The levels of a regime, in ascending order, or in descending order with the signs of their scores changed. */
export interface Levels {
  /** Mid-rank / T − ½. */
  readonly scores: Float64Array;
  /** How many points each has. */
  readonly counts: Float64Array;
  /** Points of the regime. */
  readonly points: number;
  /** The smallest distance of two scores before neighbours were joined; 0 for one level alone. */
  readonly gap: number;
}

/** Levels with fewer points than this share of the regime are joined with their neighbours. */
const leastShare = 1 / 32;
/** By how much of the gap a sum counts as larger, and how far from its largest it stays: tuned on the rates of the documents. */
const continuity = 0.1;
const fromLargest = 0.25;
/** A step of Newton's method that leads upwards by less does so by a rounding error: near the end, every step may. */
const rounding = 1e-9;

/** The levels of a regime from how many points each of its cells holds, in either order. */
export function levelsOf(cells: Float64Array): Levels {
  const points = cells.reduce((sum, count) => sum + count, 0);
  const scores: number[] = [];
  const counts: number[] = [];
  let gap = Infinity;
  let previous = -Infinity;
  let below = 0;
  let joined = 0;
  let weighted = 0;
  const close = () => {
    if (joined > 0) {
      scores.push(weighted / joined);
      counts.push(joined);
    }
    joined = 0;
    weighted = 0;
  };
  for (const count of cells) {
    if (count === 0) continue;
    const score = (below + count / 2) / points - 0.5;
    gap = Math.min(gap, score - previous);
    previous = score;
    below += count;
    if (joined + count > leastShare * points) close();
    joined += count;
    weighted += count * score;
    if (joined >= leastShare * points) close();
  }
  close();
  return {
    scores: Float64Array.from(scores),
    counts: Float64Array.from(counts),
    points,
    gap: Number.isFinite(gap) ? gap : 0,
  };
}

/**
 * The normal score of a side's sum of scores, given the levels of the whole regime: the tail of a sum of m scores drawn without replacement.
 *
 * With strong ties neither a normal tail nor that of uniforms is right: of 20 points that differ from thousands of equal ones, all may
 * fall on one side. The saddlepoint (u, s) solves K_u = m and K_s = sum for K(u, s) = Σ counts·ln(1 − f + f·e^(u + s·score)), f = m / T.
 * Source: Robinson (1982); Skovgaard (1987). Cost: some ten sums over at most 64 levels.
 *
 * @param levels - in the order in which the side's sum is large
 * @param sum - of the scores of the side's points, greater than 0
 * @param m - points of the side
 */
export function tiedScore(levels: Levels, sum: number, m: number): number {
  const { points, gap } = levels;
  const most = largestSum(levels, m);
  const reached = Math.min(sum + continuity * gap, most - fromLargest * gap, 0.999 * most);
  const f = m / points;
  const { u, s, value, determinant } = saddlepoint(levels, reached, m);
  const depth = u * m + s * reached - value;
  const r = Math.sqrt(2 * depth);
  const q = s * Math.sqrt(determinant / (points * f * (1 - f)));
  const score = r + Math.log(q / r) / r;
  // Without evidence, or with one level alone, it is negative or no number.
  return score > 0 ? score : 0;
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
  /** K(u, s). */
  readonly value: number;
  /** Of the second derivatives of K. */
  readonly determinant: number;
}

/** Where K(u, s) − u·m − s·sum is least: Newton's method, halving a step that leads upwards. */
function saddlepoint(levels: Levels, sum: number, m: number): Saddlepoint {
  let [u, s] = [0, 0];
  let here = cumulants(levels, m, u, s);
  for (let iteration = 0; iteration < 60; iteration++) {
    const [du, ds] = newtonStep(here, m, sum);
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
    if (Math.abs(m - here.u) < 1e-7 * m && Math.abs(sum - here.s) < 1e-7 * sum) break;
  }
  return { u, s, value: here.value, determinant: here.uu * here.ss - here.us ** 2 };
}

function newtonStep({ u, s, uu, us, ss }: Cumulants, m: number, sum: number): readonly [number, number] {
  const determinant = uu * ss - us * us;
  return [(ss * (m - u) - us * (sum - s)) / determinant, (uu * (sum - s) - us * (m - u)) / determinant];
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
