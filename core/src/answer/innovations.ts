import { at } from '../float-list.ts';
import { medianOf } from '../median.ts';
import { inflationOfPowers } from '../scan/dependence/inflation.ts';
import { type LikelyPlace, placeByLosses } from './place.ts';
import { fewestOfSide, leastSide } from './two-levels.ts';
import { drawnIn, type Winsorised } from './winsorised.ts';

/** Degrees of freedom of the noise of the innovations: with fewer, outliers count for less. */
const freedom = 4;
/** The median distance from its centre of Student's t with four degrees of freedom. */
const medianDistance = 0.741;
/** Of neighbours. With more, next to nothing is known of the levels. */
const mostCorrelation = 0.98;
/** A jump of fewer scales of the innovations is known better by its two levels. */
const leastJump = 2.5;
/** A place whose log-likelihood is less than the best by more than this is left out. */
const mostLoss = 8;
/** No point counts as farther from the levels, nor an innovation as more scales: their squares are doubles. */
const farthest = 1e100;

/** Steps between neighbours, less what the earlier one says of the later one. */
interface Innovations {
  /** x_i − ρ·x_{i−1} about the old level; that of the first point is 0. */
  readonly values: Float64Array;
  /** ρ, of neighbours. */
  readonly correlation: number;
  /** The scale of Student's t, on the side where it is larger: noise that grows with a jump does not seem to be the jump. */
  readonly scale: number;
}

/**
 * The posterior of the place of a jump in a regime that wanders: a jump is sharp beside the small steps of such a regime, however far it wanders.
 *
 * The noise is an autoregression of order 1 whose innovations have Student's t with four degrees of freedom. An innovation before the jump is about the old level, one after it about the new
 * level, and one is the jump itself. Both levels are those of the regime, moved at each place by one step towards their most likely values. What dependence is left beside that of
 * the autoregression tempers the likelihood. The prior is (points after)^−½, as without dependence.
 *
 * Source: Lange, Little & Taylor (1989) for regression with Student's t. Cost: O(n).
 *
 * @param inflation - by how much dependence between neighbours inflates the variance of a mean
 * @returns `undefined` if no jump stands out from the innovations
 */
export function placeByInnovations(regime: Winsorised, inflation: number): LikelyPlace | undefined {
  const innovations = innovationsOf(regime);
  const { correlation, scale } = innovations;
  if (!(scale > 0) || Math.abs(regime.step) < leastJump * scale) return undefined;
  const { length } = regime.values;
  const costs = costsOf(regime, innovations);
  const least = costs.reduce((lower, cost) => Math.min(lower, cost));
  const left = Math.max(1, inflation / inflationOfPowers(correlation, Infinity));
  const losses = costs.map((cost) => (cost - least) / left);
  const weights = losses.map((loss, t) => (loss > mostLoss ? -Infinity : -loss - Math.log(length - t) / 2));
  const place = placeByLosses(weights, losses);
  // Where no step is nearer to the jump than to none, the level went there bit by bit.
  const move = at(innovations.values, place.mode);
  return Math.abs(move - regime.step) <= Math.abs(move) ? place : undefined;
}

function innovationsOf({ raw, step, split, low }: Winsorised): Innovations {
  const { length } = raw;
  const beyond = Math.min(0, step) - low;
  const rest = raw.map((value, index) => drawnIn(value - (index < split ? 0 : step), -beyond, beyond));
  let [squares, products] = [0, 0];
  for (let index = 1; index < length; index++) {
    squares += (at(rest, index) ** 2 + at(rest, index - 1) ** 2) / 2;
    products += at(rest, index) * at(rest, index - 1);
  }
  const correlation = squares > 0 ? Math.max(0, Math.min(mostCorrelation, products / squares)) : 0;
  const points = raw.map((value) => drawnIn(value, -farthest, farthest));
  const innovations = points.map((value, index) =>
    index === 0 ? 0 : value - correlation * at(points, index - 1),
  );
  const distances = new Float64Array(length - 1);
  for (let index = 1; index < length; index++) {
    const level = (index < split ? 0 : step) - correlation * (index - 1 < split ? 0 : step);
    distances[index - 1] = Math.abs(at(innovations, index) - level);
  }
  const scale = Math.max(scaleOf(distances.slice(0, split - 1)), scaleOf(distances.slice(split)));
  return { values: innovations, correlation, scale };
}

/** Of a side with few innovations nothing is known: 0. @param distances - from its level; put into another order */
function scaleOf(distances: Float64Array): number {
  return distances.length < leastSide ? 0 : medianOf(distances) / medianDistance;
}

/** The negative log-likelihood of a jump at each place, but for a constant; infinite where a side is too short. */
function costsOf(regime: Winsorised, { values, correlation, scale }: Innovations): Float64Array {
  const { step } = regime;
  const { length } = values;
  const fewest = fewestOfSide(regime);
  const costs = new Float64Array(length).fill(Infinity);
  const newLevel = (1 - correlation) * step;
  const before = new Side(scale);
  for (let t = 1; t <= length - fewest; t++) {
    if (t >= fewest) costs[t] = before.cost + costOf((at(values, t) - step) / scale);
    before.add(at(values, t));
  }
  // Both sides grow: to take points away again would leave rounding errors of the largest ones.
  const after = new Side(scale);
  for (let t = length - 1; t >= fewest; t--) {
    costs[t] = at(costs, t) + after.cost;
    after.add(at(values, t) - newLevel);
  }
  return costs;
}

/** −ln of Student's t, but for a constant. @param scales - the distance from its centre */
function costOf(scales: number): number {
  return ((freedom + 1) / 2) * Math.log1p(Math.min(farthest, Math.abs(scales)) ** 2 / freedom);
}

/** The innovations of one side of a place, about its level. */
class Side {
  readonly #scale: number;
  #costs = 0;
  #weights = 0;
  #pulls = 0;

  constructor(scale: number) {
    this.#scale = scale;
  }

  add(innovation: number): void {
    const scales = drawnIn(innovation / this.#scale, -farthest, farthest);
    const weight = (freedom + 1) / (freedom + scales ** 2);
    this.#costs += costOf(scales);
    this.#weights += weight;
    this.#pulls += weight * scales;
  }

  /** What is left once the level has gone one step of iterated weights, which never lowers the likelihood. */
  get cost(): number {
    return this.#weights > 0 ? this.#costs - this.#pulls ** 2 / (2 * this.#weights) : 0;
  }
}
