import { at } from '../float-list.ts';
import { costOf, type Innovations, weightOf } from './innovations.ts';
import { leastShare, leastSide } from './two-levels.ts';

/** Rounds of iterated weights: the first starts from two levels, each other one from the most likely climb so far. */
const rounds = 3;

/**
 * The negative log-likelihood of a level that begins to climb or fall at each place, but for the constant of `jumpCosts`.
 *
 * At index t, the level holds through the point at t, and rises by the same amount at each later point; at index 0 the whole regime climbs. At each place the climb goes one step of iterated
 * weights, from the most likely climb of the round before. Cost: O(n).
 *
 * @returns places up to those with three later points
 */
export function climbCosts(innovations: Innovations): Float64Array {
  const { values, correlation, step, split } = innovations;
  const newLevel = (1 - correlation) * step;
  const twoLevels = values.map((_, index) => (index < split ? 0 : newLevel));
  let climbs = climbsAbout(twoLevels, innovations);
  for (let round = 1; round < rounds; round++) climbs = climbsAbout(climbs.levels, innovations);
  return climbs.costs;
}

interface Climbs {
  readonly costs: Float64Array;
  /** Of the innovations about the most likely climb. */
  readonly levels: Float64Array;
}

/**
 * One step of iterated weights. From the right, the sums grow by one innovation at a time.
 *
 * @param levels - of the innovations, from which the step goes
 */
function climbsAbout(levels: Float64Array, { values, correlation }: Innovations): Climbs {
  const { length } = values;
  const weights = new Float64Array(length);
  let [constant, mass, total, whole] = [0, 0, 0, 0];
  for (let index = 1; index < length; index++) {
    const value = at(values, index);
    const rest = value - at(levels, index);
    const weight = weightOf(rest);
    weights[index] = weight;
    constant += costOf(rest) - (weight * rest ** 2) / 2;
    mass += weight;
    total += weight * value;
    whole += weight * value ** 2;
  }
  const floor = leastShare * whole;
  const spread = whole - total ** 2 / mass;
  const costs = new Float64Array(Math.max(1, length - leastSide));
  // An innovation rises by 1 with the first point of a climb, and by what is new with each later one.
  const growth = 1 - correlation;
  let best = { t: 0, cost: Infinity, base: 0, slope: 0 };
  // Weighted sums over the later innovations: of 1, the values, the heights, their squares, and their products with the values.
  let [ones, sum, heights, squares, products] = [0, 0, 0, 0, 0];
  for (let t = length - 2; t >= 0; t--) {
    const weight = at(weights, t + 1);
    const weighted = weight * at(values, t + 1);
    squares += 2 * growth * heights + growth ** 2 * ones + weight;
    products += growth * sum + weighted;
    heights += growth * ones + weight;
    ones += weight;
    sum += weighted;
    if (t >= costs.length) continue;
    // Above 0, as the heights differ.
    const variance = squares - heights ** 2 / mass;
    const slope = (products - (heights * total) / mass) / variance;
    const cost = constant + Math.max(floor, spread - slope ** 2 * variance) / 2;
    costs[t] = cost;
    if (cost < best.cost) best = { t, cost, base: (total - slope * heights) / mass, slope };
  }
  const { t, base, slope } = best;
  const heightOf = (index: number) => (index <= t ? 0 : 1 + growth * (index - t - 1));
  return { costs, levels: values.map((_, index) => base + slope * heightOf(index)) };
}
