import { naiveMedian } from '../naive-median.ts';
import { meanOf, sum, upTo } from './plain-answer.ts';
import { type PlainPlace, plainInterval } from './plain-interval.ts';

export interface PlainAnswer {
  readonly place: PlainPlace;
  /** The log of the odds of a jump against a climb. */
  readonly odds: number;
}

/** Of a jump in an autoregression whose innovations have Student's t with four degrees of freedom: both levels go one step of iterated weights at each place. */
export function plainAnswerByInnovations(
  regime: readonly number[],
  split: number,
  inflation: number,
): PlainAnswer | undefined {
  const T = regime.length;
  const before = naiveMedian(regime.slice(0, split));
  const after = naiveMedian(regime.slice(split));
  const levelAt = (index: number, t: number) => (index < t ? before : after);
  const rest = regime.map((value, index) => value - levelAt(index, split));
  const bound = 1.5 * 1.4826 * naiveMedian(rest.map(Math.abs));
  const drawn = rest.map((value) => Math.max(-bound, Math.min(bound, value)));
  const later = upTo(1, T - 1);
  const product = (index: number, lag: number) => (drawn[index] ?? 0) * (drawn[index - lag] ?? 0);
  const squares = sum(later.map((index) => (product(index, 0) + product(index - 1, 0)) / 2));
  const rho = Math.max(0, Math.min(0.98, sum(later.map((index) => product(index, 1))) / squares));
  const innovations = (t: number) =>
    later.map(
      (index) =>
        (regime[index] ?? 0) - levelAt(index, t) - rho * ((regime[index - 1] ?? 0) - levelAt(index - 1, t)),
    );
  const distances = innovations(split).map(Math.abs);
  const sides = [distances.slice(0, split - 1), distances.slice(split)].filter((side) => side.length >= 3);
  const scale = Math.max(0, ...sides.map(naiveMedian)) / 0.741;
  if (scale === 0 || Math.abs(after - before) < 2.5 * scale) return undefined;
  const minusLog = (z: number) => 2.5 * Math.log(1 + z ** 2 / 4);
  const gain = (side: readonly number[]) => {
    const weights = side.map((z) => 5 / (4 + z ** 2));
    const pull = sum(side.map((z, index) => z * (weights[index] ?? 0)));
    return side.length === 0 ? 0 : pull ** 2 / (2 * sum(weights));
  };
  const least = Math.min(3, split, T - split);
  const costs = upTo(least, T - least).map((t) => {
    const all = innovations(t).map((innovation) => innovation / scale);
    return [t, sum(all.map(minusLog)) - gain(all.slice(0, t - 1)) - gain(all.slice(t))] as const;
  });
  const best = Math.min(...costs.map(([, cost]) => cost));
  const left = Math.max(1, (inflation * (1 - rho)) / (1 + rho));
  const losses = costs.map(([t, cost]) => [t, (cost - best) / left] as const);
  const likely = new Set(losses.filter(([, loss]) => loss <= 4).map(([t]) => t));
  const weights = losses
    .filter(([, loss]) => loss <= 8)
    .map(([t, loss]) => [t, -loss - Math.log(T - t) / 2] as const);
  const place = plainInterval(new Map(weights), 0.95, (t) => likely.has(t));
  const move = (regime[place.mode] ?? 0) - before - rho * ((regime[place.mode - 1] ?? 0) - before);
  if (Math.abs(move - (after - before)) > Math.abs(move)) return undefined;
  const likelihood = (cost: number) => Math.exp((best - cost) / left);
  const climbs = plainClimbCosts(
    innovations(T).map((value) => value / scale),
    later.map((index) => ((1 - rho) * (levelAt(index, split) - before)) / scale),
    rho,
  ).map(likelihood);
  const ofClimbs = (meanOf(climbs) + (climbs[0] ?? 0)) / 2;
  return { place, odds: Math.log(meanOf(costs.map(([, cost]) => likelihood(cost))) / ofClimbs) };
}

/** Of a climb that begins at each place: three rounds of iterated weights, from two levels and then from the best climb so far. @param values - innovations, in scales, from the second point on */
function plainClimbCosts(values: readonly number[], twoLevels: readonly number[], rho: number): number[] {
  const fitsFrom = (levels: readonly number[]) => {
    const rests = values.map((value, index) => value - (levels[index] ?? 0));
    const weights = rests.map((rest) => 5 / (4 + rest ** 2));
    const weighted = (numbers: readonly number[]) =>
      sum(numbers.map((number, index) => number * (weights[index] ?? 0)));
    const mass = sum(weights);
    const centred = (numbers: readonly number[]) => {
      const mean = weighted(numbers) / mass;
      return numbers.map((number) => number - mean);
    };
    const ofValues = centred(values);
    const constant =
      sum(rests.map((rest) => 2.5 * Math.log(1 + rest ** 2 / 4))) -
      weighted(rests.map((rest) => rest ** 2)) / 2;
    return upTo(0, Math.max(0, values.length - 3)).map((t) => {
      const climb = (point: number) => Math.max(0, point - t);
      const heights = values.map((_, index) => climb(index + 1) - rho * climb(index));
      const ofHeights = centred(heights);
      const products = ofHeights.map((height, index) => height * (ofValues[index] ?? 0));
      const slope = weighted(products) / weighted(ofHeights.map((height) => height ** 2));
      const left = ofHeights.map((height, index) => (ofValues[index] ?? 0) - slope * height);
      const fitted = values.map((value, index) => value - (left[index] ?? 0));
      return { fitted, cost: constant + weighted(left.map((rest) => rest ** 2)) / 2 };
    });
  };
  let fits = fitsFrom(twoLevels);
  for (let round = 1; round < 3; round++) {
    const best = fits.reduce((best, fit) => (fit.cost <= best.cost ? fit : best));
    fits = fitsFrom(best.fitted);
  }
  return fits.map(({ cost }) => cost);
}
