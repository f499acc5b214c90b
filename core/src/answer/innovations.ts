import { at } from '../float-list.ts';
import { medianOf } from '../median.ts';
import { leastSide } from './two-levels.ts';
import { drawnIn, type Winsorised } from './winsorised.ts';

/** Degrees of freedom of the noise of the innovations: with fewer, outliers count for less. */
const freedom = 4;
/** The median distance from its centre of Student's t with four degrees of freedom. */
const medianDistance = 0.741;
/** Of neighbours. With more, next to nothing is known of the levels. */
const mostCorrelation = 0.98;
/** No point counts as farther from the levels, nor an innovation as more scales: sums of their squares are doubles. */
const farthest = 1e100;

/** Steps between neighbours, less what the earlier one says of the later one: of an autoregression of order 1 whose noise has Student's t. */
export interface Innovations {
  /** x_i − ρ·x_{i−1} about the old level, in scales; that of the first point is 0, and counts for nothing. */
  readonly values: Float64Array;
  /** ρ, of neighbours. */
  readonly correlation: number;
  /** The new level less the old one, in scales. */
  readonly step: number;
  /** Points before the split at which the levels were taken. */
  readonly split: number;
}

/**
 * The innovations of a regime about its two levels.
 *
 * Their scale is that of the side where it is larger: noise that grows with a jump does not seem to be the jump. Cost: O(n).
 *
 * @returns `undefined` where nothing is known of their scale
 */
export function innovationsOf({ raw, step, split, low }: Winsorised): Innovations | undefined {
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
  if (!(scale > 0)) return undefined;
  const inScales = (value: number) => drawnIn(value / scale, -farthest, farthest);
  return { values: innovations.map(inScales), correlation, step: inScales(step), split };
}

/** Of a side with few innovations nothing is known: 0. @param distances - from its level; put into another order */
function scaleOf(distances: Float64Array): number {
  return distances.length < leastSide ? 0 : medianOf(distances) / medianDistance;
}

/** −ln of Student's t, but for a constant. @param rest - the distance from its centre, in scales */
export function costOf(rest: number): number {
  return ((freedom + 1) / 2) * Math.log1p(rest ** 2 / freedom);
}

/**
 * The weight of an innovation in a round of iterated weights: the cost of another rest is at most that of this one, and half the weight times the difference of their squares.
 *
 * Source: Lange, Little & Taylor (1989).
 */
export function weightOf(rest: number): number {
  return (freedom + 1) / (freedom + rest ** 2);
}
