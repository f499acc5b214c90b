import { at } from '../float-list.ts';
import { costOf, type Innovations, weightOf } from './innovations.ts';

/**
 * The negative log-likelihood of a jump at each place, but for a constant.
 *
 * An innovation before the jump is about the old level, one after it about the new level, and one is the jump itself. Both levels are those of the regime, moved at each place by one
 * step towards their most likely values. Cost: O(n).
 *
 * @param fewest - points of a side
 * @returns by the points before the jump; infinite where a side is too short
 */
export function jumpCosts({ values, correlation, step }: Innovations, fewest: number): Float64Array {
  const { length } = values;
  const costs = new Float64Array(length).fill(Infinity);
  const newLevel = (1 - correlation) * step;
  const before = new Side();
  for (let t = 1; t <= length - fewest; t++) {
    if (t >= fewest) costs[t] = before.cost + costOf(at(values, t) - step);
    before.add(at(values, t));
  }
  // Both sides grow: to take points away again would leave rounding errors of the largest ones.
  const after = new Side();
  for (let t = length - 1; t >= fewest; t--) {
    costs[t] = at(costs, t) + after.cost;
    after.add(at(values, t) - newLevel);
  }
  return costs;
}

/** The innovations of one side of a place, about its level. */
class Side {
  #costs = 0;
  #weights = 0;
  #pulls = 0;

  /** @param rest - of an innovation, in scales */
  add(rest: number): void {
    const weight = weightOf(rest);
    this.#costs += costOf(rest);
    this.#weights += weight;
    this.#pulls += weight * rest;
  }

  /** What is left once the level has gone one step of iterated weights, which never raises it. */
  get cost(): number {
    return this.#weights > 0 ? this.#costs - this.#pulls ** 2 / (2 * this.#weights) : 0;
  }
}
