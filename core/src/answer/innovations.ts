import { at } from '../float-list.ts';
import { medianOf } from '../median.ts';
import { type LikelyPlace, placeByWeights, usualLevel } from './place.ts';
import { leastSide } from './two-levels.ts';
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
/** A place that loses more than this may be in the interval, but is not the most likely. */
const mostLossOfMode = 4;
/** No innovation counts as more scales, so that its square is a double. */
const mostScales = 1e100;

/** Steps between neighbours, less what the earlier one says of the later one. */
interface Innovations {
  /** x_i − ρ·x_{i−1} about the old level; that of the first point is 0. */
  readonly values: Float64Array;
  /** ρ, of neighbours. */
  readonly correlation: number;
  /** The scale of Student's t. */
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
 * @returns `undefined` of a jump that does not stand out from the innovations
 */
export function placeByInnovations(regime: Winsorised, inflation: number): LikelyPlace | undefined {
  const innovations = innovationsOf(regime);
  const { correlation, scale } = innovations;
  if (!(scale > 0) || Math.abs(regime.step) < leastJump * scale) return undefined;
  const { length } = regime.values;
  const first = Math.min(leastSide, regime.split, length - regime.split);
  const costs = costsOf(regime, innovations, first);
  const least = costs.reduce((least, cost) => Math.min(least, cost));
  const left = Math.max(1, (inflation * (1 - correlation)) / (1 + correlation));
  const losses = costs.map((cost) => (cost - least) / left);
  const weights = losses.map((loss, t) => (loss > mostLoss ? -Infinity : -loss - Math.log(length - t) / 2));
  return placeByWeights(weights, usualLevel, (t) => at(losses, t) <= mostLossOfMode);
}

function innovationsOf({ raw, values, step, split, low }: Winsorised): Innovations {
  const { length } = raw;
  const beyond = Math.min(0, step) - low;
  const rest = raw.map((value, index) => drawnIn(value - (index < split ? 0 : step), -beyond, beyond));
  let [squares, products] = [0, 0];
  for (let index = 1; index < length; index++) {
    squares += (at(rest, index) ** 2 + at(rest, index - 1) ** 2) / 2;
    products += at(rest, index) * at(rest, index - 1);
  }
  const correlation = squares > 0 ? Math.max(0, Math.min(mostCorrelation, products / squares)) : 0;
  const innovations = values.map((_, index) =>
    index === 0 ? 0 : at(raw, index) - correlation * at(raw, index - 1),
  );
  const distances = new Float64Array(length - 1);
  for (let index = 1; index < length; index++) {
    const level = (index < split ? 0 : step) - correlation * (index - 1 < split ? 0 : step);
    distances[index - 1] = Math.abs(at(innovations, index) - level);
  }
  return { values: innovations, correlation, scale: medianOf(distances) / medianDistance };
}

/**
 * The negative log-likelihood of a jump at each place, but for a constant; infinite where a side is too short.
 *
 * @param first - the fewest points of a side
 */
function costsOf(
  { step }: Winsorised,
  { values, correlation, scale }: Innovations,
  first: number,
): Float64Array {
  const { length } = values;
  const last = length - first;
  const costs = new Float64Array(length).fill(Infinity);
  const newLevel = (1 - correlation) * step;
  const before = new Side(scale);
  const after = new Side(scale);
  for (let index = 1; index < first; index++) before.add(at(values, index));
  for (let index = first + 1; index < length; index++) after.add(at(values, index) - newLevel);
  for (let t = first; t <= last; t++) {
    costs[t] = before.cost + costOf((at(values, t) - step) / scale) + after.cost;
    if (t === last) break;
    before.add(at(values, t));
    after.remove(at(values, t + 1) - newLevel);
  }
  return costs;
}

/** −ln of Student's t, but for a constant. @param scales - the distance from its centre */
function costOf(scales: number): number {
  return ((freedom + 1) / 2) * Math.log1p(Math.min(mostScales, Math.abs(scales)) ** 2 / freedom);
}

/** The innovations of one side of a place, about its level. */
class Side {
  readonly #scale: number;
  #costs = 0;
  #weights = 0;
  #pulls = 0;
  #count = 0;

  constructor(scale: number) {
    this.#scale = scale;
  }

  add(innovation: number): void {
    this.#move(innovation, 1);
  }

  remove(innovation: number): void {
    this.#move(innovation, -1);
  }

  /** What is left once the level went one step of iterated weights, which lowers the likelihood of none. */
  get cost(): number {
    return this.#count === 0 ? 0 : this.#costs - this.#pulls ** 2 / (2 * this.#weights);
  }

  #move(innovation: number, sign: 1 | -1): void {
    const scales = drawnIn(innovation / this.#scale, -mostScales, mostScales);
    const weight = (freedom + 1) / (freedom + scales ** 2);
    this.#costs += sign * costOf(scales);
    this.#weights += sign * weight;
    this.#pulls += sign * weight * scales;
    this.#count += sign;
  }
}
